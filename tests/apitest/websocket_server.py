"""A real WebSocket server for tests and features: a thread that echoes, and does what a message in JSON asks for."""

import json
import ssl
import threading
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

SUBPROTOCOLS = ["json", "graphql-ws"]


class WebSocketServer:
    """A server on a free port of 127.0.0.1.

    * ``/refuse/STATUS`` is refused with that status, ``/redirect`` leads to ``/``.
    * ``/headers`` sends the headers of the handshake first; its answer sets a cookie.
    * A text message that is a JSON object with ``send`` (a list of messages), ``close`` (a code, with ``reason``),
      ``ping`` or ``drop`` is obeyed, ``after`` so many seconds; ``sums`` answers whatever has an ``a`` and a ``b``.
    * All else is echoed.

    Attributes:
        handshakes: the headers of all that were asked for, and their paths.
        closed: code and reason of each connection that came to its end.
    """

    def __init__(self, settings: ssl.SSLContext | None = None) -> None:
        self.handshakes: list[tuple[str, dict[str, str]]] = []
        self.closed: list[tuple[int | None, str | None]] = []
        self._server: Server = serve(
            self._talk,
            "127.0.0.1",
            0,
            ssl=settings,
            process_request=self._asked,
            process_response=self._answered,
            select_subprotocol=self._chosen,
            ping_interval=None,
            max_size=None,
        )
        self.port: int = self._server.socket.getsockname()[1]
        self.address = f"{'wss' if settings else 'ws'}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self._timers: list[threading.Timer] = []

    def close(self) -> None:
        """Ends it, and all connections."""
        for timer in self._timers:
            timer.cancel()
            timer.join()
        self._server.shutdown()
        self._thread.join()

    # ------------------------------------------------------------------ handshakes

    def _asked(self, connection: ServerConnection, request: Request) -> Response | None:
        self.handshakes.append((request.path, dict(request.headers.raw_items())))
        parts = urlsplit(request.path).path.strip("/").split("/")
        if parts[0] == "refuse":
            return connection.respond(HTTPStatus(int(parts[1])), '{"details": "not for you"}\n')
        if parts[0] == "redirect":
            return Response(302, "Found", Headers({"Location": self.address, "Content-Length": "0"}))
        return None

    def _answered(self, connection: ServerConnection, request: Request, response: Response) -> None:
        if request.path.startswith("/headers"):
            response.headers["Set-Cookie"] = "visit=42; Path=/"
            response.headers["Set-Cookie"] = "second=b; Path=/"
            response.headers["X-Node"] = "node-1"

    def _chosen(self, connection: ServerConnection, offered: Any) -> Any:
        return next((name for name in SUBPROTOCOLS if name in offered), None)

    # ------------------------------------------------------------------ messages

    def _talk(self, connection: ServerConnection) -> None:
        request = connection.request
        assert request is not None
        try:
            if request.path.startswith("/headers"):
                connection.send(json.dumps({name.lower(): value for name, value in request.headers.raw_items()}))
            for message in connection:
                self._take(connection, message)
        except (ConnectionClosed, OSError):
            pass
        finally:
            self.closed.append((connection.close_code, connection.close_reason))

    def _take(self, connection: ServerConnection, message: str | bytes) -> None:
        asked = _command(message)
        if asked is None:
            connection.send(message)
        elif "after" in asked:
            timer = threading.Timer(float(asked["after"]), self._obey, (connection, asked))
            self._timers.append(timer)
            timer.start()
        else:
            self._obey(connection, asked)

    def _obey(self, connection: ServerConnection, asked: dict[str, Any]) -> None:
        for each in asked.get("send", ()):
            connection.send(each if isinstance(each, str) else json.dumps(each))
        if "a" in asked and "b" in asked:
            connection.send(json.dumps({"id": asked.get("id"), "sum": asked["a"] + asked["b"]}))
        if asked.get("ping"):
            connection.ping(b"are you there")
        if asked.get("drop"):
            connection.socket.shutdown(2)
        if "close" in asked:
            connection.close(int(asked["close"]), str(asked.get("reason", "")))


def _command(message: str | bytes) -> dict[str, Any] | None:
    """What a message asks for; None where it is to be echoed."""
    if isinstance(message, bytes) or not message.startswith("{"):
        return None
    asked: dict[str, Any] = json.loads(message)
    return asked if asked.keys() & {"send", "close", "ping", "drop"} or asked.keys() >= {"a", "b"} else None
