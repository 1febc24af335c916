"""When something happens on a connection, as its session wants to know: what it does not ask for is not made."""

from datetime import UTC, datetime
from random import SystemRandom

from apitest_server.invoke.invoker import new_cid

chance = SystemRandom().random  # A number from 0 to 1, for times that must not be the same everywhere


class Now:
    """This moment; its time of day and its ID are made when they are first asked for."""

    __slots__ = ("_id", "_timestamp", "now")

    def __init__(self, now: float, number: str = "") -> None:
        """Takes seconds of the loop's clock, and an ID where there is one already."""
        self.now = now
        self._id = number
        self._timestamp = ""

    @property
    def timestamp(self) -> str:
        """ISO 8601, in UTC."""
        if not self._timestamp:
            self._timestamp = datetime.now(UTC).replace(tzinfo=None).isoformat()
        return self._timestamp

    @property
    def id(self) -> str:
        """A new one."""
        if not self._id:
            self._id = new_cid()
        return self._id
