"""What goes between the servers of one ODB: lines of text, to all of them."""

from collections.abc import Sequence
from typing import Protocol

from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver


class Line(Protocol):
    """A server's end of it. One thread uses it.

    Attributes:
        limit: bytes that a part may have.
    """

    limit: int

    def fileno(self) -> int:
        """What can be read from once something has come."""

    def send(self, parts: Sequence[str]) -> None:
        """Sends parts to all others; never waits for any of them.

        Raises:
            StartError: the line is broken.
        """

    def receive(self) -> list[str]:
        """What has come so far.

        Raises:
            StartError: the line is broken.
        """

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to be sent: somebody takes in slowly."""

    @property
    def has_come(self) -> bool:
        """Whether something has been taken in that was not received yet."""

    def close(self) -> None:
        """Leaves the line."""


def line_of(odb: ODB, run_id: str, driver: Driver) -> Line:
    """The line of the servers of an ODB.

    Raises:
        StartError: there is none.
    """
    if odb.where.path is not None:
        from apitest_server.cluster.pipes import Pipes

        return Pipes(odb.where.path, run_id)
    from apitest_server.cluster.notifications import Notifications

    return Notifications(driver, "apitest_" + odb.key.signature(b"line", b"").decode("ascii")[:16])
