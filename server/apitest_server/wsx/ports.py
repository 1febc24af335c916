"""Ports of their own, which WebSocket channels may have: opened and closed while the server runs."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable

from apitest_server.errors import BadRequest

logger = logging.getLogger("apitest.wsx")
BACKLOG = 2048
WAIT = 10.0  # seconds for the event loop to take a port over
Listen = Callable[[socket.socket, int], Awaitable[asyncio.Server]]
Address = tuple[str, int]


def bound(host: str, port: int) -> socket.socket:
    """A socket that is bound to a port.

    Raises:
        BadRequest: that cannot be done.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except (OSError, OverflowError) as error:
        sock.close()
        what = getattr(error, "strerror", None) or error
        raise BadRequest(f"Input field `port`: cannot listen on {host}:{port}: {what}") from None
    return sock


class Ports:
    """The ports that are open."""

    def __init__(self) -> None:
        self._listen: Listen | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wanted: set[Address] = set()
        self._open: dict[Address, asyncio.Server] = {}

    def check(self, host: str, port: int) -> None:
        """Refuses a port that cannot be opened.

        Raises:
            BadRequest: why.
        """
        if (host, port) not in self._wanted:
            bound(host, port).close()

    def want(self, addresses: set[Address]) -> None:
        """From now on these are open, and no others.

        Raises:
            BadRequest: one of them cannot be opened; the others are.
        """
        self._wanted = set(addresses)
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._settle(), self._loop).result(WAIT)

    async def start(self, listen: Listen) -> None:
        """Opens the ports; one that cannot be opened is logged, and the server goes on without it.

        Args:
            listen: makes a socket answer, given the port that its channels are found under.
        """
        self._loop, self._listen = asyncio.get_running_loop(), listen
        try:
            await self._settle()
        except BadRequest as error:
            logger.error("%s", error)

    def close(self) -> None:
        """Closes all of them."""
        self._loop = None
        for server in self._open.values():
            server.close()
        self._open.clear()

    async def _settle(self) -> None:
        for address in [address for address in self._open if address not in self._wanted]:
            self._open.pop(address).close()
        problems = []
        for host, port in sorted(self._wanted - self._open.keys()):
            try:
                sock = bound(host, port)
            except BadRequest as error:
                problems.append(error)
                continue
            assert self._listen is not None
            self._open[host, port] = await self._listen(sock, port)
            logger.info("WebSocket channels listen on %s:%d", host, port)
        if problems:
            raise problems[0]
