"""Responses that are sent at once, head and body together: all those of channels, and refusals.

uvicorn takes a response in parts and looks into each, which is a tenth of the time that a small request takes. What
channels give it is in order already: names in lower case, no control characters, the length of the body.

It needs names of uvicorn that are not documented: ``STATUS_LINE`` and the attributes of ``RequestResponseCycle``.
"""

from typing import cast

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from apitest_server.service.asgi import WHOLE, RawHeaders, Whole

_EXTENSIONS: dict[str, dict[object, object]] = {WHOLE: {}}  # Of each scope: what the application may send
_REFUSAL = b"server: apitest-server\r\nx-zato-cid: %b\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Cycle(RequestResponseCycle):
    """One request and its response."""

    async def send(self, message: ASGISendEvent | Whole) -> None:
        """Sends a part of a response, or all of it."""
        if message["type"] != WHOLE:
            await super().send(cast("ASGISendEvent", message))
            return
        whole = cast("Whole", message)
        status, headers, body = whole["status"], whole["headers"], whole["body"]
        if not (self._is_simple() and self._sent(status, headers, body)):
            await super().send({"type": "http.response.start", "status": status, "headers": headers})
            await super().send({"type": "http.response.body", "body": body})

    def _is_simple(self) -> bool:
        """Whether the connection stays open and takes what is written, and the response may have a body."""
        is_open = self.keep_alive and not self.disconnected and not self.flow.write_paused
        return is_open and not self.response_started and self.scope["method"] != "HEAD"

    def _sent(self, status: int, headers: RawHeaders, body: bytes) -> bool:
        """Sends it; ``False`` where uvicorn has to: it has no length, or the service speaks of the connection."""
        has_length = False
        parts = [STATUS_LINE[status]]
        for name, value in (*self.default_headers, *headers):
            if name == b"content-length":
                has_length = True
            elif name == b"connection":
                return False
            parts += (name, b": ", value, b"\r\n")
        if not has_length:
            return False
        parts += (b"\r\n", body)
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        self.transport.write(b"".join(parts))
        self.message_event.set()
        self.on_response()
        return True


def at_once(cycle: RequestResponseCycle) -> RequestResponseCycle:
    """The same object, which takes whole responses from now on, and says so in its scope."""
    cycle.__class__ = Cycle  # uvicorn has made it, by a name of its own module
    cycle.scope["extensions"] = _EXTENSIONS
    return cycle


def refusal(status: int, cid: str) -> bytes:
    """What goes out where there is no request to answer; the connection is closed behind it."""
    return STATUS_LINE[status] + _REFUSAL % cid.encode("ascii")
