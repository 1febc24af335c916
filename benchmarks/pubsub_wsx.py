"""One publisher to 1, 10, 100 and 1,000 WebSocket subscribers: what is delivered and confirmed in a second.

Next to the time on the clock stands the server's own processor time, which says what a delivery costs, whatever else
runs on the machine.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from os import sysconf
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import urlsplit

from apitest_server.cluster.local import token
from apitest_server.odb.key import SecretKey
from benchmarks.measure import environment, table
from benchmarks.server_rest import process

CROWDS = (1, 10, 100, 1000)
LIMIT = 20_000  # deliveries a second to the largest crowd
TOPIC = "/benchmark"
_SERVICES = """\
import asyncio
from time import perf_counter
from zato.common.exception import ServiceUnavailable
from zato.server.service import Service

class Trickle(Service):
    '''Publishes so many numbers, each second one with guaranteed delivery, with a pause after each.'''
    name = "benchmark.trickle"
    async def handle(self):
        given = self.request.payload
        for number in range(given["first"], given["first"] + given["count"]):
            await self.pubsub.publish(given["topic"], number, has_gd=bool(number % 2))
            await asyncio.sleep(given["pause"])

class Tasks(Service):
    name = "benchmark.tasks"
    async def handle(self):
        self.response.payload = {"tasks": len(asyncio.all_tasks())}

class Publish(Service):
    '''Publishes numbers for so many seconds, as fast as the topic takes them.'''
    name = "benchmark.publish"
    async def handle(self):
        given, number, until = self.request.payload, 0, perf_counter() + self.request.payload["seconds"]
        while perf_counter() < until:
            try:
                await self.pubsub.publish(given["topic"], number, has_gd=False)
            except ServiceUnavailable:  # The topic is full
                await asyncio.sleep(0.02)
            else:
                number += 1
                if not number % 10:
                    await asyncio.sleep(0)
        self.response.payload = {"published": number}
"""
_CONF = """\
[main]
name = benchmark
[pubsub]
batch_size = BATCH
confirm_timeout = 10
[logging]
file = server.log
[websocket]
    [[clients]]
    path = /ws
    service = helpers.web-sockets-gateway
    security = users
    max_messages_per_second = 1000000
[security]
    [[users]]
    type = basic-auth
    username = user
    password = secret
"""


class Admin:
    """Calls of the admin API."""

    def __init__(self, address: str, directory: Path) -> None:
        self.directory = directory
        self.key = SecretKey(directory)
        self.where = urlsplit(address)

    def call(self, service: str, payload: object) -> Any:
        """What a service answers.

        Raises:
            RuntimeError: it refuses.
        """
        connection = HTTPConnection(self.where.hostname or "", self.where.port, timeout=120)
        headers = {"Authorization": f"Bearer {token(self.key)}", "Content-Type": "application/json"}
        connection.request("POST", f"/zato/json/{service}", json.dumps(payload), headers)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        if answer["zato_env"]["result"] != "ZATO_OK":
            raise RuntimeError(answer["zato_env"]["details"])
        return answer[f"{service.replace('.', '_').replace('-', '_')}_response"]


@contextmanager
def server(batch_size: int = 100, depth: int = 500) -> Iterator[tuple[str, Admin]]:
    """A server with a topic and an endpoint for the clients of its channel."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "services").mkdir()
        (directory / "services" / "publish.py").write_text(_SERVICES)
        (directory / "server.conf").write_text(_CONF.replace("BATCH", str(batch_size)))
        with process([sys.executable, "-m", "apitest_server", "start", name, "--fg", "--port", "0"]) as address:
            admin = Admin(address, directory)
            [channel] = admin.call("zato.channel.web-socket.get-list", {"cluster_id": 1})
            depths = {"max_depth_non_gd": depth, "max_depth_gd": depth}
            admin.call("zato.pubsub.topic.create", {"name": TOPIC, **depths})
            about = {"name": "clients", "endpoint_type": "wsx", "role": "sub", "topic_patterns": "sub=/**"}
            admin.call("zato.pubsub.endpoint.create", {**about, "ws_channel_id": channel["id"]})
            yield address, admin


def figures(clients: int, seconds: float, batch_size: int = 100) -> dict[str, float]:
    """What came to so many subscribers: `messages`, `frames`, `again`, `seconds`, and the server's time as `busy`.

    Raises:
        RuntimeError: a message was lost.
    """
    with server(batch_size) as (address, admin):
        command = [sys.executable, "-m", "benchmarks.pubsub_crowd", address.replace("http", "ws") + "/ws"]
        command += [str(clients), TOPIC]
        with subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as crowd:
            assert crowd.stdout is not None and crowd.stdin is not None
            if crowd.stdout.readline() != b"ready\n":
                raise RuntimeError("the subscribers have ended")
            before = _busy(admin)
            published = admin.call("benchmark.publish", {"topic": TOPIC, "seconds": seconds})["published"]
            while waiting(admin):
                sleep(1)  # Looking takes the server's time, too
            busy = _busy(admin) - before
            crowd.stdin.close()
            found: dict[str, float] = json.loads(crowd.stdout.readline())
    if found["messages"] - found["again"] != published * clients:
        raise RuntimeError(f"{found} of {published} messages to {clients} subscribers")
    return {**found, "busy": busy}


def waiting(admin: Admin) -> int:
    """How many messages the topic holds."""
    [topic] = admin.call("zato.pubsub.topic.get-summary-list", {})
    return int(topic["current_depth_gd"]) + int(topic["current_depth_non_gd"])


def _busy(admin: Admin) -> float:
    """Seconds of processor time that the server has taken."""
    [server] = admin.call("zato.server.get-list", {})
    fields = Path(f"/proc/{server['pid']}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / sysconf("SC_CLK_TCK")


def measure(seconds: float = 5.0) -> str:
    """The figures, as a Markdown table.

    Raises:
        RuntimeError: the limit is not kept, or a message was lost.
    """
    rows = []
    for batch_size in (100, 1):
        for clients in CROWDS:
            found = figures(clients, seconds, batch_size)
            rate, together = found["messages"] / found["seconds"], found["messages"] / found["frames"]
            each = 1e6 * found["busy"] / found["messages"]
            rows.append([f"{clients:,}", f"{batch_size}", f"{together:.1f}", f"{rate:,.0f}", f"{each:.0f} µs"])
            if (clients, batch_size) == (CROWDS[-1], 100) and rate < LIMIT:
                raise RuntimeError(f"{rate:.0f} deliveries a second to {clients} subscribers; the limit is {LIMIT}")
    heads = [
        "subscribers",
        "batch_size",
        "messages in a frame",
        "delivered and confirmed a second",
        "processor time each",
    ]
    return table(heads, rows)


if __name__ == "__main__":
    print(measure())
