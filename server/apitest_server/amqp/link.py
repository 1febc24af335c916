"""One connection to a broker that is kept: opened again whenever it is lost, until it is closed here."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from random import random
from typing import TYPE_CHECKING

from apitest_server.amqp.broker import LOST, Broker, Lost, close, connect, told
from apitest_server.errors import HTTPError, ServiceUnavailable
from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.crossing import is_cancelled
from apitest_server.invoke.patience import Complaints, Patience

if TYPE_CHECKING:
    from aiormq import Connection

logger = logging.getLogger("apitest.amqp")
AGAIN = Backoff(sys.maxsize, 0.5, 2, 30)
STEADY = 60.0  # seconds; a connection that lasts that long works


class Link:
    """The connection, and what is done with it.

    Attributes:
        broker: where it leads.
        title: of whose it is, for the log.
        failure: why it was lost, or could not be opened.
        attempt: done once the attempt to connect that is under way has succeeded or failed; ``None`` without one.
        leaving: set when the connection is not wanted any longer.
    """

    def __init__(
        self,
        broker: Broker,
        title: str,
        client: str,
        use: Callable[["Connection", Callable[[], None]], Awaitable[None]],
    ) -> None:
        """Takes where it leads; connects with ``start``.

        Args:
            broker: where.
            title: whose it is, such as ``AMQP channel `orders```.
            client: what the broker lists it as.
            use: called with each new connection, and with what tells that it can be used; returns, or raises ``Lost``,
                when that is over: the connection is lost, or ``leaving`` is set.
        """
        self.broker = broker
        self.title = title
        self.failure = ""
        self.attempt: asyncio.Future[None] | None = None
        self.leaving = asyncio.Event()
        self._client = client
        self._use = use
        self._connection: Connection | None = None
        self._opened_at = 0.0
        self._complaints = Complaints()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can be used."""
        return self._connection is not None and self._opened_at > 0

    def start(self) -> None:
        """Connects, on the event loop."""
        loop = asyncio.get_running_loop()
        self.attempt = loop.create_future()
        self._task = loop.create_task(self._keep())

    async def connection(self, timeout: float) -> "Connection":
        """The connection; waits for an attempt to connect that is under way.

        Raises:
            ServiceUnavailable: it is not open.
        """
        if not self.is_open and self.attempt is not None:
            await asyncio.wait([self.attempt], timeout=timeout)
        if self._connection is None or not self.is_open:
            raise ServiceUnavailable(f"{self.title} is not connected: {self.failure or 'it is being connected'}")
        return self._connection

    async def close(self, seconds: float) -> None:
        """Closes the connection once it is not used any longer, at the latest after so many seconds."""
        self.leaving.set()
        task, self._task = self._task, None
        if task is None:
            return
        if self.is_open:
            await asyncio.wait([task], timeout=seconds)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _keep(self) -> None:
        patience = Patience(AGAIN)
        while not self.leaving.is_set():
            self.attempt = self.attempt or asyncio.get_running_loop().create_future()
            self._opened_at = 0.0
            try:
                self.failure = await self._live()
            finally:
                self._decided()
            if self.leaving.is_set():
                return
            self._lasted(patience)
            await asyncio.sleep(patience.next(random()))  # noqa: S311 - servers must not come back all at once

    async def _live(self) -> str:
        """Connects, and returns when that has failed or is over: why."""
        try:
            connection = await connect(self.broker, self._client)
            self._connection = connection
            try:
                with told(self.broker):
                    await self._use(connection, self._opened)
            finally:
                self._connection = None
                await close(connection)
        except Lost as lost:
            return str(lost)
        except HTTPError as error:
            return error.details
        except asyncio.CancelledError:
            if is_cancelled():
                raise
            return LOST
        except Exception:
            logger.exception("%s failed; it is tried again", self.title)
            return "it failed here; the log has the details"
        return "it was closed"

    def _opened(self) -> None:
        self._opened_at = asyncio.get_running_loop().time()
        self._decided()
        if self._complaints.is_news():
            logger.info("%s is connected to %s", self.title, self.broker.where)

    def _lasted(self, patience: Patience) -> None:
        now = asyncio.get_running_loop().time()
        lasted = now - self._opened_at if self._opened_at else 0.0
        if lasted > patience.wait:
            patience.reset()
        if lasted > STEADY:
            self._complaints.over()
        if self._complaints.is_due(now):
            about = (self.title, self.broker.where, self.failure, self._complaints.said())
            logger.warning(
                "%s is not connected to %s: %s; it is tried again (%d earlier failures were not logged)", *about
            )

    def _decided(self) -> None:
        if self.attempt is not None and not self.attempt.done():
            self.attempt.set_result(None)
        self.attempt = None


async def over(link: Link, *ends: Awaitable[object]) -> None:
    """Returns when a link is not wanted any longer; raises what one of the ends has raised, if that comes first."""
    waiting = [asyncio.ensure_future(end) for end in (link.leaving.wait(), *ends)]
    try:
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            one.result()
        if not link.leaving.is_set():
            raise Lost("the broker has closed the connection")
    finally:
        for one in waiting:
            one.cancel()
