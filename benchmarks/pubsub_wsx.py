"""One publisher to 1, 10, 100 and 1,000 WebSocket subscribers: what is delivered and confirmed in a second."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
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

class Publish(Service):
    '''Publishes numbers for so many seconds, as fast as the topic takes them.'''
    name = "benchmark.publish"
    async def handle(self):
        given, number, until = self.request.payload, 0, perf_counter() + self.request.payload["seconds"]
        while perf_counter() < until:
            try:
                await self.pubsub.publish(given["topic"], number, has_gd=given["has_gd"])
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
def server(batch_size: int = 100) -> Iterator[tuple[str, Admin]]:
    """A server with a topic and an endpoint for the clients of its channel."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "services").mkdir()
        (directory / "services" / "publish.py").write_text(_SERVICES)
        (directory / "server.conf").write_text(_CONF.replace("BATCH", str(batch_size)))
        with process([sys.executable, "-m", "apitest_server", "start", name, "--fg", "--port", "0"]) as address:
            admin = Admin(address, directory)
            [channel] = admin.call("zato.channel.web-socket.get-list", {"cluster_id": 1})
            depth = {"max_depth_non_gd": 500, "max_depth_gd": 5000}
            admin.call("zato.pubsub.topic.create", {"name": TOPIC, **depth})
            about = {"name": "clients", "endpoint_type": "wsx", "role": "sub", "topic_patterns": "sub=/**"}
            admin.call("zato.pubsub.endpoint.create", {**about, "ws_channel_id": channel["id"]})
            yield address, admin


def figures(clients: int, seconds: float, has_gd: bool = False) -> dict[str, float]:
    """What came to so many subscribers."""
    with server() as (address, admin):
        url = address.replace("http", "ws") + "/ws"
        command = [sys.executable, "-m", "benchmarks.pubsub_crowd", url, str(clients), TOPIC]
        with subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as crowd:
            assert crowd.stdout is not None and crowd.stdin is not None
            assert crowd.stdout.readline() == b"ready\n"
            told = admin.call("benchmark.publish", {"topic": TOPIC, "seconds": seconds, "has_gd": has_gd})
            while any(one["current_depth"] for one in admin.call("zato.pubsub.topic.get-list", {"cluster_id": 1})):
                pass
            crowd.stdin.close()
            found: dict[str, float] = json.loads(crowd.stdout.readline())
    if found["messages"] - found["again"] != told["published"] * clients:
        raise RuntimeError(f"{found} of {told['published']} messages to {clients} subscribers")
    return found


def measure(seconds: float = 5.0) -> str:
    """The figures, as a Markdown table.

    Raises:
        RuntimeError: the limit is not kept, or a message was lost.
    """
    rows, rate = [], 0.0
    for clients in CROWDS:
        found = figures(clients, seconds)
        rate = found["messages"] / found["seconds"]
        again = f"{found['again']:.0f}"
        rows.append([f"{clients:,}", f"{rate:,.0f}", f"{found['messages'] / found['frames']:.1f}", again])
    if rate < LIMIT:
        raise RuntimeError(f"{rate:.0f} deliveries a second to {clients} subscribers; the limit is {LIMIT}")
    return table(["subscribers", "deliveries a second", "messages in a delivery", "delivered twice"], rows)


if __name__ == "__main__":
    print(measure())
