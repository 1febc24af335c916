"""Tests of apitest_server.amqp.channel, against a real broker."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.amqp import channel, link
from apitest_server.amqp.objects import AMQP_KEY
from apitest_server.invoke.backoff import Backoff
from tests.server.amqp.brokers import Rabbit, defined
from tests.server.asgi import Client, served
from tests.server.messaging.waiting import until

pytestmark = pytest.mark.rabbitmq
SERVICES = """
from zato.server.service import Service
from tests.server.amqp.test_channel import Shared

class Take(Service):
    name = "take"
    def handle(self):
        Shared.took(self)
"""


class Shared:
    """What the service of the channel does, and what it has got."""

    got: list[Any]
    failures: dict[str, Any]
    may_end: threading.Event

    @classmethod
    def took(cls, service: Any) -> None:
        payload = service.request.payload
        cls.got.append(payload)
        if payload == "slow":
            cls.may_end.wait(60)
        if isinstance(payload, str) and payload in cls.failures:
            verdict = cls.failures.pop(payload)
            if isinstance(verdict, str):
                getattr(service.request.amqp, verdict)()
            else:
                raise verdict


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr(channel, "_RETRIES", Backoff(2**31, 0.01, 1, 0.01))
    monkeypatch.setattr(link, "AGAIN", Backoff(2**31, 0.01, 1, 0.01))
    Shared.got, Shared.failures, Shared.may_end = [], {}, threading.Event()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server with the service."""
    with served(tmp_path, services=SERVICES) as client:
        yield client
        Shared.may_end.set()


def consuming(client: Client, rabbit: Rabbit, queue: str, **fields: object) -> int:
    """The ID of a channel that consumes a queue."""
    given = {"name": "orders", "def_id": defined(client, rabbit), "queue": queue, "service": "take", **fields}
    number = int(client.result("zato.channel.amqp.create", given)["id"])
    until(client, lambda: status(client, number)["is_connected"])
    return number


def status(client: Client, number: int) -> dict[str, Any]:
    return dict(client.app.components[AMQP_KEY].channels[number].status())


def left(client: Client, rabbit: Rabbit, number: int, **counts: int) -> None:
    """Waits until so many messages have become what they should, and then for the broker to have heard of it."""
    until(client, lambda: all(status(client, number)[name] >= count for name, count in counts.items()))


def test_a_service_is_called_with_each_message_once(client: Client, rabbit: Rabbit) -> None:
    """One after the other, in their order; once it has succeeded they are gone from the queue."""
    queue = rabbit.queue()
    texts = [f"message {number}" for number in range(20)]
    for text in texts:
        rabbit.put(queue, text)
    number = consuming(client, rabbit, queue, prefetch_count=5)
    left(client, rabbit, number, acknowledged=20)
    assert Shared.got == texts
    client.result("zato.channel.amqp.delete", {"id": number})
    assert rabbit.got(queue) == []


def test_what_is_begun_is_ended_when_the_channel_goes(client: Client, rabbit: Rabbit) -> None:
    """And acknowledged; what waits behind it stays in the queue."""
    queue = rabbit.queue()
    for text in ("slow", "next"):
        rabbit.put(queue, text)
    number = consuming(client, rabbit, queue, prefetch_count=2)
    until(client, lambda: Shared.got)
    client.result("zato.channel.amqp.edit", {"id": number, "is_active": False})
    assert client.refused("zato.channel.amqp.get-status", {"id": number})[0] == 404
    Shared.may_end.set()
    found: list[dict[str, Any]] = until(client, lambda: rabbit.got(queue))
    assert [one["payload"] for one in found] == ["next"]
    assert Shared.got == ["slow"]


def test_what_fails_comes_again(client: Client, rabbit: Rabbit) -> None:
    """Until it succeeds."""
    queue = rabbit.queue()
    Shared.failures = {"fails": RuntimeError("A mistake")}
    rabbit.put(queue, "fails")
    number = consuming(client, rabbit, queue)
    left(client, rabbit, number, acknowledged=1, requeued=1)
    assert Shared.got == ["fails", "fails"]


