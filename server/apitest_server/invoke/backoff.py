"""PURE  How long to wait before a call is tried once more, and which failures are worth it."""

from collections.abc import Iterator
from dataclasses import dataclass

from apitest_server.errors import HTTPError

_WORTH_IT = {408, 425, 429}


@dataclass(frozen=True, slots=True)
class Backoff:
    """The waiting times between attempts; each is longer than the one before.

    Attributes:
        attempts: how many, the first one included.
        delay: seconds before the second one.
        factor: how many times longer each next one is.
        longest: seconds that none of them is above.
    """

    attempts: int = 3
    delay: float = 0.5
    factor: float = 2.0
    longest: float = 30.0

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ValueError("The number of attempts is 1 or more")
        if not (self.delay >= 0 and self.factor >= 1 and self.longest >= 0):  # NaN is none of these
            raise ValueError("Delays are 0 seconds or more, and their factor is 1 or more")

    def delays(self) -> Iterator[float]:
        """One less than there are attempts."""
        delay = min(self.delay, self.longest)
        for _ in range(self.attempts - 1):
            yield delay
            delay = min(delay * self.factor, self.longest)


def is_worth_it(error: Exception) -> bool:
    """Whether another attempt may go better: not where the caller is at fault."""
    if isinstance(error, HTTPError):
        return error.status >= 500 or error.status in _WORTH_IT
    return True
