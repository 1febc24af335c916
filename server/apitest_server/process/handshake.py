"""A connection until its TLS handshake is over; then what speaks HTTP has it.

It counts as a connection from its first byte, and has as long for its handshake as for the head of a request: whoever
only connects takes nothing from others.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from functools import partial

from uvicorn.config import Config
from uvicorn.server import ServerState

from apitest_server.config import Limits
from apitest_server.process.connections import Connections
from apitest_server.process.protocol import LimitedProtocol
from apitest_server.security.client_certificate import subject_of_peer
from apitest_server.service.asgi import Subject
from apitest_server.wsx.door import Door

logger = logging.getLogger("apitest.server")
_GRACE = 1.0  # seconds that a handshake may take when the server stops
_CLOSING = 5.0  # seconds that the other end has to say that it has closed
_WHY = {
    "HTTP_REQUEST": "it speaks plain HTTP",
    "TLSV1_ALERT_UNKNOWN_CA": "it does not trust the server's certificate",
    "SSLV3_ALERT_BAD_CERTIFICATE": "it does not trust the server's certificate",
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN": "it does not trust the server's certificate",
}


class Encrypted(LimitedProtocol):
    """What speaks HTTP inside of TLS.

    Attributes:
        begins: called once the handshake is over, before anything else.
        certificate: the subject of the one that the client has shown, if any.
    """

    begins: Callable[[], None]
    certificate: Subject | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """The handshake is over."""
        self.begins()
        self.certificate = subject_of_peer(transport.get_extra_info("peercert"))
        super().connection_made(transport)

    def on_headers_complete(self) -> None:
        """The head is complete; a request knows the certificate of its connection."""
        if self.certificate is not None:
            self.scope["client_certificate"] = self.certificate  # type: ignore[typeddict-unknown-key]  # of our own making
        super().on_headers_complete()

    def eof_received(self) -> bool:  # type: ignore[override]  # see there
        """The client sends nothing more; TLS ends in both directions at once."""
        super().eof_received()
        return False


class Handshake(asyncio.Protocol):
    """What a connection is given to when it comes. It takes the socket away from the event loop, which reads too early.

    asyncio's ``start_tls`` cannot be used: the first bytes are read before it is called, by uvloop.
    """

    def __init__(
        self,
        context: ssl.SSLContext,
        limits: Limits,
        connected: Connections,
        door: Door,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Takes how TLS is spoken, and what ``LimitedProtocol`` does."""
        self._context = context
        self._seconds = limits.header_timeout
        self._connected = connected
        self._open = server_state.connections
        self._make = partial(Encrypted, limits, connected, door, config, server_state, app_state, _loop)
        self._loop = asyncio.get_running_loop()
        self._address = ""
        self._is_over = self._is_leaving = False
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvloop's is like one
        """Begins the handshake."""
        peer = transport.get_extra_info("peername")
        self._address = peer[0] if peer else ""
        self._open.add(self)  # type: ignore[arg-type]  # uvicorn needs no more of it than `shutdown`
        try:
            if self._connected.admit(self._address):
                sock = transport.get_extra_info("socket").dup()
                self._task = self._loop.create_task(self._run(sock))
            else:
                self._refuse("there are too many")
        except OSError as error:  # So many files are open that there cannot be another one
            self._refuse(str(error))
        transport.abort()  # Of the socket there is another one

    def shutdown(self) -> None:
        """The server stops: who is about to send a request may do so."""
        self._is_leaving = True
        if self._task is not None:
            self._loop.call_later(_GRACE, self._give_up)

    async def _run(self, sock: socket.socket) -> None:
        inner = self._make()
        inner.begins = self._leave
        try:
            await self._loop.connect_accepted_socket(
                lambda: inner,
                sock,
                ssl=self._context,
                ssl_handshake_timeout=self._seconds,
                ssl_shutdown_timeout=_CLOSING,
            )
        except (OSError, asyncio.CancelledError) as error:
            self._refuse(f"TLS handshake: {_reason(error)}")
        else:
            if self._is_leaving:
                inner.shutdown()

    def _give_up(self) -> None:
        if self._task is not None and not self._is_over:
            self._task.cancel()

    def _refuse(self, why: str) -> None:
        if not self._is_over:
            logger.info("Connection of %s refused: %s", self._address, why)
            self._leave()

    def _leave(self) -> None:
        """From here on it is as if there were no TLS, or nothing at all."""
        self._is_over = True
        self._connected.leave(self._address)
        self._open.discard(self)


def _reason(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the client's certificate: {error.verify_message}"
    reason = getattr(error, "reason", "") or ""
    return _WHY.get(reason, reason.replace("_", " ").lower()) or str(error) or "it was not finished"
