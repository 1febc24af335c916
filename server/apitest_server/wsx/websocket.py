"""One WebSocket, on the server's side: bytes -> messages and back, over the protocol of the package websockets.

What uses it is an :class:`Endpoint`. Everything that a client can make the server keep is bounded: messages by their
size, decompressed; what waits to be read while the endpoint is busy; what the client does not read.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from apitest_server.wsx.endpoint import Bounds, Endpoint, Refusal
from apitest_server.wsx.fragments import BinaryFragments, TextFragments
from apitest_server.wsx.library import server_protocol

if TYPE_CHECKING:
    from websockets.client import ClientProtocol
    from websockets.frames import Frame
    from websockets.http11 import Request, Response
    from websockets.server import ServerProtocol

SLICE = 16 * 1024  # bytes that are parsed at a time: what a deflated one can become is bounded, too
CLOSING = 5.0  # seconds that a client has to close its side
NOT_UTF8 = 1007
_TOLD = {1009: "it sent a message larger than max_message_size"}
_OPEN = 1  # The protocol's state
_NORMAL, _CONT, _TEXT, _BINARY, _CLOSE, _PING, _PONG = 1000, 0, 1, 2, 8, 9, 10


class WebSocket(asyncio.Protocol):
    """A connection from its handshake on.

    Attributes:
        bytes_in: that came, the handshake included.
        bytes_out: that were sent.
        messages_in, messages_out: that came, and that were sent.
        transport: that carries it.
        active: when something came last, by the loop's clock.
        tap: told of each frame: ``<`` or ``>`` for its direction, its opcode, its data, and the size of that. Of a
            message in parts it is not told the data: what is secret in it could be seen in all parts together only.
    """

    _other = "the client"
    __slots__ = (
        "_bounds", "_choked", "_endpoint", "_fragments", "_held", "_left", "_loop", "_make", "_protocol", "_rest",
        "_timer", "_why", "active", "bytes_in", "bytes_out", "messages_in", "messages_out", "tap", "transport",
    )  # fmt: skip

    def __init__(
        self,
        make: "Callable[[WebSocket], Endpoint] | Refusal",
        bounds: Bounds,
        left: Callable[["WebSocket"], None],
    ) -> None:
        """Takes what it works with.

        Args:
            make: makes the endpoint once the handshake is over; or why there will be none.
            bounds: see there.
            left: called when the connection is gone.
        """
        self._make = make
        self._bounds = bounds
        self._left = left
        self._protocol = self._made_protocol(bounds)
        self._endpoint: Endpoint | None = None
        self._loop = asyncio.get_running_loop()
        self._rest = b""
        self._held = self._choked = False  # By the endpoint, by a client that does not read
        self._fragments: TextFragments | BinaryFragments | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._why = ""
        self.bytes_in = self.bytes_out = self.messages_in = self.messages_out = 0
        self.active = self._loop.time()
        self.tap: Callable[[str, int, bytes, int], None] | None = None

    def _made_protocol(self, bounds: Bounds) -> "ServerProtocol | ClientProtocol":
        return server_protocol(bounds.message, bounds.origins, bounds.is_compressing)

    # What asyncio calls

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvloop's is like one
        """Bytes can be sent."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Parses what came, or keeps it while the endpoint is busy."""
        self.bytes_in += len(data)
        self.active = self._loop.time()
        if len(data) <= SLICE and not (self._rest or self.is_paused):
            self._feed(data)
        else:
            self._rest += data
            self._parse()

    def eof_received(self) -> None:
        """The client sends nothing more; returning nothing closes the transport."""
        self._protocol.receive_eof()
        self._flush()

    def pause_writing(self) -> None:
        """The client does not read: it is given some time, and not read from meanwhile."""
        self._choked = True
        self._set_reading()
        self._set_timer(self._bounds.write_timeout, "it does not read what it is sent")

    def resume_writing(self) -> None:
        """It does."""
        self._choked = False
        self._drop_timer()
        self._set_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Everything is let go."""
        self._drop_timer()
        self._rest = b""
        self._fragments = self.tap = None
        self._left(self)
        endpoint, self._endpoint = self._endpoint, None
        if endpoint is not None:
            failed = self._protocol.close_sent
            what = _TOLD.get(failed.code, "it broke the protocol") if failed else "the connection was lost"
            endpoint.lost(self._why or (f"{what}: {failed.code} {failed.reason}" if failed else what))

    def shutdown(self) -> None:
        """The server stops; called by uvicorn."""
        self.transport.close() if self._endpoint is None else self._endpoint.leave()

    # What endpoints call

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent."""
        return self._protocol.state == _OPEN

    @property
    def unsent(self) -> int:
        """Bytes that wait for the client to read."""
        return 0 if self._endpoint is None else self.transport.get_write_buffer_size()

    def send(self, message: str | bytes) -> None:
        """Sends a message; nothing is sent once the WebSocket is being closed.

        A client that leaves too much unread is cut off. This message does not count, however large it is.
        """
        if not self.is_open:
            return
        if self.transport.get_write_buffer_size() > self._bounds.unsent:
            self.abort("more than it reads waits to be sent")
            return
        opcode, data = (_TEXT, message.encode("utf-8")) if isinstance(message, str) else (_BINARY, message)
        (self._protocol.send_text if opcode == _TEXT else self._protocol.send_binary)(data)
        self.messages_out += 1
        if self.tap is not None:
            self.tap(">", opcode, data, len(data))
        self._flush()

    def ping(self) -> None:
        """Sends a ping."""
        if self.is_open:
            self._protocol.send_ping(b"")
            if self.tap is not None:
                self.tap(">", _PING, b"", 0)
            self._flush()

    def close(self, code: int, reason: str, why: str = "") -> None:
        """Sends a Close frame; the connection ends when the client has answered it, or after ``CLOSING`` seconds.

        Args:
            code: of RFC 6455.
            reason: for the client, at most 123 bytes.
            why: for the log.
        """
        if self.is_open:
            self._why = why or reason
            self._protocol.send_close(code, reason)
            if self.tap is not None:
                data = f"{code} {reason}".encode()
                self.tap(">", _CLOSE, data, len(data))
            self._flush()

    def abort(self, why: str) -> None:
        """Ends the connection at once; ``why`` is for the log."""
        self._why = self._why or why
        self.transport.abort()

    def hold(self, held: bool) -> None:
        """While it is held, nothing more is read."""
        if held != self._held:
            self._held = held
            self._set_reading()

    @property
    def is_paused(self) -> bool:
        """Whether nothing is read now; the answer to a Close frame always is."""
        return self._choked or (self._held and self.is_open)

    def _set_reading(self) -> None:
        if self.transport.is_closing():
            return
        if self.is_paused:
            self.transport.pause_reading()
        else:
            self.transport.resume_reading()
            if self._rest:
                self._loop.call_soon(self._parse)

    # Bytes -> frames -> messages

    def _parse(self) -> None:
        rest, start = self._rest, 0
        while start < len(rest) and not (self.is_paused or self.transport.is_closing()):
            self._feed(rest[start : start + SLICE])
            start += SLICE
        self._rest = rest[start:]

    def _feed(self, data: bytes) -> None:
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if self._endpoint is None:
                self._shake_hands(event)  # type: ignore[arg-type]  # the first event is the request, or the response
            elif not self._frame(event, self._endpoint):  # type: ignore[arg-type]  # all others are frames
                break
        if self._protocol.writes or not self.is_open:
            self._flush()

    def _shake_hands(self, event: "Request | Response") -> None:
        make, protocol = self._make, cast("ServerProtocol", self._protocol)  # The other kind has its own method
        response = protocol.reject(*make) if isinstance(make, Refusal) else protocol.accept(event)  # type: ignore[arg-type]
        protocol.send_response(response)
        self._flush()
        if response.status_code == 101 and not isinstance(make, Refusal):
            self._endpoint = make(self)
            self._endpoint.opened()

    def _frame(self, frame: "Frame", endpoint: Endpoint) -> bool:
        """Takes a frame; whether to go on."""
        opcode = frame.opcode
        if self.tap is not None:
            is_whole = frame.fin and opcode != _CONT
            self.tap("<", opcode, bytes(frame.data) if is_whole else b"", len(frame.data))
        if opcode in (_TEXT, _BINARY, _CONT):
            if self._why:  # Closed by us: nobody listens any more
                return True
            try:
                message = self._message(frame)
            except UnicodeDecodeError:
                endpoint.not_utf8()
                self._why = "it sent text that is not UTF-8"
                self._protocol.fail(NOT_UTF8, "The text is not valid UTF-8")
                return False
            if message is not None:
                self.messages_in += 1
                endpoint.received(message)
        elif opcode == _PONG:
            endpoint.pong()
        elif opcode == _CLOSE and not self._why:
            closed = self._protocol.close_rcvd
            code, reason = (closed.code, closed.reason) if closed else (_NORMAL, "")
            self._why = f"{self._other} closed it: {code} {reason}".rstrip()
        return True

    def _message(self, frame: "Frame") -> str | bytes | None:
        """The message that a frame completes; ``None`` if more is to come.

        Raises:
            UnicodeDecodeError: as soon as a text cannot be UTF-8 any more.
        """
        if frame.opcode != _CONT:
            if frame.fin:
                return str(frame.data, "utf-8") if frame.opcode == _TEXT else bytes(frame.data)
            self._fragments = TextFragments() if frame.opcode == _TEXT else BinaryFragments()
        assert self._fragments is not None  # The protocol has seen a first frame
        message = self._fragments.add(bytes(frame.data), frame.fin)
        if frame.fin:
            self._fragments = None
        return message

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if self.transport.is_closing():
                return
            if data:
                self.bytes_out += len(data)
                self.transport.write(data)
            else:  # TLS can only be ended in both directions at once
                (self.transport.write_eof if self.transport.can_write_eof() else self.transport.close)()
        if not self.is_open and self._endpoint is not None:
            self._endpoint.closing()
        if not self.is_open and self._timer is None and self._protocol.close_expected():
            self._set_timer(CLOSING, "it did not close its side")
            self._set_reading()

    def _set_timer(self, seconds: float, why: str) -> None:
        self._timer = self._timer or self._loop.call_later(seconds, self.abort, why)

    def _drop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
