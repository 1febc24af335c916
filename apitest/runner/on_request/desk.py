"""Where pytest asks for one scenario after the other, and a runner, in a thread of its own, comes for them.

A feature stays open between two of its scenarios, as in any run: its variables and its hooks are those of the feature.
"""

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple

from apitest.errors import ApitestError
from apitest.events import Event

_LOOK_AGAIN = 1.0


class Wish(NamedTuple):
    """What the runner is to do.

    Attributes:
        file: whose scenario to run; empty for none: to end the feature that is open.
        line: of the scenario.
    """

    file: str = ""
    line: int = 0


END_FEATURE = Wish()


class Desk:
    """Hands wishes over to the runner, and the events that come of each back.

    Args:
        run: runs until there are no more wishes; called in the thread.
    """

    def __init__(self, run: Callable[["Desk"], None]) -> None:
        self._run = run
        self._wishes: SimpleQueue[Wish | None] = SimpleQueue()
        self._answers: SimpleQueue[Sequence[Event]] = SimpleQueue()
        self._events: list[Event] = []
        self._next: Wish | None = None
        self._has_next = False
        self._error: BaseException | None = None
        self._thread = Thread(target=self._serve, name="apitest", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------------ what pytest's thread calls

    def ask(self, wish: Wish) -> Sequence[Event]:
        """What came of a wish.

        Raises:
            ApitestError: the project cannot be used.
        """
        self._wishes.put(wish)
        return self._answer()

    def end(self) -> Sequence[Event]:
        """Ends the run; what that told."""
        self._wishes.put(None)
        self._thread.join()
        if self._error is not None:
            return ()
        return self._events

    def _answer(self) -> Sequence[Event]:
        while True:
            try:
                return self._answers.get(timeout=_LOOK_AGAIN if self._thread.is_alive() else 0)
            except Empty:
                if not self._thread.is_alive() and self._answers.empty():
                    raise self._error or ApitestError("The run of this project has ended") from None

    # ------------------------------------------------------------------ what the runner's thread calls

    def _serve(self) -> None:
        try:
            self._run(self)
        except BaseException as error:  # told where a scenario is asked for
            self._error = error

    def next(self) -> Wish | None:
        """The wish that was not granted yet, waiting for one; None at the end."""
        if not self._has_next:
            self._next = self._wishes.get()
            self._has_next = True
        return self._next

    def take(self) -> None:
        """The wish is being granted."""
        self._has_next = False

    def tell(self, event: Event) -> None:
        """Something happened."""
        self._events.append(event)

    def answer(self) -> None:
        """What the wish asked for is done, or cannot be."""
        told, self._events = self._events, []
        self._answers.put(told)
