"""Ctrl-C and SIGTERM while features run: they end what is under way, and never cut in two what is told of it."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType, TracebackType
from typing import Protocol, Self

_IMPATIENT = 1.0  # seconds after which a second signal ends at once what the first one waits for


class Terminated(KeyboardInterrupt):
    """The process was told to end by SIGTERM."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C raises KeyboardInterrupt at once, while a run is being told of, too; unless somebody has it ignored."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Aborting(Protocol):
    """A runner, as far as its end goes."""

    halted: bool

    def abort(self, reason: str | None = None) -> None: ...


class Interruption:
    """Decides when a signal has its effect, while it is entered; a context manager.

    Python raises KeyboardInterrupt between any two instructions. In code of ours that would lose a result that was
    counted already, or tell one report of it and not the next. So only steps, hooks and clean-ups are interrupted.
    Anywhere else a signal keeps what would come next from starting, and the step that begins next fails with it.

    Args:
        runner: which is to start nothing more.
        terminates: SIGTERM ends the run as Ctrl-C does; else it kills the process.
    """

    def __init__(self, runner: Aborting, *, terminates: bool = True) -> None:
        self._runner = runner
        self._kinds = {signal.SIGINT: KeyboardInterrupt, **({signal.SIGTERM: Terminated} if terminates else {})}
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        self._allowed = False
        self._due: type[KeyboardInterrupt] | None = None
        self._due_since = float("inf")

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():  # which alone hears signals
            for number in self._kinds:
                # Whoever started this process, or the project's own Python, may have decided otherwise.
                if signal.getsignal(number) in (signal.default_int_handler, signal.SIG_DFL):
                    self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            if signal.getsignal(number) == self._heard:
                signal.signal(number, handler)
        self._before.clear()

    def start_step(self) -> None:
        """A step may be interrupted from here on; raises what came before it."""
        self._allowed = True
        if self._due is not None:
            self._allowed, due, self._due = False, self._due, None
            raise due

    def end_step(self) -> None:
        """What is told of the step is not interrupted."""
        self._allowed = False

    def settle(self) -> None:
        """The features are over: a signal that no step was interrupted by has kept some of them from running."""
        if self._due is not None:
            self._runner.abort(reason=self._due.__name__)

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Code of the project that may take its time, and whose caller deals with its interruption."""
        before, self._allowed = self._allowed, True
        try:
            yield
        finally:
            self._allowed = before  # a hook may belong to a step that another one runs

    def _heard(self, number: int, frame: FrameType | None) -> None:
        kind = self._kinds[signal.Signals(number)]
        if self._allowed or monotonic() - self._due_since > _IMPATIENT:
            self._allowed = False
            raise kind
        if self._due is None:
            self._due, self._due_since = kind, monotonic()
        self._runner.halted = True
