"""An endpoint that says back what it hears, and `python -m tests.server.wsx.echo`, a server of it."""

import asyncio
import sys

from apitest_server.wsx.endpoint import Bounds
from apitest_server.wsx.websocket import WebSocket

LARGEST = 32 * 1024 * 1024


class Echo:
    """One connection; it is added to a list."""

    def __init__(self, socket: WebSocket, made: list["Echo"]) -> None:
        self.socket = socket
        self.lost_because = ""
        self.pongs = 0
        made.append(self)

    def opened(self) -> None: ...

    def received(self, message: str | bytes) -> None:
        self.socket.send(message)

    def not_utf8(self) -> None: ...

    def pong(self) -> None:
        self.pongs += 1

    def leave(self) -> None:
        self.socket.close(1001, "Leaving")

    def lost(self, why: str) -> None:
        self.lost_because = why


def echoing() -> WebSocket:
    """A connection of a server that echoes; it is in no list."""
    return WebSocket(lambda socket: Echo(socket, []), Bounds(LARGEST, 2 * LARGEST, 60.0), lambda socket: None)


async def main() -> None:
    """Serves until standard input ends; the port is told on standard output."""
    server = await asyncio.get_running_loop().create_server(echoing, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
