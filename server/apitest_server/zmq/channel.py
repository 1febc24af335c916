"""A ZeroMQ channel: a socket whose messages call a service, one after the other."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from apitest_server.invoke.current import current_cid
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.zmq.delivery import Delivery, Terms
from apitest_server.zmq.link import Link
from apitest_server.zmq.place import Place

if TYPE_CHECKING:
    from zmq.asyncio import Context, Socket

logger = logging.getLogger("apitest.zmq")


class ZMQChannel:
    """One channel.

    Attributes:
        terms: what it does with messages.
        link: its socket.
    """

    def __init__(self, terms: Terms, place: Place, pipeline: Pipeline, context: Callable[[], "Context"]) -> None:
        """Takes what it works with; receives once its link is started."""
        self.terms = terms
        self.link = Link(place, f"ZeroMQ channel `{terms.name}`", context, self._receive)
        self._pipeline = pipeline
        self._answering: asyncio.Task[None] | None = None

    async def finish(self, seconds: float) -> None:
        """Lets the service that was called last return, for so many seconds; the socket may be closed by then."""
        if self._answering is not None:
            await asyncio.wait([self._answering], timeout=seconds)
            self._answering.cancel()
            await asyncio.gather(self._answering, return_exceptions=True)

    async def _receive(self, socket: "Socket") -> None:
        while True:
            frames: list[bytes] = await socket.recv_multipart()
            self._answering = asyncio.ensure_future(self._answer(frames))
            await asyncio.shield(self._answering)  # The socket may go meanwhile

    async def _answer(self, frames: list[bytes]) -> None:
        current_cid.set("")  # Not that of the message before
        outcome = await self._pipeline.answer(Delivery(self.terms, frames))
        if outcome is not None and outcome.problem:
            current_cid.set(outcome.cid)
            about = (self.terms.name, self.terms.service, outcome.problem)
            logger.warning("ZeroMQ channel `%s`: a message is lost, because service %s failed: %s", *about)
