"""One ZeroMQ socket that is kept open, from when it is wanted until it is not any longer."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from random import random
from typing import TYPE_CHECKING

from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.patience import Complaints, Patience
from apitest_server.zmq.driver import close, socket_of, told
from apitest_server.zmq.peers import Peers
from apitest_server.zmq.place import Place

if TYPE_CHECKING:
    from zmq.asyncio import Context, Socket

logger = logging.getLogger("apitest.zmq")
_AGAIN = Backoff(sys.maxsize, 0.1, 2, 30)
_GRACE = 2.0  # seconds until it is told that an address is taken: by a socket of ours, perhaps, that is being closed


class Link:
    """The socket, and what is done with it.

    Attributes:
        place: where it is.
        title: whose it is, for the log.
        peers: how many there are.
        failure: why it is not open.
        leaving: set when the socket is not wanted any longer.
        socket: done when it is open; a new one whenever it is not.
    """

    def __init__(
        self, place: Place, title: str, context: Callable[[], "Context"], use: Callable[["Socket"], Awaitable[None]]
    ) -> None:
        """Takes where it is; opens it with ``start``.

        Args:
            place: where.
            title: such as ``ZeroMQ channel `orders```.
            context: returns what sockets are made in; called on the event loop.
            use: called with the socket; cancelled when that is not wanted any longer.
        """
        self.place = place
        self.title = title
        self.peers = 0
        self.failure = "it is being opened"
        self.leaving = asyncio.Event()
        self.socket: asyncio.Future[Socket] | None = None
        self._context = context
        self._use = use
        self._task: asyncio.Task[None] | None = None
        self._closed_ones = Complaints()
        self._gone_ones = Complaints()

    def start(self, after: asyncio.Event | None = None) -> None:
        """Opens the socket, on the event loop, once that which was there before it is gone."""
        loop = asyncio.get_running_loop()
        self.socket = loop.create_future()
        self._task = loop.create_task(self._keep(after))

    def status(self) -> dict[str, object]:
        """What it is doing: it is connected where it has a peer."""
        is_open = self.socket is not None and self.socket.done()
        last_problem = "" if is_open else self.failure
        return {"is_connected": self.peers > 0, "last_problem": last_problem, "peers": self.peers}

    async def close(self) -> None:
        """Closes the socket."""
        self.leaving.set()
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _keep(self, after: asyncio.Event | None) -> None:
        await asyncio.to_thread(import_module, "zmq.asyncio")
        if after is not None:
            await after.wait()
        loop, patience = asyncio.get_running_loop(), Patience(_AGAIN)
        started = loop.time()
        while True:
            try:
                self.failure = await self._live()
            except Exception:
                logger.exception("%s failed; it is tried again", self.title)
                self.failure = "it failed here; the log has the details"
            if loop.time() - started > _GRACE and self._closed_ones.is_due(loop.time()):
                about = (self.title, self.place.address, self.failure, self._closed_ones.said())
                logger.warning("%s cannot use %s: %s; it is tried again (%d earlier failures were not logged)", *about)
            await asyncio.sleep(patience.next(random()))  # noqa: S311 - servers must not come back all at once

    async def _live(self) -> str:
        """Opens the socket; returns why, if that cannot be, or lasts until it is cancelled."""
        from zmq import ZMQError, strerror

        try:
            socket, monitor = socket_of(self._context(), self.place)
        except ZMQError as error:
            return strerror(error.errno or 0)
        watching = asyncio.ensure_future(self._watch(monitor))
        try:
            is_what = "is bound to" if self.place.is_bound else "connects to"
            logger.info("%s (%s) %s %s", self.title, self.place.socket_type, is_what, self.place.address)
            assert self.socket is not None  # It was started
            self.socket.set_result(socket)
            await self._use(socket)
        finally:
            self.socket = asyncio.get_running_loop().create_future()
            self.peers = 0
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            close(socket, monitor)
        return "it was closed"

    async def _watch(self, monitor: "Socket") -> None:
        peers = Peers()
        while True:
            await told(monitor, peers)
            before, self.peers = self.peers, len(peers)
            if self.peers and not before and self._gone_ones.is_news():
                logger.info("%s has a peer at %s", self.title, self.place.address)
            if before and not self.peers and self._gone_ones.is_due(asyncio.get_running_loop().time()):
                about = (self.title, self.place.address, self._gone_ones.said())
                logger.warning("%s has no peer at %s any longer (%d earlier times were not logged)", *about)
