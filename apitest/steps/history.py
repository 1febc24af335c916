"""PURE: the attempts of a step that waits, and what was seen in them."""

from collections.abc import Iterator

from apitest.errors import ApitestError
from apitest.events import Attempt
from apitest.language.shortening import cut

_FIRST, _LAST = 50, 50  # attempts that are kept; a long wait has many that differ in nothing
_CHANGES = 12  # that a failure tells of
_SHOWN = 100  # characters of what was seen


class History:
    """What came of each attempt.

    Attributes:
        number: how many there were.
        attempts: the first and the last of them.
        last: why the check did not hold at last; None if it did.
    """

    def __init__(self) -> None:
        self.number = 0
        self.attempts: list[Attempt] = []
        self.last: ApitestError | None = None
        self._changes: list[tuple[float, str]] = []

    def add(self, at: float, seconds: float, failure: ApitestError | None) -> None:
        """Takes an attempt in.

        Args:
            at: when it began, in seconds since the step did.
            seconds: how long it took.
            failure: why the check did not hold; None if it did.
        """
        self.number += 1
        self.last = failure
        if len(self.attempts) == _FIRST + _LAST:
            del self.attempts[_FIRST]
        self.attempts.append(Attempt(at, seconds, failure.problem if failure else ""))
        seen = _seen(failure)
        if failure and (not self._changes or self._changes[-1][1] != seen):
            self._changes.append((at + seconds, seen))

    def changes(self) -> str:
        """What was seen, a line whenever that was something else than before; empty after a single attempt."""
        return "\n".join(self._lines()) if self.number > 1 else ""

    def _lines(self) -> Iterator[str]:
        if len(self._changes) == 1:
            yield f"all the time  {self._changes[0][1]}"
            return
        more = len(self._changes) - _CHANGES
        if more > 0:
            yield f"… {more:,} changes before"
        shown = self._changes[-_CHANGES:]
        width = max((len(f"{at:.2f}") for at, _ in shown), default=0)
        for at, seen in shown:
            yield f"after {at:{width}.2f} s  {seen}"


def _seen(failure: ApitestError | None) -> str:
    """What an attempt saw, in a line: the value that came, else the problem."""
    return cut(" ".join((failure.actual or failure.problem).split()), _SHOWN) if failure else ""
