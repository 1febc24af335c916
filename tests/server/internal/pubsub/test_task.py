"""Tests of apitest_server.internal.pubsub.task."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from apitest_server.pubsub.broker import PUBSUB
from apitest_server.pubsub.message import Message
from tests.server.asgi import served
from tests.server.internal.pubsub.endpoints import endpoint, publish, subscribe, topic

NAME = "zato.pubsub.task.delivery"


def test_a_task_is_listed_while_its_subscriber_is_connected(tmp_path: Path) -> None:
    """With what it is sending, what has arrived, and what is wrong."""
    with served(tmp_path, "[pubsub]\nretry_wait = 0.05\n") as client:
        topic(client)
        endpoint(client)
        key = subscribe(client)
        broker = client.app.components[PUBSUB]
        sent, answered = asyncio.Event(), asyncio.Event()
        problems = ["nobody answers"]

        async def deliver(messages: Sequence[Message]) -> None:
            sent.set()
            await answered.wait()
            if problems:
                raise OSError(problems.pop())

        async def attach() -> None:
            broker.attach(key, deliver)

        async def until_sent() -> None:
            await sent.wait()
            sent.clear()

        async def until_settled() -> None:
            answered.set()
            while not broker.pushers[key].delivered:
                if not broker.pushers[key].failures:
                    await asyncio.sleep(0)
                else:
                    return

        async def until_delivered() -> None:
            while not broker.pushers[key].delivered or broker.pushers[key].failures:
                await asyncio.sleep(0)

        assert client.result(f"{NAME}.get-list") == []
        client.runner.run(attach())
        number = publish(client, "x", has_gd=True)
        client.runner.run(until_sent())
        [row] = client.result(f"{NAME}.get-list", {"query": "customer crm"})
        assert (row["sub_key"], row["delivered"], row["failures"], row["problem"]) == (key, 0, 0, "")
        assert (row["current_depth_gd"], row["is_connected"], row["server_proc_pid"]) == (1, True, os.getpid())
        [message] = client.result(f"{NAME}.message.get-list", {"sub_key": key})
        assert (message["msg_id"], message["delivery_count"]) == (number, 1)
        why = client.result("zato.pubsub.message.why", {"msg_id": number, "sub_key": key})
        assert why["state"] == "delivering"
        client.runner.run(until_settled())
        row = client.result(f"{NAME}.get", {"sub_key": key})
        assert (row["failures"], row["problem"]) == (1, "nobody answers")
        client.runner.run(until_delivered())
        row = client.result(f"{NAME}.get", {"sub_key": key})
        assert (row["delivered"], row["failures"], row["problem"]) == (1, 0, "")
        assert client.result(f"{NAME}.message.get-list", {"sub_key": key}) == []


def test_a_task_has_to_be_there(tmp_path: Path) -> None:
    """404 where the subscriber is not connected to this server."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        key = subscribe(client)
        for service in ("get", "message.get-list"):
            status, details = client.refused(f"{NAME}.{service}", {"sub_key": key})
            assert (status, details.startswith(f"This server has no delivery task for `{key}`")) == (404, True)
        assert client.refused(f"{NAME}.get-list", {"cur_page": 0})[0] == 400
