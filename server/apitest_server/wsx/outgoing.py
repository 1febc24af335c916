"""Outgoing WSX connections, ``self.out.wsx.get("CRM").conn.client()``: a pool of links to one remote end.

A link is used by many callers at a time: an answer says which request it belongs to. So a client is not lent to
anybody, nobody waits for one, and each call goes over the link with the fewest calls under way.
"""

import asyncio
from collections.abc import Awaitable, Coroutine, Sequence
from types import TracebackType
from typing import Protocol, TypeVar
from weakref import WeakSet

from apitest_server.errors import BadRequest, ServiceUnavailable
from apitest_server.invoke.crossing import here_or_awaited
from apitest_server.invoke.invoker import Invoker
from apitest_server.invoke.patience import Complaints
from apitest_server.invoke.reply import encode
from apitest_server.wsx.finished import Finished
from apitest_server.wsx.link import Link, Ours
from apitest_server.wsx.remote import Credentials, Remote

T = TypeVar("T")


class Client(Protocol):
    """What ``with connection.conn.client() as client`` gives."""

    def invoke(self, request: object = None, timeout: float = 0) -> object: ...
    def send(self, request: object = None, timeout: float = 0) -> object: ...


class WSXConnection:
    """One outgoing connection.

    Attributes:
        name: its name.
        remote: what it leads to.
        links: its connections; empty before the server has started.
    """

    def __init__(
        self,
        remote: Remote,
        credentials: Credentials,
        invoker: Invoker,
        client: tuple[str, str],
        former: WeakSet[Link],
        finished: Finished,
    ) -> None:
        """Takes what its links share.

        Args:
            remote: what it leads to.
            credentials: who the server is there.
            invoker: runs the hooks.
            client: name and ID of the server there; see ``Ours``.
            former: gets links that are closed once what was invoked is answered.
            finished: what its hooks have finished with, before it was edited.
        """
        self.name = remote.name
        self.remote = remote
        self.links: list[Link] = []
        self._ours = Ours(remote, credentials, invoker, Complaints(), finished, *client)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._former = former
        self._first: Link | None = None  # With topics, the link that subscribes where this server does

    @property
    def conn(self) -> "WSXConnection":
        """The connection itself, by the name that existing services use."""
        return self

    def client(self) -> "WSXClient":
        """What invokes the remote end, as a context manager."""
        return WSXClient(self)

    def start(self) -> None:
        """Connects, on the event loop; with topics, the first link waits for ``subscribe``."""
        self._loop = asyncio.get_running_loop()
        first = 1 if self.remote.topics else 0
        self.links = [Link(self._ours, number, False) for number in range(first, self.remote.pool_size)]

    def subscribe(self, is_ours: bool) -> None:
        """Whether this server, of all of the ODB, subscribes to the topics; called again when that may have changed."""
        if not self.remote.topics or self._loop is None:
            return
        first = self._first
        if first is not None and first.is_subscribing == is_ours:
            first.subscribe()
            return
        if first is not None:
            self.links.remove(first)
            self._former.add(first)
            first.retire()
        self._first = Link(self._ours, 0, is_ours)
        self.links.insert(0, self._first)

    def retire(self, topics: Sequence[str] = ()) -> None:
        """Closes everything once what was invoked is answered, on the event loop.

        Args:
            topics: whose subscriptions are ended.
        """
        self._former.update(self.links)
        for link in self.links:
            link.retire(topics)

    def close(self) -> None:
        """Closes everything at once, on the event loop: the server stops."""
        for link in self.links:
            link.leave()
        self._loop = None

    def here_or_awaited(self, work: Coroutine[None, None, T], timeout: float) -> T | Awaitable[T]:
        """What a coroutine returns: at once in a thread; on an event loop it has to be awaited."""
        return here_or_awaited(self._loop, work, self.name, timeout)

    async def invoke(self, request: object, timeout: float) -> object:
        """Invokes the service of the remote end's channel; on the server's event loop.

        Raises:
            HTTPError: see ``Conversation.invoke``; or the remote end is away.
        """
        link = await self._open_link(timeout)
        return await link.talk.invoke(encode(request).decode("utf-8"), timeout)

    async def tell(self, message: object, timeout: float) -> None:
        """Sends a message to a remote end that does not speak WSX: text as it is, anything else as JSON."""
        link = await self._open_link(timeout)
        link.talk.tell(message if isinstance(message, str) else encode(message).decode("utf-8"))

    async def ping(self, timeout: float) -> float:
        """How many seconds the remote end took to answer a ping.

        Raises:
            HTTPError: it is away, or does not answer.
        """
        link = await self._open_link(timeout)
        return await link.talk.ping(timeout)

    def status(self) -> list[dict[str, object]]:
        """What its links are doing, on the event loop."""
        return [link.status() for link in self.links]

    async def _open_link(self, timeout: float) -> Link:
        """The link with the fewest calls under way, once one is open.

        Raises:
            ServiceUnavailable: none is, and no attempt to connect is under way.
        """
        found = self._best()
        if found is None:
            attempts = [link.attempt for link in self.links if link.attempt is not None]
            if attempts:
                await asyncio.wait(attempts, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            found = self._best()
        if found is None:
            why = next((link.failure for link in self.links if link.failure), "it is being connected")
            raise ServiceUnavailable(f"`{self.name}` is not connected: {why}")
        return found

    def _best(self) -> Link | None:
        found = [link for link in self.links if link.is_open]
        return min(found, key=lambda link: link.in_flight) if found else None


class WSXClient:
    """Invokes the remote end. In an ``async`` service what its methods return has to be awaited."""

    __slots__ = ("_connection",)

    def __init__(self, connection: WSXConnection) -> None:
        self._connection = connection

    def __enter__(self) -> "WSXClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing has to be given back."""

    def invoke(self, request: object = None, timeout: float = 0) -> object:
        """Invokes the service of the remote end's channel and returns what it answers.

        Args:
            request: its input, anything that JSON can hold.
            timeout: seconds that the answer may take; that of the connection if it is 0.

        Raises:
            RemoteError: the remote end answers with an error; it has its status and its cid.
            ServiceTimeout: it does not answer in time.
            ServiceUnavailable: it is away, or was lost before it answered.
            BadRequest: it does not speak WSX.
        """
        connection = self._connection
        if not connection.remote.is_zato:
            raise BadRequest(
                f"`{connection.name}` does not lead to a Zato server: use `send`, its answers go to on_message"
            )
        seconds = timeout or connection.remote.timeout
        return connection.here_or_awaited(connection.invoke(request, seconds), seconds)

    def send(self, request: object = None, timeout: float = 0) -> object:
        """The same as ``invoke``; to a remote end that does not speak WSX it sends a message and returns nothing.

        Args:
            request: text is sent as it is to a remote end that does not speak WSX, anything else as JSON.
            timeout: as ``invoke`` has it.
        """
        connection = self._connection
        if connection.remote.is_zato:
            return self.invoke(request, timeout)
        seconds = timeout or connection.remote.timeout
        return connection.here_or_awaited(connection.tell(request, seconds), seconds)
