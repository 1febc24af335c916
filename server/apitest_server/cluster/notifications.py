"""The line of servers that share a PostgreSQL database: NOTIFY, which others LISTEN for."""

from collections.abc import Sequence

from apitest_server.odb.driver import Driver


class Notifications:
    """A server's end of it, over the connection of its thread."""

    limit = 7900  # A notification of PostgreSQL has less than 8,000 bytes

    def __init__(self, driver: Driver, channel: str) -> None:
        """Listens from now on.

        Args:
            driver: the connection, for a thread that does nothing but this with it.
            channel: its name is that of servers with the same key; others do not understand each other.

        Raises:
            StartError: the ODB cannot be reached.
        """
        self._driver = driver
        self._channel = channel
        self._came: list[str] = []
        driver.connection.add_notify_handler(lambda notification: self._came.append(notification.payload))
        driver.execute(f"LISTEN {channel}")

    def fileno(self) -> int:
        """Of the connection."""
        return int(self._driver.connection.fileno())

    def send(self, parts: Sequence[str]) -> None:
        """All of them in one transaction, so that they arrive together and in order."""
        statement = "SELECT pg_notify(?, part) FROM unnest(?::text[]) WITH ORDINALITY AS t(part, n) ORDER BY n"
        self._driver.execute(statement, self._channel, list(parts))

    def receive(self) -> list[str]:
        """What came, also while statements were run."""
        connection = self._driver.connection.pgconn
        with self._driver.problems():
            connection.consume_input()
            while (notification := connection.notifies()) is not None:
                self._came.append(notification.extra.decode("ascii", "replace"))
        came, self._came = self._came, []
        return came

    @property
    def is_waiting(self) -> bool:
        """The database takes care of that."""
        return False

    @property
    def has_come(self) -> bool:
        """What came while a statement was run."""
        return bool(self._came)

    def close(self) -> None:
        """The connection's end is the end of it."""
