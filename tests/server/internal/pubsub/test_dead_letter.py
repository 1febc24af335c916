"""Tests of apitest_server.internal.pubsub.dead_letter."""

import asyncio
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from apitest_server.pubsub.broker import PUBSUB
from apitest_server.pubsub.contents import Contents
from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import topic

NAME = "zato.pubsub.dead-letter"
CONF = "[pubsub]\nretry_wait = 0.01\nlongest_retry_wait = 0.02\nmax_attempts = 3\n"
TAKER = """
from zato.server.service import Service

class Taker(Service):
    name = 'test.taker'
    came = []
    is_broken = True
    def handle(self):
        message = self.request.payload
        Taker.came.append((message['data'], message['delivery_count']))
        if Taker.is_broken and message['data'] == 'bad':
            raise RuntimeError('no room\\nfor it')

class Came(Service):
    name = 'test.came'
    def handle(self):
        Taker.is_broken = not self.request.payload
        return {'came': Taker.came}
"""


def subscribed(client: Client) -> str:
    """The key of a service's subscription."""
    topic(client, "/a")
    fields = {"name": "taker", "endpoint_type": "service", "service_name": "test.taker", "topic_patterns": "sub=/**"}
    number = client.result("zato.pubsub.endpoint.create", {**fields, "role": "sub"})["id"]
    made = client.result("zato.pubsub.subscription.create", {"topic_name": "/a", "endpoint_id": number})
    key: str = made["sub_key"]
    return key


def publish(client: Client, data: str, has_gd: bool) -> str:
    payload = {"topic_name": "/a", "data": data, "has_gd": has_gd}
    number: str = client.result("zato.pubsub.pubapi.publish-message", payload)["msg_id"]
    return number


def came(client: Client, wanted: int, repaired: bool = False) -> list[Any]:
    """What the service was called with, once it was so often."""
    until = monotonic() + 30
    while len(found := client.result("test.came", repaired)["came"]) < wanted and monotonic() < until:
        client.runner.run(_turn())
    return list(found)


async def _turn() -> None:
    await asyncio.sleep(0.005)


@pytest.mark.parametrize("has_gd", [False, True])
def test_a_message_that_a_service_never_takes_holds_nothing_up(tmp_path: Path, has_gd: bool) -> None:
    """It is a dead letter after so many attempts, which administrators look at, retry or delete."""
    with served(tmp_path, CONF, taker=TAKER) as client:
        key = subscribed(client)
        first = publish(client, "bad", has_gd)
        publish(client, "good", has_gd)
        assert came(client, 4) == [["bad", 1], ["bad", 2], ["bad", 3], ["good", 1]]
        [letter] = client.result(f"{NAME}.get-list", {"sub_key": key})
        assert (letter["msg_id"], letter["delivery_count"], letter["data"]) == (first, 3, "bad")
        assert letter["problem"] == "the service `test.taker` has failed: no room for it"
        assert letter["dead_since_iso"] > letter["pub_time_iso"]
        kind = "gd" if has_gd else "non-gd"
        [row] = client.result(f"zato.pubsub.endpoint.get-endpoint-queue-messages-{kind}", {"sub_key": key})
        assert (row["msg_id"], row["is_dead_letter"], row["is_in_delivery"]) == (first, True, False)
        told = client.result("zato.pubsub.message.why", {"msg_id": first, "sub_key": key})
        assert told["state"] == "dead letter"
        assert "The last time: the service `test.taker` has failed: no room for it." in told["reason"]
        queue = client.result("zato.pubsub.endpoint.get-endpoint-queue", {"sub_key": key})
        assert (queue["dead_letters"], queue[f"current_depth_{kind.replace('-', '_')}"]) == (1, 0)
        [summary] = client.result("zato.pubsub.endpoint.get-endpoint-summary-list", {})
        assert summary["dead_letters"] == 1
        came(client, 4, True)
        assert client.result(f"{NAME}.retry", {"sub_key": key, "msg_id": first}) == {"sub_key": key, "retried": 1}
        assert came(client, 5, True)[4:] == [["bad", 4]]
        client.runner.run(_empty(client, key))
        assert client.result(f"{NAME}.get-list", {"sub_key": key}) == []


async def _empty(client: Client, key: str) -> None:
    contents = Contents(client.app.components[PUBSUB])
    while sum((await contents.queue_depths())[key]):
        await _turn()


@pytest.mark.parametrize("has_gd", [False, True])
def test_dead_letters_are_deleted_or_retried_all_at_once(tmp_path: Path, has_gd: bool) -> None:
    """One that is retried has as many attempts as a new one."""
    with served(tmp_path, CONF, taker=TAKER) as client:
        key = subscribed(client)
        one, other = (publish(client, "bad", has_gd) for _ in range(2))
        assert len(came(client, 6)) == 6
        assert client.refused(f"{NAME}.retry", {"sub_key": key, "msg_id": "x"})[0] == 404
        while len(client.result(f"{NAME}.get-list", {"sub_key": key})) < 2:
            client.runner.run(_turn())
        assert client.result(f"{NAME}.retry", {"sub_key": key})["retried"] == 2
        assert sorted(came(client, 12)[6:]) == sorted([["bad", 4], ["bad", 5], ["bad", 6]] * 2)
        while len(client.result(f"{NAME}.get-list", {"sub_key": key})) < 2:
            client.runner.run(_turn())
        assert client.result(f"{NAME}.delete", {"sub_key": key, "msg_id": one})["deleted"] == 1
        [left] = client.result(f"{NAME}.get-list", {"sub_key": key})
        assert left["msg_id"] == other
        assert client.result(f"{NAME}.delete", {"sub_key": key})["deleted"] == 1
        assert client.result(f"{NAME}.delete", {"sub_key": key})["deleted"] == 0
        assert client.refused(f"{NAME}.get-list", {"sub_key": "zpsk.none"})[0] == 404
