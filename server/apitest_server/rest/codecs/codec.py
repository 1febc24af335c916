"""What a codec is."""

from typing import NamedTuple, Protocol

from apitest_server.errors import HTTPError
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response


class Body(NamedTuple):
    """What goes out.

    Attributes:
        content: the bytes.
        content_type: what they are, unless the service says otherwise.
    """

    content: bytes
    content_type: bytes


class Codec(Protocol):
    """Reads request bodies and writes response bodies; one object serves all requests of a channel."""

    def decode(self, http: HTTPRequest) -> object:
        """The payload in a request.

        Raises:
            BadRequest: the body is not what it says it is.
        """

    def values(self, http: HTTPRequest) -> int:
        """How many values a request holds, at most; 0 where the body stays as it is, or has limits of its own."""

    def is_xml(self, http: HTTPRequest) -> bool:
        """Whether bytes that ``decode`` gives are XML, whose elements SimpleIO reads."""

    def encode(self, response: Response, cid: str) -> Body:
        """The body of a service's response."""

    def fault(self, error: HTTPError, cid: str) -> tuple[int, Body]:
        """Status and body of an error."""
