"""A ZeroMQ channel: a socket whose messages call a service, one after the other."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from apitest_server.invoke.pipeline import Pipeline
from apitest_server.messaging.channel import Channel
from apitest_server.messaging.delivery import HANDLED, SKIPPED, Outcome, Terms
from apitest_server.zmq.delivery import ZMQDelivery
from apitest_server.zmq.link import Link
from apitest_server.zmq.place import Place

if TYPE_CHECKING:
    from zmq.asyncio import Context, Socket

logger = logging.getLogger("apitest.zmq")


class ZMQChannel(Channel):
    """One channel.

    Attributes:
        link: its socket.
    """

    def __init__(self, terms: Terms, place: Place, pipeline: Pipeline, context: Callable[[], "Context"]) -> None:
        """Takes what it works with; receives once it is started."""
        super().__init__("ZeroMQ", terms, pipeline, logger)
        self.link = Link(place, self.title, context, self._receive)
        self._loss = f"a message is lost, because service {terms.service} failed"
        self._answering: asyncio.Task[Outcome] | None = None

    def start(self, after: asyncio.Event | None = None) -> None:
        """Opens the socket once that of the channel before is closed."""
        self.link.start(after)

    async def close(self, seconds: float) -> None:
        """Closes the socket, and lets the service that was called last return, for so many seconds."""
        await self.link.close()
        self.gone.set()
        if self._answering is not None:
            await asyncio.wait([self._answering], timeout=seconds)
            self._answering.cancel()
            await asyncio.gather(self._answering, return_exceptions=True)

    def status(self) -> dict[str, object]:
        """What it is doing, and what has become of its messages since it began."""
        return {**self.link.status(), HANDLED: self.counts[HANDLED], SKIPPED: self.counts[SKIPPED]}

    async def _receive(self, socket: "Socket") -> None:
        while True:
            frames: list[bytes] = await socket.recv_multipart()
            self._answering = asyncio.ensure_future(self.answered(ZMQDelivery(self.terms, frames), self._loss))
            await asyncio.shield(self._answering)  # The socket may go meanwhile
