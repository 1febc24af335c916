"""Repeats a check until it holds, or for as long as it must not: the only loop of steps that wait."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import NamedTuple

from apitest.clients.connections import StatementSettings
from apitest.clients.http.settings import RequestSettings
from apitest.context import StepContext
from apitest.documents import patterns
from apitest.errors import ApitestError, BadValue, CheckFailed, Unreachable
from apitest.language import literals
from apitest.language.sentence import Again
from apitest.steps.history import History

FIRST_PAUSE, LONGEST_PAUSE, FACTOR = 0.05, 1.0, 1.5  # seconds between two attempts, and how much longer each is
LEAST = 0.25  # seconds that a request or a statement of an attempt has, however little is left of the wait

_Check = Callable[[], object]


class Early(NamedTuple):
    """What ends a wait early.

    Attributes:
        check: a check.
        told: words that say that it holds.
        is_other: whether it is of something else than what is waited for.
    """

    check: _Check
    told: str
    is_other: bool = False


class _Over(Exception):
    """The wait is over before its time, for this reason."""

    def __init__(self, failure: ApitestError) -> None:
        super().__init__()
        self.failure = failure


class Waiting:
    """One wait for a check.

    Args:
        ctx: the step's context.
        seconds: how long to wait.
        again: how what the check looks at is had anew.

    Raises:
        BadValue: the time is not a number, or negative.
    """

    def __init__(self, ctx: StepContext, seconds: object, again: Again) -> None:
        self._ctx = ctx
        self._limit = limit(seconds)
        self._again = again
        self._history = History()
        self._pause = FIRST_PAUSE
        self._began = monotonic()

    def until(self, check: _Check, early: Early | None = None) -> None:
        """Attempts a check until it holds; once at least.

        Args:
            check: is looked at anew each time.
            early: fails the wait where it holds, be it together with the check.

        Raises:
            ApitestError: the check did not hold in time, with what was seen; or what ended the wait early.
        """
        look = _first(early, check) if early else check
        failure: ApitestError | None = None
        self._again.start(self._ctx)
        try:
            while (last := self._attempt(look)) is not None:
                if failure is None or isinstance(last, CheckFailed):
                    failure = last  # what was seen says more than that nothing came in time at last
                if not self._left:
                    raise self._told(failure, f", even after {self._limit:g} seconds")
                self._rest()
        except _Over as over:
            raise self._told(over.failure, f", after {self._passed:.2f} of {self._limit:g} seconds") from None

    def never(self, denial: _Check) -> None:
        """Attempts the opposite of a check for the whole time.

        Args:
            denial: raises where the check holds, or where what it looks at is not there.

        Raises:
            ApitestError: it was so, or could not be told, and at which attempt.
        """
        self._again.start(self._ctx)
        try:
            while (failure := self._attempt(denial)) is None:
                if not self._left:
                    return
                self._rest()
        except _Over as over:
            failure = over.failure
        raise self._told(failure, f", after {self._passed:.2f} of {self._limit:g} seconds")

    @property
    def _passed(self) -> float:
        return monotonic() - self._began

    @property
    def _left(self) -> float:
        return max(self._limit - self._passed, 0.0)

    def _rest(self) -> None:
        """Waits before the next attempt, no longer than what is left."""
        if self._again.pauses:
            self._ctx.zato.run.trace.waits()
            sleep(min(self._pause, self._left))
        self._pause = min(self._pause * FACTOR, LONGEST_PAUSE)

    def _attempt(self, look: _Check) -> ApitestError | None:
        """Has what is looked at anew, and looks; what is wrong. Where nothing new came, that does not count."""
        patterns.restart()
        at = self._passed
        try:
            zato, left = self._ctx.zato, max(self._left, LEAST)
            with zato.bounded(RequestSettings, timeout=left), zato.bounded(StatementSettings, timeout=left):
                if self._history.number and not self._renewed():
                    return self._history.last
                look()
        except _Over as over:
            self._took(at, over.failure)
            raise
        except (CheckFailed, Unreachable) as failure:
            return self._took(at, failure)
        return self._took(at, None)

    def _took(self, at: float, failure: ApitestError | None) -> ApitestError | None:
        self._history.add(at, self._passed - at, failure)
        self._ctx.zato.run.trace.attempts[:] = self._history.attempts
        return failure

    def _renewed(self) -> bool:
        try:
            return self._again.renew(self._ctx, self._left)
        except (CheckFailed, Unreachable) as failure:
            if self._again.pauses:
                raise
            raise _Over(failure) from None  # nothing can come any more

    def _told(self, failure: ApitestError, when: str) -> ApitestError:
        """A failure with the attempts, and with what was seen in them."""
        number = self._history.number
        failure.problem += f"{when} and {number:,} attempt{'' if number == 1 else 's'}"
        failure.excerpt = "\n".join(filter(None, (failure.excerpt, self._history.changes())))
        return failure


def _first(early: Early, check: _Check) -> _Check:
    """Looks whether something ends the wait, ahead of whether the check holds."""

    def look() -> None:
        failure: CheckFailed | None = None
        try:
            check()
        except CheckFailed as found:
            failure = found
        try:
            early.check()
        except CheckFailed:
            if failure is not None:
                raise failure from None
            return
        failure = failure or CheckFailed("")
        failure.problem = f"The wait failed early, since {early.told}"
        raise _Over(failure)

    return look


def limit(seconds: object) -> float:
    """A time to wait, in seconds.

    Raises:
        BadValue: it is not a number, or negative.
    """
    found = literals.number(seconds)
    if found < 0:
        raise BadValue(f'The time to wait must be 0 or more, not "{seconds}"')
    return found
