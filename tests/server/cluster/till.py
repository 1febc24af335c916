"""A WebSocket client of a server that runs as a process."""

import json
from typing import Any

from websocket import create_connection

from apitest_server.wsx.protocol import client_response, create_session, invoke_service

ABOUT = {"client_id": "till-7", "client_name": "Till 7"}


class Till:
    """A client of one of the servers, always the same one."""

    def __init__(self, address: str, path: str) -> None:
        """Connects and signs in; ``address`` is the server's, such as ``http://127.0.0.1:17010``."""
        self.connection = create_connection(address.replace("http", "ws") + path, timeout=60)
        self.connection.send(create_session("1", "t", ABOUT, "", ""))
        self.token = self.next()["data"]["token"]

    def close(self) -> None:
        self.connection.shutdown()

    def next(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.connection.recv())
        return found

    def invoke(self, service: str, request: object) -> dict[str, Any]:
        self.connection.send(invoke_service("2", "t", self.token, ABOUT, {"service": service, "request": request}))
        return self.next()

    def confirm(self, delivery: dict[str, Any]) -> None:
        self.connection.send(client_response("3", "t", delivery["meta"]["id"], self.token, ABOUT, None))

    def receive(self, wanted: int, confirms: bool = True) -> list[tuple[object, int]]:
        """Data and delivery count of so many messages."""
        found: list[tuple[object, int]] = []
        while len(found) < wanted:
            delivery = self.next()
            assert delivery["meta"]["msg_type"] == "zwsx.psrq"
            found += [(each["data"], each["delivery_count"]) for each in delivery["data"]]
            if confirms:
                self.confirm(delivery)
        return found
