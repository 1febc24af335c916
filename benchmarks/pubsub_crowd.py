"""`python -m benchmarks.pubsub_crowd URL CLIENTS TOPIC`: WebSocket clients that subscribe and confirm what comes.

Prints a line once all of them are subscribed, then, when standard input ends, what came as JSON: `messages`, `frames`,
`seconds` from the first to the last of them, and how often a client got a message once more (`again`) or out of order.
Frames are made and read by hand, which costs next to nothing.
"""

import asyncio
import json
import re
import resource
import sys
from time import perf_counter
from typing import ClassVar
from urllib.parse import urlsplit

import uvloop

from benchmarks.websocket_crowd import AT_ONCE, TEXT, Guest, frame

NUMBERS = re.compile(rb'"data":(\d+)').findall  # What is published are numbers, one after the other
ID = re.compile(rb'"id": ?"([^"]+)"').search


class Subscriber(Guest):
    """One client."""

    topic: ClassVar[str] = ""

    def __init__(self, path: str, host: str, number: int) -> None:
        super().__init__(path, host, number, True)
        self.confirmation = ""
        self.messages = self.frames = self.again = 0
        self.first = self.last = 0.0
        self.newest = -1

    def signed_in(self, token: str) -> None:
        """Subscribes."""
        request = {"service": "zato.pubsub.pubapi.subscribe-wsx", "request": {"topic_name": self.topic}}
        invocation = {"meta": self.invocation(token), "data": request}
        self.transport.write(frame(TEXT, json.dumps(invocation).encode()))
        answer = {"id": "2", "in_reply_to": "%s", "timestamp": "t", "token": token, "client_id": f"c{self.number}"}
        self.confirmation = json.dumps({"meta": {"action": "client-response", **answer}, "data": {"response": None}})

    def came(self, opcode: int, text: bytes) -> None:
        """A delivery is confirmed; anything else is as with all guests."""
        if b'"zwsx.psrq"' not in text[:200]:
            if self.confirmation and not self.ready.done():
                assert b'"zwsx.rspok"' in text, text
                self.ready.set_result(None)
            elif not self.ready.done():
                super().came(opcode, text)
            return
        found = ID(text)
        assert found is not None
        self.transport.write(frame(TEXT, (self.confirmation % found[1].decode()).encode()))
        self.last = perf_counter()
        self.first = self.first or self.last
        self.frames += 1
        for number in map(int, NUMBERS(text)):
            self.messages += 1
            if number <= self.newest:
                self.again += 1
            self.newest = max(number, self.newest)


async def subscribed(url: str, count: int, topic: str) -> list[Subscriber]:
    """So many clients, subscribed to a topic."""
    where, loop = urlsplit(url), asyncio.get_running_loop()
    turns, found = asyncio.Semaphore(AT_ONCE), list[Subscriber]()
    Subscriber.topic = topic

    async def one(number: int) -> None:
        async with turns:
            make = lambda: Subscriber(where.path, where.netloc, number)  # noqa: E731
            _, guest = await loop.create_connection(make, where.hostname, where.port)
            found.append(guest)
            await guest.ready

    await asyncio.gather(*(one(number) for number in range(count)))
    return found


async def main(url: str, count: int, topic: str) -> None:
    """See the top of this module."""
    guests = await subscribed(url, count, topic)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    figures = {name: sum(getattr(one, name) for one in guests) for name in ("messages", "frames", "again")}
    busy = [one for one in guests if one.messages]
    seconds = max(one.last for one in busy) - min(one.first for one in busy) if busy else 0.0
    print(json.dumps({**figures, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    uvloop.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
