"""A server that speaks WSX as wire-protocols describe it, and does what a test wants of it."""

import json
import threading
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

TOKEN = "ws.token.8f3c"


class WSXServer:
    """A channel on a free port of 127.0.0.1; ``maria`` may sign in with ``s3cret-w0rd``, and anybody to ``/open``.

    What it is sent, it sends back; ``{"fail": 404}`` fails with that status, ``{"ask": …}`` has the server send a
    request first, ``{"deliver": …}`` a message of publish/subscribe, ``{"silent": true}`` gets no answer, and
    ``{"odd": …}`` is answered with just that text.

    Attributes:
        received: all messages of clients.
    """

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self._server = serve(self._talk, "127.0.0.1", 0, ping_interval=None)
        self.address = f"http://127.0.0.1:{self._server.socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends it, and all connections."""
        self._server.shutdown()
        self._thread.join()

    def _talk(self, connection: ServerConnection) -> None:
        try:
            for text in connection:
                message = json.loads(text)
                self.received.append(message)
                action = message["meta"].get("action", "client-response")
                getattr(self, "_" + action.replace("-", "_"))(connection, message)
        except ConnectionClosed:
            pass

    def _create_session(self, connection: ServerConnection, message: dict[str, Any]) -> None:
        meta, request = message["meta"], connection.request
        assert request is not None
        if request.path == "/open" or (meta["username"], meta["secret"]) == ("maria", "s3cret-w0rd"):
            self._say(connection, "zwsx.rspa", {"token": TOKEN}, status=200, in_reply_to=meta["id"])
        else:
            self._say(connection, "zwsx.merr", "You are not authorized", status=403)
            connection.close(1008)

    def _invoke_service(self, connection: ServerConnection, message: dict[str, Any]) -> None:
        meta, data = message["meta"], message["data"]
        reply = {"in_reply_to": meta["id"]}
        assert meta["token"] == TOKEN
        if "ask" in data:
            self._say(connection, "zwsx.rqc", data["ask"], id="request-1")
        if "deliver" in data:
            self._say(connection, "zwsx.psrq", [data["deliver"]], id="delivery-1", ctx={})
        if "odd" in data:
            connection.send(data["odd"])
        elif "fail" in data:
            self._say(connection, "zwsx.rsperr", {"cid": "abc"}, status=data["fail"], error_message="No such", **reply)
        elif "silent" not in data:
            self._say(connection, "zwsx.rspok", data, status=200, **reply)

    def _client_response(self, connection: ServerConnection, message: dict[str, Any]) -> None:
        """Kept among what was received."""

    def _say(self, connection: ServerConnection, kind: str, data: object, **meta: object) -> None:
        head = {"id": "server-1", "timestamp": "2026-01-31T12:00:00", "msg_type": kind, **meta}
        connection.send(json.dumps({"meta": head, "data": data}))
