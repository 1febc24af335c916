"""Who is connected to any server of the ODB: kept up to date in batches, and read by page."""

import logging
from collections.abc import Iterable, Sequence
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING

from apitest_server.cluster.bus import Bus
from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.wsx.facts import facts, moving

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from apitest_server.wsx.channels import Connected

logger = logging.getLogger("apitest.wsx")
ACTIVITY = 10.0  # seconds between two looks at what has gone over connections
AGAIN = 5.0  # seconds until it is tried again to write
TOGETHER = 0.1  # seconds that a change waits for others to be written together
BATCH = 500  # rows a transaction: others get their turn at the ODB, and at the interpreter, in between


class Roll:
    """The connections of this server, in the ODB. The event loop only takes notes; a thread writes."""

    def __init__(self, odb: ODB, bus: Bus) -> None:
        """Takes the ODB and the bus, whose run the connections are of: where that is forgotten, so are they."""
        self._bus = bus
        bus.forgotten(self._begin_anew)
        self._odb = odb
        self._lock = Lock()  # Of what is noted
        self._writing = Lock()
        self._came: dict[str, Connected] = {}
        self._left: set[str] = set()
        self._changed: dict[str, Connected] = {}
        self._moved: dict[str, Connected] = {}
        self._revision = 0
        self._here: dict[str, Connected] = {}
        self._seen: dict[str, int] = {}
        self._woken, self._end = Event(), Event()
        self._thread: Thread | None = None
        self._next_look = 0.0

    def add(self, client: "Connected") -> None:
        """A client has a session."""
        with self._lock:
            self._came[client.id] = client
            if self._thread is None and not self._end.is_set():
                self._thread = Thread(target=self._run, name="wsx-roll", daemon=True)
                self._thread.start()
        self._woken.set()

    def change(self, client: "Connected") -> None:
        """More is known of a client."""
        with self._lock:
            self._changed[client.id] = client
        self._woken.set()

    def drop(self, client: "Connected") -> None:
        """A client is gone; one that was not written yet never is."""
        with self._lock:
            self._changed.pop(client.id, None)
            self._moved.pop(client.id, None)
            if self._came.pop(client.id, None) is None:
                self._left.add(client.id)
        self._woken.set()

    def flush(self) -> None:
        """Writes what was noted; called in any thread but the loop's.

        Raises:
            ServiceUnavailable: the ODB cannot be reached; it is tried again.
        """
        with self._writing:
            while self._has_notes():
                self._write_batch()

    def close(self) -> None:
        """Nothing is written any more; its connections are forgotten with the server."""
        self._end.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()

    def here(self, connection: str) -> "Connected | None":
        """A client of this server, as far as it was written."""
        return self._here.get(connection)

    def _has_notes(self) -> bool:
        return bool(self._came or self._left or self._changed or self._moved)

    def _write_batch(self) -> None:
        with self._lock:
            came = [self._came.pop(number) for number in list(self._came)[:BATCH]]
            left = [self._left.pop() for _ in range(min(BATCH, len(self._left)))]
            changed = [self._changed.pop(number) for number in list(self._changed)[:BATCH]]
            moved = [self._moved.pop(number) for number in list(self._moved)[:BATCH]]
        try:
            self._write_down(came, left, changed, moved)
        except ServiceUnavailable:
            with self._lock:  # What came and left meanwhile is not written at all, as if it had waited
                gone = {client.id for client in came} & self._left
                self._came.update({client.id: client for client in came if client.id not in gone})
                self._left = (self._left - gone) | set(left)
                self._changed.update({client.id: client for client in changed})
                self._moved.update({client.id: client for client in moved})
            raise
        self._here.update({client.id: client for client in came})
        for number in left:
            self._here.pop(number, None)
            self._seen.pop(number, None)

    def _write_down(
        self,
        came: Sequence["Connected"],
        left: Sequence[str],
        changed: Iterable["Connected"],
        moved: Iterable["Connected"],
    ) -> None:
        from sqlalchemy import exc

        try:
            with self._odb.writing() as session:
                self._write(session, came, left, changed, moved)
        except exc.IntegrityError:  # The ODB does not know of this server: not yet, or no longer
            self._bus.enrol()
            with self._odb.writing() as session:
                self._write(session, came, left, changed, moved)

    def _write(
        self,
        session: "Session",
        came: Sequence["Connected"],
        left: Sequence[str],
        changed: Iterable["Connected"],
        moved: Iterable["Connected"],
    ) -> None:
        from sqlalchemy import bindparam, delete, insert, update

        from apitest_server.odb.models import WebSocketConnection as Table

        connection = session.connection()
        self._revision += 1
        if came:
            own = {"run_id": self._bus.run_id, "revision": self._revision}
            connection.execute(insert(Table), [{**facts(client), **own} for client in came])
        if left:
            connection.execute(delete(Table).where(Table.id.in_(left)))
        for rows in (
            [{"number": client.id, **facts(client), "revision": self._revision} for client in changed],
            [{"number": client.id, **moving(client)} for client in moved],
        ):
            if rows:
                connection.execute(update(Table).where(Table.id == bindparam("number")), rows)

    def _run(self) -> None:
        while not self._end.is_set():
            self._woken.wait(max(0.0, self._next_look - monotonic()))
            self._woken.clear()
            self._end.wait(TOGETHER)
            try:
                if monotonic() >= self._next_look:
                    self._note_activity()
                    self._next_look = monotonic() + ACTIVITY
                self.flush()
            except ServiceUnavailable:
                logger.error("Connections of WebSocket channels cannot be written: the ODB cannot be reached")
                self._end.wait(AGAIN)
                self._woken.set()

    def _begin_anew(self) -> None:
        """Others took this server for dead, and forgot its connections."""
        with self._lock:
            self._came.update({number: client for number, client in self._here.items() if number not in self._left})
        self._woken.set()

    def _note_activity(self) -> None:
        """What has gone over a connection since it was written last."""
        for number, client in list(self._here.items()):
            moved = client.socket.bytes_in + client.socket.bytes_out
            if moved != self._seen.get(number):
                self._seen[number] = moved
                with self._lock:
                    if number not in self._left:
                        self._moved[number] = client