def test_what_fails_is_rejected_where_the_channel_says_so(
    client: Client, rabbit: Rabbit, caplog: pytest.LogCaptureFixture
) -> None:
    """It goes to the queue's dead-letter exchange; the log says why."""
    caplog.set_level(logging.WARNING)
    dead = rabbit.queue()
    queue = rabbit.queue(**{"x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead})
    Shared.failures = {"fails": RuntimeError("A mistake")}
    rabbit.put(queue, "fails")
    number = consuming(client, rabbit, queue, ack_mode="reject")
    left(client, rabbit, number, rejected=1)
    found: list[dict[str, Any]] = until(client, lambda: rabbit.got(dead))
    assert [one["payload"] for one in found] == ["fails"]
    (line,) = [one for one in caplog.messages if "was rejected" in one]
    assert line == f"AMQP channel `orders`: a message of queue `{queue}` was rejected: Internal server error"


def test_the_service_may_decide(client: Client, rabbit: Rabbit) -> None:
    """What becomes of a message once it has ended."""
    queue = rabbit.queue()
    Shared.failures = {"again": "requeue", "bad": "reject"}
    rabbit.put(queue, "again")
    rabbit.put(queue, "bad")
    number = consuming(client, rabbit, queue)
    left(client, rabbit, number, acknowledged=1, rejected=1, requeued=1)
    assert sorted(Shared.got) == ["again", "again", "bad"]


def test_json_is_decoded_where_the_channel_says_so(client: Client, rabbit: Rabbit) -> None:
    """What is not JSON is rejected: it would not become JSON by coming again."""
    queue = rabbit.queue()
    rabbit.put(queue, '{"a": 1}')
    rabbit.put(queue, "{")
    number = consuming(client, rabbit, queue, data_format="json")
    left(client, rabbit, number, acknowledged=1, rejected=1)
    assert Shared.got == [{"a": 1}]


def test_consumers_work_side_by_side(client: Client, rabbit: Rabbit) -> None:
    """As many as there are; the broker lists their tags."""
    queue = rabbit.queue()
    consuming(client, rabbit, queue, pool_size=3, consumer_tag_prefix="shop")
    for _ in range(3):
        rabbit.put(queue, "slow")
    until(client, lambda: len(Shared.got) == 3)

    def tags() -> list[str]:
        return sorted(one["consumer_tag"] for one in rabbit.call("GET", f"queues/%2F/{queue}")["consumer_details"])

    expected = ["shop.server.1", "shop.server.2", "shop.server.3"]
    assert until(client, lambda: tags() == expected)


def test_a_queue_that_goes_and_comes_is_consumed_again(
    client: Client, rabbit: Rabbit, caplog: pytest.LogCaptureFixture
) -> None:
    """Meanwhile the status says what is wrong, and the log has said it once."""
    queue = rabbit.queue()
    number = consuming(client, rabbit, queue)
    rabbit.delete(queue)
    until(client, lambda: "no queue" in str(status(client, number)["last_problem"]))
    rabbit.call("PUT", f"queues/%2F/{queue}", {"durable": True})
    until(client, lambda: status(client, number)["is_connected"])
    rabbit.put(queue, "hello")
    left(client, rabbit, number, acknowledged=1)
    assert len([one for one in caplog.messages if "it is tried again" in one]) == 1


def test_a_change_of_the_definition_counts_at_once(client: Client, rabbit: Rabbit) -> None:
    """Wrong passwords end what was connected; right ones connect it."""
    queue = rabbit.queue()
    number = consuming(client, rabbit, queue)
    (definition,) = client.result("zato.definition.amqp.get-list")
    new = {"id": definition["id"], "password1": "wrong", "password2": "wrong"}
    client.result("zato.definition.amqp.change-password", new)
    until(client, lambda: "the password" in str(status(client, number)["last_problem"]))
    right = rabbit.definition["password"]
    client.result("zato.definition.amqp.change-password", {**new, "password1": right, "password2": right})
    until(client, lambda: status(client, number)["is_connected"])


def test_a_server_that_ends_ends_what_it_has_begun(tmp_path: Path, rabbit: Rabbit) -> None:
    """Another one goes on with the rest."""
    queue = rabbit.queue()
    for text in ("slow", "next"):
        rabbit.put(queue, text)
    with served(tmp_path, services=SERVICES) as client:
        consuming(client, rabbit, queue)
        until(client, lambda: Shared.got)
        threading.Timer(0.05, Shared.may_end.set).start()
    with served(tmp_path, services=SERVICES) as client:
        until(client, lambda: len(Shared.got) == 2)
    assert Shared.got == ["slow", "next"]
    assert rabbit.got(queue) == []


def test_the_audit_log_has_what_comes_and_goes(client: Client, rabbit: Rabbit) -> None:
    """Of a channel and of an outgoing connection that ask for it."""
    queue, on = rabbit.queue(), {"is_audit_log_received_active": True, "is_audit_log_sent_active": True}
    number = consuming(client, rabbit, queue, **on)
    (definition,) = client.result("zato.definition.amqp.get-list")
    out = client.result("zato.outgoing.amqp.create", {"name": "out", "def_id": definition["id"], **on})["id"]
    given = {"name": "out", "request_data": "tea", "routing_key": queue}
    client.result("zato.outgoing.amqp.publish", given)
    left(client, rabbit, number, acknowledged=1)
    rows = client.result("zato.audit-log.event.get-list", {"query": "tea"})
    found = {(row["object_id"], row["direction"], row["about"], row["data"]) for row in rows}
    # In no order: it may have come before the broker has confirmed that it was sent
    assert (found, len(rows)) == ({(number, "received", "take", "tea"), (out, "sent", queue, "tea")}, 2)
