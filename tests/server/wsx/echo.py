"""An endpoint that says back what it hears, and what lets clients in to it."""

from apitest_server.wsx.backend import Backend
from apitest_server.wsx.channels import Channels
from apitest_server.wsx.door import Door, Visit
from apitest_server.wsx.endpoint import Bounds
from apitest_server.wsx.websocket import WebSocket

LARGEST = 32 * 1024 * 1024


class Echo:
    """One connection; it is added to a list."""

    def __init__(self, socket: WebSocket, made: list["Echo"]) -> None:
        self.socket = socket
        self.lost_because = ""
        self.pongs = 0
        self.is_closing = False
        made.append(self)

    def opened(self) -> None: ...

    def received(self, message: str | bytes) -> None:
        self.socket.send(message)

    def not_utf8(self) -> None: ...

    def pong(self) -> None:
        self.pongs += 1

    def leave(self) -> None:
        self.socket.close(1001, "Leaving")

    def closing(self) -> None:
        self.is_closing = True

    def lost(self, why: str) -> None:
        self.lost_because = why


class EchoDoor(Door):
    """Any path is an echo."""

    def __init__(self) -> None:
        super().__init__(Channels(), Backend(None, None, None, None, 0), 60.0)  # type: ignore[arg-type]  # nobody else answers
        self.made: list[Echo] = []

    def knows(self, path: str) -> bool:
        return True

    def enter(self, visit: Visit) -> WebSocket:
        return WebSocket(lambda socket: Echo(socket, self.made), Bounds(LARGEST, 2 * LARGEST, 60.0, True), visit.left)
