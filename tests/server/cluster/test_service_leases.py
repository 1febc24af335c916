"""Two servers of one ODB, each a process: one of them delivers to a service, and the other one takes over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.cluster.pair import Member, Pair, is_done, running
from tests.server.cluster.waiting import until
from tests.server.conftest import new_database

pytestmark = pytest.mark.live
TOPIC = "/pair/services"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    for url in [""] if request.param == "sqlite" else new_database(request.getfixturevalue("postgresql_url")):
        with running(tmp_path, url) as made:
            yield made


def taken(member: Member) -> list[str]:
    """Data and delivery counts of what the service of a server was called with."""
    path = member.directory / "taken"
    return path.read_text().splitlines() if path.exists() else []


def publish(member: Member, *data: str) -> None:
    for one in data:
        told = member.call("zato.pubsub.pubapi.publish-message", {"topic_name": TOPIC, "data": one, "has_gd": True})
        assert "msg_id" in told, told


def test_one_server_delivers_to_a_service_and_another_one_takes_over(pair: Pair) -> None:
    """Wherever messages are published, each comes once; what the one had when it was killed comes once more."""
    one, two = pair.one, pair.two
    one.call("zato.pubsub.topic.create", {"name": TOPIC})
    fields = {"endpoint_type": "service", "topic_patterns": "sub=/pair/*", "role": "sub", "service_name": "test.taken"}
    number = one.call("zato.pubsub.endpoint.create", {"name": "taker", **fields})["id"]
    subscription = {"topic_name": TOPIC, "endpoint_id": number}
    until(lambda: is_done(two.call("zato.pubsub.subscription.create", subscription)))  # Once it knows both of them

    wanted = [f"{index} 1" for index in range(10)]
    for index in range(10):
        publish((one, two)[index % 2], str(index))
    until(lambda: len(taken(one)) + len(taken(two)) == len(wanted))
    assert sorted([taken(one), taken(two)]) == [[], wanted]

    holder, other = (one, two) if taken(one) else (two, one)
    publish(other, "stay", "after")
    until(lambda: taken(holder)[10:] == ["stay 1"])
    holder.kill()
    until(lambda: len(taken(other)) == 2)
    assert taken(other)[0] == "stay 2"
    assert taken(other)[1] in ("after 1", "after 2")  # What it was given together with the other one counts
    publish(other, "last")
    until(lambda: taken(other)[2:] == ["last 1"])
    assert taken(holder) == [*wanted, "stay 1"]
