"""Tests of apitest_server.internal.pubsub._elsewhere: what the live tests of two servers do, and what goes wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.cluster.bus import BUS
from apitest_server.cluster.neighbours import NEIGHBOURS, Refused
from apitest_server.cluster.runs import Run
from apitest_server.errors import ServiceUnavailable
from apitest_server.internal.pubsub._named import told
from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import endpoint, rest, subscribe, topic
from tests.server.pubsub.messages import message

NAME = "zato.pubsub.message"
PEERS = [Run(name, name, "machine", 1, "http://127.0.0.1:1") for name in ("silent", "without", "with")]
ROW = told(message(msg_id="zpsmfar", topic_name="/customer/new", content=b'"far"', publisher="crm"))


class Far:
    """Three other servers: one does not answer, one does not have the message, one has it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.row = dict(ROW)

    async def ask(self, peer: Run, service: str, payload: dict[str, Any], seconds: float = 0.0) -> dict[str, Any]:
        if peer.server == "silent":
            raise ServiceUnavailable
        if peer.server == "without" or payload["msg_id"] != "zpsmfar":
            raise Refused(404, "There is no message")
        self.asked.append((peer.server, service, payload))
        return {"state": "waiting", "reason": "There"} if service.endswith("why") else self.row


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Client, Far]]:
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        found = Far()
        monkeypatch.setattr(client.app.components[BUS], "peers", lambda: PEERS)
        monkeypatch.setitem(client.app.components._made, NEIGHBOURS, found)
        yield client, found


def test_administrators_find_a_message_wherever_it_is(far: tuple[Client, Far]) -> None:
    """The servers are asked one after the other, and none of them asks further."""
    client, others = far
    assert client.result(f"{NAME}.get", {"msg_id": "zpsmfar"})["data"] == "far"
    assert client.result(f"{NAME}.delete", {"msg_id": "zpsmfar"}) == {"msg_id": "zpsmfar"}
    assert client.refused(f"{NAME}.get", {"msg_id": "zpsmfar", "here_only": True})[0] == 404
    assert client.refused(f"{NAME}.get", {"msg_id": "zpsmnone"})[0] == 404
    key = subscribe(client)
    asked = {"msg_id": "zpsmfar", "sub_key": key}
    assert client.result(f"{NAME}.why", asked)["state"] == "waiting"
    assert client.refused(f"{NAME}.why", {**asked, "here_only": True})[0] == 404
    assert client.result(f"{NAME}.why", {"msg_id": "zpsmnone", "sub_key": key})["state"] == "gone"
    assert [(peer, payload["here_only"]) for peer, _, payload in others.asked] == [("with", True)] * 3


def test_endpoints_do_with_it_what_they_may(far: tuple[Client, Far]) -> None:
    """As with one of the server that they ask; others learn nothing."""
    client, others = far
    calls: list[tuple[str, Any]] = [("GET", None), ("PATCH", {"data": "y"}), ("DELETE", None)]
    for method, body in calls:
        answer = rest(client, method, "msg/zpsmfar", body)
        assert answer.status == 200
        assert "publisher" not in answer.json()
    assert others.asked[2][1:] == (f"{NAME}.update", {"msg_id": "zpsmfar", "data": "y", "here_only": True})
    assert rest(client, "GET", "msg/zpsmnone").status == 403
    others.row["topic_name"] = "/other"
    assert {rest(client, method, "msg/zpsmfar", body).status for method, body in calls} == {403}


def test_who_has_it_may_refuse(far: tuple[Client, Far], monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says is the answer."""
    client, others = far

    async def refuse(*_: Any) -> dict[str, Any]:
        raise Refused(400, "JSON cannot hold it")

    monkeypatch.setattr(others, "ask", refuse)
    assert client.refused(f"{NAME}.update", {"msg_id": "zpsmfar", "data": "x"}) == (400, "JSON cannot hold it")
