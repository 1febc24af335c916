"""Responses that are sent at once, head and body together: all those of channels.

uvicorn takes a response in parts, each of which it looks into; that is a sixth of the time that a request takes. What
channels give it is in order already: names in lower case, no control characters, the length of the body.

It needs names of uvicorn that are not documented: ``STATUS_LINE`` and the attributes of ``RequestResponseCycle``.
"""

from collections.abc import Mapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from apitest_server.service.asgi import WHOLE, RawHeaders

EXTENSIONS: dict[str, dict[object, object]] = {WHOLE: {}}  # Of each scope: what the application may send


class Cycle(RequestResponseCycle):
    """One request and its response."""

    async def send(self, message: Mapping[str, Any]) -> None:  # type: ignore[override]  # a message more
        """Sends a part of a response, or all of it.

        Args:
            message: of ASGI; or of the type ``WHOLE``, with the keys of both of ASGI's messages.
        """
        if message["type"] != WHOLE:
            await super().send(message)  # type: ignore[arg-type]  # it is one of ASGI's
        elif not (self._is_simple() and self._sent(message["status"], message["headers"], message["body"])):
            await super().send({**message, "type": "http.response.start"})  # type: ignore[misc]
            await super().send({"type": "http.response.body", "body": message["body"], "more_body": False})

    def _is_simple(self) -> bool:
        """Whether the connection stays open and takes what is written, and the response may have a body."""
        is_open = self.keep_alive and not self.disconnected and not self.flow.write_paused
        return is_open and not self.response_started and self.scope["method"] != "HEAD"

    def _sent(self, status: int, headers: RawHeaders, body: bytes) -> bool:
        """Sends it; ``False`` where uvicorn has to: it has no length, or the service closes the connection."""
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
