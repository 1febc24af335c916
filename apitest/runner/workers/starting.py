"""Starts worker processes: forked from this one where that is safe, else as fresh interpreters."""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from apitest.runner.workers import memory
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.course import Course
from apitest.runner.workers.journal import Journal
from apitest.runner.workers.messages import Setup

if TYPE_CHECKING:
    import subprocess

Serve = Callable[[Channel, Course], None]
"""What a worker does."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Ends(NamedTuple):
    """A worker's ends of its pipes, as descriptors.

    Attributes:
        tasks: read, what the parent says.
        results: written, what the worker tells.
        output: written, what its code prints.
        lifeline: read; it ends when the parent has ended.
        shared: memory for what it has not sent yet.
    """

    tasks: int
    results: int
    output: int
    lifeline: int
    shared: int


class Process:
    """A worker's process, which leads a group of its own with all that it starts.

    Args:
        pid: its number.
        fresh: what started it, if it is a fresh interpreter.
    """

    def __init__(self, pid: int, fresh: "subprocess.Popen[bytes] | None" = None) -> None:
        self.pid = pid
        self._fresh = fresh
        self._status: int | None = None

    def wait(self) -> int:
        """Its exit status once it has ended; the negative number of the signal that killed it."""
        if self._status is None and self._fresh is not None:
            self._status = self._fresh.wait()
        elif self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._status

    def has_ended(self) -> bool:
        """Whether it has ended; its number stays its own until `wait` was called."""
        return (
            self._status is not None or os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        )

    def interrupt(self) -> None:
        """Interrupts it as Ctrl-C does, and not what it has started."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGINT)

    def kill(self) -> None:
        """Kills it with all that it has started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def can_fork() -> bool:
    """Whether a copy of this process can go on: it has no other threads, whose locks would be held for ever."""
    return sys.platform != "darwin" and _threads() == 1


def _threads() -> int:
    """How many threads there are, also of libraries that Python knows nothing of, where the system tells."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - names are enough
    except OSError:
        return threading.active_count()


def fork(serve: Serve, number: int, ends: Ends, others: Collection[int]) -> Process:
    """A worker that is a copy of this process.

    Args:
        serve: what it does.
        number: the worker's.
        ends: its ends of the pipes.
        others: descriptors that are the parent's alone.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)  # until the copy has handlers of its own
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        with suppress(PermissionError, ProcessLookupError):  # it did so itself, or is gone already
            os.setpgid(pid, pid)
        return Process(pid)
    status = 1
    try:
        status = _forked(serve, number, ends, others)
    finally:
        os._exit(status)


def _forked(serve: Serve, number: int, ends: Ends, others: Collection[int]) -> int:
    """What a copy does: nothing of what the parent has open, or was about to do, happens a second time."""
    import atexit

    os.setpgid(0, 0)
    atexit._clear()
    for descriptor in others:
        os.close(descriptor)
    _redirect(ends.output)
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        run(serve, number, ends)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _redirect(output: int) -> None:
    """What is printed goes to the parent, which tells it between results; there is nothing to read."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the process lasts
    sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115


def run(serve: Serve, number: int, ends: Ends) -> None:
    """Does what a worker does, in the process that was started for it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with suppress(KeyboardInterrupt):  # while it starts or loads, or once all was told
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        os.environ["APITEST_WORKER"] = str(number)
        threading.Thread(target=_end_with_the_parent, args=(ends.lifeline,), daemon=True).start()
        journal, course = Journal(memory.of_journal(ends.shared)), Course(memory.of_course(ends.shared))
        serve(Channel(ends.tasks, ends.results, journal), course)


def _end_with_the_parent(lifeline: int) -> None:
    """Ends this process, with all that it has started, as soon as its parent has ended, however that happened."""
    os.read(lifeline, 1)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def fresh(setup: Setup, ends: Ends) -> Process:
    """A worker that is an interpreter of its own."""
    import subprocess  # here, since most workers are copies

    passed = (ends.tasks, ends.results, ends.lifeline, ends.shared)
    process = subprocess.Popen(  # noqa: S603 - of this interpreter, and nothing that a user says
        [sys.executable, "-m", "apitest.runner.workers", str(setup.number), *map(str, passed)],
        stdin=subprocess.DEVNULL,
        stdout=ends.output,
        stderr=ends.output,
        pass_fds=passed,
        process_group=0,
    )
    return Process(process.pid, process)
