"""Objects of the kind ``outgoing.wsx`` in the running server: remote ends are connected to, or not any longer."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from pathlib import Path
from weakref import WeakSet

from apitest_server.cluster.bus import BUS
from apitest_server.components import Components
from apitest_server.invoke.invoker import INVOKER
from apitest_server.odb import DATABASE, StoredObject
from apitest_server.odb.live import Each
from apitest_server.outgoing.connections import Connections
from apitest_server.security.objects import SECURITY
from apitest_server.wsx.finished import Finished
from apitest_server.wsx.link import Link
from apitest_server.wsx.outgoing import WSXConnection
from apitest_server.wsx.remote import Credentials, remote_of
from apitest_server.wsx.subscribing import Subscribing


class OutgoingWSX:
    """The outgoing WSX connections of a server, from its start to its end.

    Attributes:
        connections: by name, as services find them.
    """

    def __init__(self, have: Components, client_name: Callable[[], str], directory: Path) -> None:
        """Takes what they work with.

        Args:
            have: of the server.
            client_name: returns what remote ends list this server as.
            directory: of the server.
        """
        self.connections: Connections[WSXConnection] = Connections("outgoing WSX connection")
        self._have = have
        self._subscribing = Subscribing(have[BUS], self._subscribe)
        self._client_name = client_name
        self._directory = directory
        self._loop: asyncio.AbstractEventLoop | None = None
        self._former: WeakSet[Link] = WeakSet()  # Some of their calls may be under way
        self._finished: dict[int, Finished] = {}  # By the ID of the connection

    def made(self, item: StoredObject) -> WSXConnection:
        """A connection that is not started.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        remote = remote_of(item, self._directory)
        credentials = Credentials(item, self._have[SECURITY])
        # The same on all servers of the ODB, and no other cluster has it
        client_id = self._have[DATABASE].key.signature(b"outgoing.wsx", str(item.id).encode()).decode("ascii")[:24]
        client = self._client_name(), client_id
        finished = self._finished.get(item.id) or Finished()
        return WSXConnection(remote, credentials, self._have[INVOKER], client, self._former, finished)

    def start(self) -> None:
        """The server has started, on this event loop: connects."""
        self._loop = asyncio.get_running_loop()
        for connection in self.connections.values():
            connection.start()
        self._subscribing.start()

    async def finish(self, seconds: float) -> None:
        """The server ends: hooks finish with what they are at work on, and confirm it, if they do so in time."""
        hooks = [link.hooks for connection in self.connections.values() for link in connection.links]
        for each in hooks:
            each.close()
        under_way = [task for each in hooks for task in each.under_way]
        if under_way:
            await asyncio.wait(under_way, timeout=seconds)

    def close(self) -> None:
        """The server has ended."""
        self._loop = None
        self._subscribing.close()
        for connection in self.connections.values():
            connection.close()
        for link in list(self._former):
            link.leave()

    def put(self, item: StoredObject) -> None:
        """Connects to where a definition leads now; called in any thread.

        Subscriptions to topics that it names no longer are ended, those of one that is not active are kept.
        """
        self._finished.setdefault(item.id, Finished())
        new, old = self.made(item), self.connections.drop(item.id)
        if old is not None:
            is_same = old.remote.url == new.remote.url
            self._retire(
                old, tuple(topic for topic in old.remote.topics if topic not in new.remote.topics or not is_same)
            )
        if item.fields.get("is_active", True):
            self.connections.put(item.id, item.name, new)
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._start, new, context=Context())  # Not the request's, with its cid

    def remove(self, item: StoredObject) -> None:
        """Closes a connection, and ends its subscriptions; what was invoked is still answered."""
        old = self.connections.drop(item.id)
        self._finished.pop(item.id, None)
        if old is not None:
            self._retire(old, old.remote.topics)

    def _start(self, connection: WSXConnection) -> None:
        connection.start()
        if self._subscribing.is_ours is not None:
            connection.subscribe(self._subscribing.is_ours)

    def _subscribe(self, is_ours: bool) -> None:
        for connection in self.connections.values():
            connection.subscribe(is_ours)

    def _retire(self, old: WSXConnection, topics: tuple[str, ...]) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(old.retire, topics, context=Context())


class OutgoingWSXObjects(Each):
    """Makes connections effective."""

    def __init__(self, outgoing: OutgoingWSX) -> None:
        self._outgoing = outgoing

    def check(self, item: StoredObject) -> None:
        """Refuses a connection whose certificates cannot be used."""
        self._outgoing.made(item)

    def put(self, item: StoredObject) -> None:
        """The next call goes where it leads now."""
        self._outgoing.put(item)

    def remove(self, item: StoredObject) -> None:
        """The next call does not find it."""
        self._outgoing.remove(item)
