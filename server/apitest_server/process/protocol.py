"""uvicorn's HTTP protocol with limits: what a client can make the server keep, and for how long.

It needs names of uvicorn that are not documented: ``HttpToolsProtocol`` with ``flow``, ``parser``, ``pipeline``,
``cycle`` and ``_should_upgrade``.

* The head of a request (request line, headers) has a largest size, and so has what surrounds the body (chunk sizes,
  trailers). Both are counted before they are parsed, since a parser keeps an unfinished header.
* Pipelined requests wait as bytes. Nothing more is read from a client while one of its requests waits.
* Where a body ends is beyond doubt, or the request is refused; what follows a body does not count as headers.
* A request has to be complete, and a response taken, within their times.
"""

import asyncio
import logging
from functools import partial
from http import HTTPStatus

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.config import Config
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from apitest_server.config import Limits
from apitest_server.invoke.invoker import new_cid
from apitest_server.process.connections import Connections
from apitest_server.process.deadline import Deadline
from apitest_server.process.forwarded import caller
from apitest_server.process.handover import head_of, left, path_of
from apitest_server.process.upgrades import FRAMING, without_upgrade
from apitest_server.process.whole_response import at_once, refusal
from apitest_server.wsx.door import Door, Visit, nothing_else
from apitest_server.wsx.websocket import WebSocket

logger = logging.getLogger("apitest.server")
SLICE = 4096  # bytes that are parsed at a time; the requests in them are all that can wait parsed
_IDLE, _HEAD, _BODY = range(3)  # what is being read
_GRACE = 0.25  # seconds that an idle connection is kept when the server stops: a request may be under way


class _Flow(FlowControl):
    """Reading stays paused while it is held, whoever else wants to resume it."""

    held = False

    def resume_reading(self) -> None:
        if not self.held:
            super().resume_reading()


