"""One message of a ZeroMQ socket, as the pipeline sees it. Nobody waits for an answer."""

from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.message_body import payload_of
from apitest_server.invoke.pipeline import Route
from apitest_server.messaging.delivery import Delivery, Terms
from apitest_server.service.messages import Request
from apitest_server.service.zmq import ZMQMessage


class ZMQDelivery(Delivery):
    """A message that calls a service; it comes once only."""

    __slots__ = ("_frames", "_terms")

    def __init__(self, terms: Terms, frames: list[bytes]) -> None:
        super().__init__(Route(terms.service, terms.name, "zmq"))
        self._terms = terms
        self._frames = tuple(frames)

    def origin(self) -> Origin:
        """``ZMQ``, the channel and the address."""
        return Origin("ZMQ", self._terms.name, self._terms.address)

    async def read(self, user: str) -> Request:
        """The last frame, decoded, and all of them."""
        body = self._frames[-1]
        return Request(payload_of(body, self._terms.data_format), body, zmq=ZMQMessage(self._frames))
