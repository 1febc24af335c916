"""A process with a broker that is killed at any moment: what it is told and what it says are lines of JSON.

It is told ["pub", key, priority] and answers ["ok", key] once the message is on disk. It delivers with ["msg", batch,
[[key, priority, delivery_count], …]], is told ["ack", batch] or ["gone", batch], and says ["done", batch] once it is on
disk that they have arrived.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from apitest_server.cluster.bus import Bus
from apitest_server.odb import ODB
from apitest_server.pubsub.broker import Broker
from apitest_server.pubsub.directory import Endpoint, Topic
from apitest_server.pubsub.hooks import Hooks
from apitest_server.pubsub.message import Message, Publication
from apitest_server.pubsub.topics import permissions

TOPIC = "/killed"


def say(*words: object) -> None:
    """One line, at once."""
    sys.stdout.buffer.write(json.dumps(words).encode() + b"\n")
    sys.stdout.buffer.flush()


class Victim(Broker):
    """A broker that says when an acknowledgement is on disk."""

    batches: dict[tuple[str, ...], int]

    async def confirm(self, sub_key: str, msg_ids: Sequence[str]) -> None:
        """Says so once it is done."""
        await super().confirm(sub_key, msg_ids)
        say("done", self.batches.pop(tuple(msg_ids)))


async def no_hook(service: str, payload: object) -> object:
    """There are none here."""
    raise AssertionError(service)


async def main(directory: str, url: str, topic_id: int, endpoint_id: int) -> None:
    """Publishes and delivers until it is killed, or its input ends."""
    odb = ODB(url, Path(directory))
    bus = Bus(odb, "victim", "http://127.0.0.1:1")
    broker = Victim(odb, bus, Hooks(no_hook))
    broker.batches = {}
    broker.topics.put(Topic(id=topic_id, name=TOPIC, max_depth_gd=1_000_000))
    endpoint = Endpoint(id=endpoint_id, name="e", permissions=permissions("pub=/**\nsub=/**"))
    broker.endpoints.put(endpoint)
    bus.start()
    broker.start()
    subscribed = await broker.subscribe(endpoint, TOPIC)
    numbers, answers = count(1), dict[int, asyncio.Future[bool]]()

    async def deliver(messages: Sequence[Message]) -> None:
        batch = next(numbers)
        broker.batches[tuple(one.msg_id for one in messages)] = batch
        answered = answers[batch] = asyncio.get_running_loop().create_future()
        say("msg", batch, [[one.data, one.priority, one.delivery_count] for one in messages])
        if not await answered:
            raise ConnectionError("The subscriber is gone")

    async def publish(key: str, priority: int) -> None:
        await broker.publish(TOPIC, Publication(data=key, priority=priority, has_gd=True), endpoint)
        say("ok", key)

    broker.attach(subscribed.sub_key, deliver)
    say("ready")
    tasks = set()
    async for words in _told():
        if words[0] == "pub":
            task = asyncio.ensure_future(publish(words[1], words[2]))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        else:
            answers.pop(words[1]).set_result(words[0] == "ack")
    broker.close()
    bus.close()
    odb.close()


async def _told():  # type: ignore[no-untyped-def]  # an iterator of lists
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield json.loads(line)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
