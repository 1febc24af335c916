"""Tests of apitest_server.kafka.channel, with a real broker."""

import logging
from pathlib import Path
from typing import Any

import pytest

from apitest_server.kafka.objects import KAFKA_KEY
from tests.server.asgi import Client, served
from tests.server.kafka.brokers import Topics
from tests.server.messaging.waiting import until

pytestmark = pytest.mark.kafka
SERVICES = """
from zato.server.service import Service
from tests.server.kafka.test_channel import Shared

class Take(Service):
    name = "take"
    def handle(self):
        Shared.seen.append(self.request.kafka)
        Shared.got.append(self.request.payload)
        if self.request.payload in Shared.fails:
            raise ValueError("no such article")
"""


class Shared:
    """What the service of channels has got, and what it does not take."""

    got: list[Any]
    seen: list[Any]
    fails: list[str]


@pytest.fixture(autouse=True)
def anew() -> None:
    Shared.got, Shared.seen, Shared.fails = [], [], []


def channel(client: Client, topics: Topics, topic: str, **more: object) -> int:
    """The ID of a new channel."""
    given = {"name": "in", **topics.plain, "topic": topic, "service": "take", **more}
    return int(client.result("zato.channel.kafka.create", given)["id"])


def test_a_message_calls_the_service_with_all_that_came_with_it(tmp_path: Path, topics: Topics) -> None:
    """Key, headers, place and time; a channel takes several topics."""
    one, other = topics.new(), topics.new()
    with served(tmp_path, services=SERVICES) as client:
        number = channel(client, topics, f"{one}, {other}", data_format="json")
        topics.put(one, '{"article": "tea"}', key="k", headers={"a": b"1", "b": b"\xff"}, timestamp=1_700_000_000_000)
        topics.put(other, "[1]")
        until(client, lambda: len(Shared.got) == 2)
        status = client.result("zato.channel.kafka.get-status", {"id": number})
    seen = {message.topic: message for message in Shared.seen}
    assert {"article": "tea"} in Shared.got and [1] in Shared.got
    assert (seen[one].partition, seen[one].offset, seen[one].key) == (0, 0, "k")
    assert (seen[one].headers, seen[one].timestamp) == ({"a": "1", "b": b"\xff"}, 1_700_000_000_000)
    assert seen[other].key is None
    assert (status["is_connected"], status["handled"], status["skipped"]) == (True, 2, 0)


def test_what_was_handled_does_not_come_again(tmp_path: Path, topics: Topics) -> None:
    """To the next consumer of the group, which begins where the one before has ended."""
    topic = topics.new()
    with served(tmp_path, services=SERVICES) as client:
        number = channel(client, topics, topic)
        topics.put(topic, "a", "b")
        until(client, lambda: Shared.got == ["a", "b"])
        client.result("zato.channel.kafka.edit", {"id": number, "pool_size": 2})
        topics.put(topic, "c")
        until(client, lambda: "c" in Shared.got)
    assert Shared.got == ["a", "b", "c"]


def test_a_message_whose_service_fails_comes_again(tmp_path: Path, topics: Topics) -> None:
    """Those behind it wait; where the channel ends meanwhile, it comes to the next one."""
    topic, Shared.fails = topics.new(), ["a"]
    with served(tmp_path, services=SERVICES) as client:
        number = channel(client, topics, topic)
        topics.put(topic, "a", "b")
        until(client, lambda: Shared.got == ["a", "a"])
        client.result("zato.channel.kafka.edit", {"id": number, "is_active": False})
        Shared.fails = []
        client.result("zato.channel.kafka.edit", {"id": number, "is_active": True})
        until(client, lambda: Shared.got[-2:] == ["a", "b"])


