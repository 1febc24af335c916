"""One message of a ZeroMQ socket, as the pipeline sees it. Nobody waits for an answer."""

from typing import NamedTuple

from apitest_server.errors import HTTPError
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.message_body import payload_of
from apitest_server.invoke.outcome import Outcome
from apitest_server.invoke.pipeline import Route
from apitest_server.service.messages import Request, Response
from apitest_server.service.zmq import ZMQMessage


class Terms(NamedTuple):
    """What a channel does with messages.

    Attributes:
        name: of the channel.
        service: that is called.
        data_format: ``json``, or empty for text.
        address: of the socket.
    """

    name: str
    service: str
    data_format: str
    address: str


class Delivery:
    """A message that calls a service."""

    __slots__ = ("_frames", "_terms")

    def __init__(self, terms: Terms, frames: list[bytes]) -> None:
        self._terms = terms
        self._frames = tuple(frames)

    def origin(self) -> Origin:
        """``ZMQ``, the channel and the address."""
        return Origin("ZMQ", self._terms.name, self._terms.address)

    def route(self) -> Route:
        """The channel's service."""
        return Route(self._terms.service, self._terms.name, "zmq")

    async def authenticate(self, security: str) -> str:
        """Nobody: who may connect is up to the network."""
        return ""

    async def read(self, user: str) -> Request:
        """The last frame, decoded, and all of them."""
        body = self._frames[-1]
        return Request(payload_of(body, self._terms.data_format), body, zmq=ZMQMessage(self._frames))

    def reply(self, response: Response, cid: str) -> Outcome:
        """The service has succeeded."""
        return Outcome(response.status_code, "", cid)

    def refuse(self, error: HTTPError, cid: str) -> Outcome:
        """The service has failed."""
        return Outcome(error.status, error.details or str(error), cid)
