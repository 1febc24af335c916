"""Request bodies, received up to a limit."""

from typing import NamedTuple

from apitest_server.errors import PayloadTooLarge
from apitest_server.invoke.pipeline import Gone
from apitest_server.service.asgi import Receive, Scope


class Bounds(NamedTuple):
    """What a body may be.

    Attributes:
        size: in bytes.
        values: of JSON, or of XML, of which fields are made.
    """

    size: int
    values: int


async def receive_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The whole body.

    Raises:
        PayloadTooLarge: it is over the limit; one that says so in its Content-Length is not read at all.
        Gone: there is nobody to answer.
    """
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit:
            raise _too_large(limit)
    message = await receive()
    body = message.get("body", b"")
    if message.get("more_body"):
        parts, size = [body], len(body)
        while message.get("more_body") and size <= limit:
            message = await receive()
            part = message.get("body", b"")
            parts.append(part)
            size += len(part)
        body = b"".join(parts)
    if len(body) > limit:
        raise _too_large(limit)
    if message["type"] == "http.disconnect":
        raise Gone
    return body


def _too_large(limit: int) -> PayloadTooLarge:
    return PayloadTooLarge(f"The request body is over the limit of {limit} bytes")