class LimitedProtocol(HttpToolsProtocol):
    """One connection."""

    flow: _Flow

    def __init__(
        self,
        limits: Limits,
        connected: Connections,
        door: Door,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],  # Any: what the lifespan leaves there, of uvicorn's making
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits = limits
        self._connected = connected
        self._door = door
        if door.port:
            self.app = nothing_else
        self._upgrades: bool | None = None
        self._socket: WebSocket | None = None  # What the connection has become
        self._address = ""
        self._rest = b""  # Received, not parsed yet
        self._stage = self._awaited = _IDLE
        self._body = self._around = 0  # bytes of the request that is being read: its body, and everything
        self._deadline = Deadline(self.loop, self._too_late)
        self._is_leaving = False
        self._running: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A client is there; it may be one too many."""
        super().connection_made(transport)
        self.flow = _Flow(transport)
        self._address = self.client[0] if self.client else ""
        if self._connected.admit(self._address):
            self._awaited = _HEAD
            self._deadline.expect(self._limits.header_timeout)
        else:
            self._refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._forget()
        self._rest = b""
        self.pipeline.clear()
        if self._running is not None:
            self._running.disconnected = True  # uvicorn does this for the newest of its requests only
            self._running.message_event.set()
        super().connection_lost(exc)

    def _should_upgrade(self) -> bool:
        """Only a GET without a body that a channel answers begins a WebSocket (RFC 6455).

        What else asks for one is an ordinary request. uvicorn asks several times, and must be told the same each time.
        """
        if self._upgrades is None:
            scope = self.scope
            is_plain = scope["method"] == "GET" and not any(name in FRAMING for name, _ in scope["headers"])
            wants = is_plain and self._get_upgrade() == b"websocket"
            self._upgrades = wants and self._door.knows(path_of(self.url))
        return self._upgrades

    def _upgrade(self, after: bytes) -> None:
        """The connection is a WebSocket from here on; ``after`` came behind the request."""
        self._deadline.stop()
        gone = partial(left, self._connected, self._address, self.connections)
        (host, port), headers = self.server or ("", 0), list(self.scope["headers"])
        address = caller(self.config.loaded_app, self._address, headers)
        socket = self._door.enter(Visit(path_of(self.url), headers, address, f"{host}:{port}", gone))
        self.connections.discard(self)
        self.connections.add(socket)  # type: ignore[arg-type]  # uvicorn needs no more of it than `shutdown`
        self._socket = socket
        socket.connection_made(self.transport)
        self.transport.set_protocol(socket)
        socket.data_received(head_of(self.scope, self.url))
        socket.data_received(after)  # Apart, since answers to frames would else go out before the handshake's

    def eof_received(self) -> bool:  # type: ignore[override]  # uvicorn always closes
        """The client sends nothing more, but waits for the answers to what it sent; then the connection is closed."""
        if self._stage != _IDLE:
            self._refuse(400)
        if self.cycle is None or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        return not self.transport.is_closing()

    def data_received(self, data: bytes) -> None:
        """Parses what came, or keeps it while a request of this client waits."""
        self._unset_keepalive_if_required()
        if len(data) <= SLICE and not self._rest and not self.pipeline:
            self._feed(data)
            if self.pipeline:
                self._hold(True)
        else:
            self._rest = self._rest + data if self._rest else data
            self._parse()

    def _parse(self) -> None:
        rest, start = self._rest, 0
        while start < len(rest) and not self.pipeline and not self.transport.is_closing():
            part = rest[start : start + SLICE]
            start += len(part)
            if not self._feed(part):
                if self._socket is not None and start < len(rest):
                    self._socket.data_received(rest[start:])
                start = len(rest)
        self._rest = rest[start:]
        self._hold(bool(self.pipeline))

    def _feed(self, part: bytes) -> bool:
        """Parses one part; whether to go on."""
        self._around += len(part)
        try:
            self.parser.feed_data(part)
        except httptools.HttpParserUpgrade as upgrade:
            if self._should_upgrade():
                self._upgrade(part[upgrade.args[0] :])
                return False
            rest = part[upgrade.args[0] :]
            self.parser, head = without_upgrade(self, self.scope["headers"])
            self._around -= len(head + rest)
            return self._feed(head + rest)
        except httptools.HttpParserError:
            return self._refuse(431 if self._is_too_large() else 400)
        if self._is_too_large():
            return self._refuse(431)
        if self._stage != self._awaited:  # Most requests are complete at once, and need no timer
            self._await()
        return True

    def _is_too_large(self) -> bool:
        # Chunks of one byte take five more: small chunks are a waste, endless trailers are an attack.
        if self._around - 17 * self._body > self._limits.header_size + SLICE:
            return True
        return self.headers is not None and len(self.headers) > self._limits.header_count

    def _await(self) -> None:
        """Gives the client time for what is missing of its request."""
        self._awaited = self._stage
        if self._stage == _IDLE:
            self._deadline.lift()
        else:
            self._deadline.expect(self._limits.header_timeout if self._stage == _HEAD else self._limits.body_timeout)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._upgrades = None
        self._stage = _HEAD

    def on_headers_complete(self) -> None:
        """The head is complete; uvicorn starts the request, or queues it behind the one before."""
        if len(self.headers) > self._limits.header_count:
            raise ValueError("too many headers")  # Ends parsing at once; answered in _feed
        codings = [value for name, value in self.headers if name == b"transfer-encoding"]
        if codings and (len(codings) > 1 or codings[0].lower() != b"chunked"):
            raise ValueError("transfer coding")  # A proxy might see another end of the body than we do
        if self.expect_100_continue and self.parser.get_http_version() == "1.0":
            self.expect_100_continue = False  # Such a client takes a 100 for the answer
        self._stage = _BODY
        super().on_headers_complete()
        if not self.parser.should_upgrade():
            self.headers = []  # Trailers go here, and are not taken for headers: a proxy filters headers only
        if self._is_leaving and self.cycle is not None:
            self.cycle.keep_alive = False

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._running = cycle
        super()._start_asgi_task(at_once(cycle), app)

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is complete; what follows in the same bytes is another one's head."""
        if self.parser.should_upgrade():
            return  # Its head is; whether it has a body is not known yet
        super().on_message_complete()
        self._stage = _IDLE
        self._around = self._body = 0

    def on_response_complete(self) -> None:
        """A response was sent: the next request of this client, if it is here already, takes its turn."""
        super().on_response_complete()
        if self.flow.held and not self.pipeline:
            self.loop.call_soon(self._parse)

    def pause_writing(self) -> None:
        """The client does not read its response."""
        super().pause_writing()
        self._deadline.expect(self._limits.write_timeout)

    def resume_writing(self) -> None:
        """It does."""
        super().resume_writing()
        self._deadline.lift()

    def shutdown(self) -> None:
        """The server stops: a request that is under way is answered, then the connection is closed."""
        self._is_leaving = True
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(_GRACE, super().shutdown)
        else:
            super().shutdown()

    def _hold(self, held: bool) -> None:
        """Nothing is read while it is held."""
        if held != self.flow.held:
            self.flow.held = held
            (self.flow.pause_reading if held else self.flow.resume_reading)()

    def _too_late(self) -> None:
        if self.flow.write_paused:
            self.transport.abort()
        elif not self.transport.is_closing():
            self._refuse(408)

    def _refuse(self, status: int) -> bool:
        """Answers with a status and closes; requests before, which are complete, are answered first."""
        self._rest = b""
        cid = new_cid()
        logger.info("Connection of %s refused: %d %s, cid %s", self._address, status, HTTPStatus(status).phrase, cid)
        if self.cycle is not None and not self.cycle.response_complete:
            if self._stage != _BODY:
                self.cycle.keep_alive = False
                self.flow.pause_reading()
                self.flow.held = True
                return False
            if self.cycle.response_started:
                self.transport.abort()
                return False
        self.transport.write(refusal(status, cid))
        self.transport.close()
        return False

    def _forget(self) -> None:
        self._connected.leave(self._address)
        self._deadline.stop()
