"""PURE  The parts of ASGI that the server uses, as types."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import NotRequired, TypedDict

RawHeaders = list[tuple[bytes, bytes]]
WHOLE = "http.response.whole"  # A message, and the extension that says that it is understood: head and body at once


Subject = tuple[tuple[str, str], ...]  # Of a certificate: short names, such as CN, and values, in their order


class Scope(TypedDict):
    """What is known of a request before its body: ``type`` is ``http``; header names are in lower case."""

    type: str
    method: str
    path: str
    headers: Iterable[tuple[bytes, bytes]]
    raw_path: NotRequired[bytes]
    query_string: NotRequired[bytes]
    http_version: NotRequired[str]
    scheme: NotRequired[str]
    client: NotRequired[tuple[str, int] | None]
    client_certificate: NotRequired[Subject]
    extensions: NotRequired[dict[str, dict[object, object]] | None]


class Whole(TypedDict):
    """A response, head and body at once; ``type`` is ``WHOLE``, and headers are in order: it is not looked into."""

    type: str
    status: int
    headers: RawHeaders
    body: bytes


class Received(TypedDict):
    """A part of a request's body, or the news that the client went away."""

    type: str
    body: NotRequired[bytes]
    more_body: NotRequired[bool]


Receive = Callable[[], Awaitable[Received]]
Send = Callable[[Mapping[str, object]], Awaitable[None]]  # Any: ASGI's messages differ in their keys
