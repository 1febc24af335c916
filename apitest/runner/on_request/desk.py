"""Where pytest asks for one scenario after the other, and a runner, in a thread of its own, comes for them.

A feature stays open between two of its scenarios, as in any run: its variables and its hooks are those of the feature.

Neither of the two waits for the other for ever, whatever the runner does with a scenario: each wish has an answer of
its own, which is given before the runner comes for the next wish, and one that has ended answers all that is asked.
Between an answer and the next wish the runner does nothing: one of the two threads works at a time.
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
        file: whose scenario to run; empty for none: to end what is open.
        line: of the scenario.
        ends: what to end, "feature" or "rule"; empty for neither.
    """

    file: str = ""
    line: int = 0
    ends: str = ""


END_FEATURE = Wish(ends="feature")
END_RULE = Wish(ends="rule")


class Answer(NamedTuple):
    """What came of a wish.

    Attributes:
        events: what was told since the answer before.
        skipped: the scenario was left out, or skipped by a hook or a step.
        reason: why it was skipped or did not run; empty if it ran.
    """

    events: Sequence[Event] = ()
    skipped: bool = False
    reason: str = ""


class _Request(NamedTuple):
    """A wish, and where its answer is waited for; None where the runner has ended."""

    wish: Wish
    answers: SimpleQueue[Answer | None]


class Desk:
    """Hands wishes over to the runner, and the events that come of each back.

    Args:
        run: runs until there are no more wishes; called in the thread, once there is a wish.

    Attributes:
        secrets: values that no output of the run may show; of a run that has begun, the same set as its own.
        has_ended: the runner is gone; whoever was waiting for it then has been told why.
    """

    def __init__(self, run: Callable[["Desk"], None]) -> None:
        self._run = run
        self._requests: SimpleQueue[_Request | None] = SimpleQueue()
        self._events: list[Event] = []
        self._next: _Request | None = None
        self._has_next = False
        self._taken: _Request | None = None
        self._error: BaseException | None = None
        self.secrets: set[str] = set()
        self.has_ended = False
        self._thread = Thread(target=self._serve, name="apitest", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------------ what pytest's thread calls

    def ask(self, wish: Wish) -> Answer:
        """What came of a wish.

        Raises:
            ApitestError: the project cannot be used.
        """
        request = _Request(wish, SimpleQueue())
        self._requests.put(request)
        answer = None if self.has_ended else _awaited(request.answers)
        if answer is None:
            raise self._error or ApitestError("The run of this project has ended")
        return answer

    def end(self) -> Sequence[Event]:
        """Ends the run; what that told."""
        self._requests.put(None)
        self._thread.join()
        if self._error is not None:
            return ()
        return self._events

    # ------------------------------------------------------------------ what the runner's thread calls

    def _serve(self) -> None:
        try:
            if self.next() is not None:
                self._run(self)
        except BaseException as error:  # told where a scenario is asked for
            self._error = error
        self._close()

    def _close(self) -> None:
        """Tells everybody who waits that nothing comes; who asks from here on sees that by himself."""
        self.has_ended = True
        waiting = [self._taken, self._next if self._has_next else None]
        while not self._requests.empty():
            waiting.append(self._requests.get())
        for request in waiting:
            if request is not None:
                request.answers.put(None)

    def next(self) -> Wish | None:
        """The wish that was not granted yet, waiting for one; None at the end. What was taken is answered by then."""
        if self._taken is not None:
            self.answer()
        if not self._has_next:
            self._next = self._requests.get()
            self._has_next = True
        return self._next.wish if self._next is not None else None

    def take(self) -> None:
        """The wish is being granted."""
        self._taken, self._has_next = self._next, False

    def tell(self, event: Event) -> None:
        """Something happened."""
        self._events.append(event)

    def answer(self, *, skipped: bool = False, reason: str = "") -> None:
        """What was taken is done, or cannot be; waits until there is a next wish, or until the end.

        Args:
            skipped: the scenario was left out, or skipped by a hook or a step.
            reason: why it was skipped or did not run; empty if it ran.
        """
        if self._taken is None:
            return
        taken, self._taken = self._taken, None
        told, self._events = self._events, []
        taken.answers.put(Answer(told, skipped, reason))
        self.next()


def _awaited(answers: SimpleQueue[Answer | None]) -> Answer | None:
    """The answer, once it is there; Ctrl-C is seen meanwhile, which it is not everywhere in a wait without end."""
    while True:
        try:
            return answers.get(timeout=_LOOK_AGAIN)
        except Empty:
            continue
