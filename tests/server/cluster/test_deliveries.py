"""Two servers of one ODB, each a process: what is published on one reaches a WebSocket client wherever it is."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from tests.server.cluster.pair import Member, Pair, running
from tests.server.cluster.till import Till, await_tills
from tests.server.cluster.waiting import until
from tests.server.conftest import new_database

pytestmark = pytest.mark.live
TOPIC = "/pair/pushed"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    for url in [""] if request.param == "sqlite" else new_database(request.getfixturevalue("postgresql_url")):
        with running(tmp_path, url) as made:
            yield made


def client(member: Member) -> Till:
    return Till(member.process.address, "/pair/clients")


def publish(member: Member, data: object, has_gd: bool) -> None:
    told = member.call("zato.pubsub.pubapi.publish-message", {"topic_name": TOPIC, "data": data, "has_gd": has_gd})
    assert "msg_id" in told, told


def test_a_client_is_delivered_to_wherever_it_is(pair: Pair) -> None:
    """Of its connections the newest gets all; what it had not confirmed when its server was killed comes again."""
    one, two = pair.one, pair.two
    await_tills(pair, TOPIC, "/pair/clients")
    with closing(client(two)) as far, ExitStack() as stack:
        wanted = {"topic_name": TOPIC, "wrap_one_msg_in_list": True}
        sub_key = far.invoke("zato.pubsub.pubapi.subscribe-wsx", wanted)["data"]["sub_key"]
        until(lambda: _is_connected(one, sub_key))
        for number, has_gd in enumerate((True, False)):
            publish(one, number, has_gd)
            assert far.receive(1) == [(number, 1)]

        near = stack.enter_context(closing(client(one)))
        until(lambda: _is_attached(one, sub_key) and not _is_attached(two, sub_key))
        for number, (member, has_gd) in enumerate(((one, True), (two, True), (one, False), (two, False))):
            publish(member, number, has_gd)
            assert near.receive(1) == [(number, 1)]
    until(lambda: not _is_connected(one, sub_key) and not _is_connected(two, sub_key))

    with closing(client(two)) as back:
        until(lambda: _is_attached(two, sub_key))
        publish(one, "not confirmed", True)
        assert back.receive(1, confirms=False) == [("not confirmed", 1)]
        two.kill()
    publish(one, "meanwhile", True)
    until(lambda: len(one.call("zato.server.get-list")) == 1)
    with closing(client(one)) as last:
        assert last.receive(2) == [("not confirmed", 2), ("meanwhile", 1)]


def _is_attached(member: Member, sub_key: str) -> bool:
    return any(task["sub_key"] == sub_key for task in member.call("zato.pubsub.task.delivery.get-list"))


def _is_connected(member: Member, sub_key: str) -> bool:
    rows: list[dict[str, Any]] = member.call("zato.pubsub.subscription.get-list")
    return any(row["sub_key"] == sub_key and row["is_connected"] for row in rows)
