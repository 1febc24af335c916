"""A request that asks for another protocol which is not spoken here goes on as if it had not asked (RFC 9110, 7.8).

The parser takes everything after such a request's head for bytes of the other protocol. Its body would be lost, or
read as requests of their own, which is how requests are smuggled past a proxy. So another parser is told the head once
more, without the wish to upgrade, and reads on from there.
"""

from collections.abc import Iterable
from typing import Protocol

import httptools

FRAMING = (b"content-length", b"transfer-encoding")


class Listener(Protocol):
    """What a parser tells the events to."""

    def on_message_begin(self) -> None: ...
    def on_url(self, url: bytes) -> None: ...
    def on_header(self, name: bytes, value: bytes) -> None: ...
    def on_headers_complete(self) -> None: ...
    def on_body(self, body: bytes) -> None: ...
    def on_message_complete(self) -> None: ...


class _AfterTheHead:
    """Passes events on once the repeated head is over."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._is_repeated = True
        self.on_body = listener.on_body
        self.on_message_complete = listener.on_message_complete

    def on_message_begin(self) -> None:
        if not self._is_repeated:
            self._listener.on_message_begin()

    def on_url(self, url: bytes) -> None:
        if not self._is_repeated:
            self._listener.on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._is_repeated:
            self._listener.on_header(name, value)

    def on_headers_complete(self) -> None:
        if not self._is_repeated:
            self._listener.on_headers_complete()
        self._is_repeated = False


def without_upgrade(
    listener: Listener, headers: Iterable[tuple[bytes, bytes]]
) -> tuple[httptools.HttpRequestParser, bytes]:
    """A parser for the rest of a request whose head was parsed already, and what to feed it first.

    Args:
        listener: is told of the body, and of all that follows.
        headers: of the request; names in lower case.
    """
    parser = httptools.HttpRequestParser(_AfterTheHead(listener))
    parser.set_dangerous_leniencies(lenient_data_after_close=True)  # As uvicorn does: a pipelined request is answered
    framing = b"".join(b"%s: %s\r\n" % header for header in headers if header[0] in FRAMING)
    return parser, b"POST / HTTP/1.1\r\n" + framing + b"\r\n"