def test_a_message_that_fails_is_skipped_where_the_channel_says_so(
    tmp_path: Path, topics: Topics, caplog: pytest.LogCaptureFixture
) -> None:
    """So is one that is not JSON where JSON is wanted, in any case; the log has a line for each."""
    topic, text = topics.new(), topics.new()
    Shared.fails = ["a"]
    with served(tmp_path, services=SERVICES) as client:
        channel(client, topics, text, on_failure="skip")
        number = channel(client, topics, topic, name="json", data_format="json")
        topics.put(text, "a", "b")
        topics.put(topic, "{", '"c"')
        until(client, lambda: {"b", "c"} <= set(Shared.got))
        assert client.result("zato.channel.kafka.get-status", {"id": number})["skipped"] == 1
    assert Shared.got.count("a") == 1
    said = [record.getMessage() for record in caplog.records if "is skipped" in record.getMessage()]
    assert any("`in`: the message " + text + "[0]@0 is skipped" in line for line in said)
    assert any(
        "`json`: the message " + topic + "[0]@0 is skipped: The message is not valid JSON" in line for line in said
    )


def test_a_topic_that_is_missing_is_told_of_once_and_found_later(
    tmp_path: Path, topics: Topics, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the channel having to be changed."""
    caplog.set_level(logging.WARNING, "apitest.kafka")
    topic = topics.new() + "-later"
    with served(tmp_path, services=SERVICES) as client:
        number = channel(client, topics, topic)
        found = client.app.components[KAFKA_KEY].channels[number]
        until(client, lambda: "Unknown topic" in found.links[0].failure)
        topics.new(name=topic)
        topics.put(topic, "a")
        until(client, lambda: Shared.got == ["a"])
    said = [record.getMessage() for record in caplog.records if "cannot work" in record.getMessage()]
    assert len(said) == 1 and "Unknown topic" in said[0]


def test_consumers_of_a_channel_share_its_partitions(tmp_path: Path, topics: Topics) -> None:
    """Each message comes once, whoever gets it."""
    topic = topics.new(partitions=4)
    with served(tmp_path, services=SERVICES) as client:
        channel(client, topics, topic, pool_size=2, group_id=topic)
        until(client, lambda: topics.shares(topic) == [2, 2])
        for partition in range(4):
            topics.put(topic, str(partition), partition=partition)
        until(client, lambda: sorted(Shared.got) == ["0", "1", "2", "3"])


def test_over_tls_with_a_password(tmp_path: Path, topics: Topics) -> None:
    """A wrong one is told of; when it is changed, the channel connects anew."""
    topic = topics.new()
    topics.put(topic, "a")
    with served(tmp_path, services=SERVICES) as client:
        number = channel(client, topics, topic, **topics.over_tls, password="wrong")
        channels = client.app.components[KAFKA_KEY].channels
        until(client, lambda: "Invalid username or password" in channels[number].links[0].failure)
        new = {"password1": topics.password, "password2": topics.password}
        client.result("zato.channel.kafka.change-password", {"id": number, **new})
        until(client, lambda: Shared.got == ["a"])


def test_the_audit_log_has_what_comes_and_goes(tmp_path: Path, topics: Topics) -> None:
    """Of a channel and of an outgoing connection that ask for it."""
    topic, on = topics.new(), {"is_audit_log_received_active": True, "is_audit_log_sent_active": True}
    with served(tmp_path, services=SERVICES) as client:
        number = channel(client, topics, topic, **on)
        out = client.result("zato.outgoing.kafka.create", {"name": "out", **topics.plain, "topic": topic, **on})["id"]
        client.result("zato.outgoing.kafka.publish", {"name": "out", "request_data": "tea"})
        until(client, lambda: Shared.got)
        rows = client.result("zato.audit-log.event.get-list", {"query": "tea"})
    found = {(row["object_id"], row["direction"], row["about"], row["data"]) for row in rows}
    # In no order: it may have come before the broker has confirmed that it was sent
    assert (found, len(rows)) == ({(number, "received", "take", "tea"), (out, "sent", topic, "tea")}, 2)
