"""A WebSocket client of servers that run as processes, and what makes them ready for it."""

import json
from typing import Any

from websocket import create_connection

from apitest_server.wsx.protocol import client_response, create_session, invoke_service
from tests.server.cluster.pair import Member, Pair, is_done
from tests.server.cluster.waiting import until

ABOUT = {"client_id": "till-7", "client_name": "Till 7"}


class Till:
    """A client of one of the servers, always the same one."""

    def __init__(self, address: str, path: str) -> None:
        """Connects and signs in; ``address`` is the server's, such as ``http://127.0.0.1:17010``."""
        self.connection = create_connection(address.replace("http", "ws") + path, timeout=60)
        try:
            self.connection.send(create_session("1", "t", ABOUT, "", ""))
            self.token = self.next()["data"]["token"]
        except BaseException:  # Such as a server that was killed meanwhile
            self.close()
            raise

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


def await_tills(pair: Pair, topic: str, path: str) -> None:
    """Makes a topic, and a channel whose clients may subscribe to it; returns once both servers go by them."""
    pair.one.call("zato.pubsub.topic.create", {"name": topic})
    fields = {"service": "helpers.web-sockets-gateway", "url_path": path}
    channel = pair.one.call("zato.channel.web-socket.create", {"name": "clients", **fields})["id"]
    fields = {"endpoint_type": "wsx", "topic_patterns": f"sub={topic}", "ws_channel_id": channel, "role": "sub"}
    pair.one.call("zato.pubsub.endpoint.create", {"name": "clients", **fields})
    for member in pair.members:
        until(lambda member=member: is_served(member, channel) and topic in _permitted(member, "clients"))


def is_served(member: Member, channel: int) -> bool:
    """Whether clients of a channel can connect to a server: the ODB, which lists show, may be ahead of it."""
    asked = {"id": channel, "request_data": "Is anybody there?", "here_only": True}
    return is_done(member.call("zato.channel.web-socket.broadcast", asked))


def _permitted(member: Member, endpoint: str) -> list[str]:
    """The topics that a server knows, and knows that an endpoint may subscribe to."""
    answer = member.call("zato.pubsub.endpoint.get-topic-sub-list", {"endpoint_name": endpoint})
    return [row["topic_name"] for row in answer] if isinstance(answer, list) else []
