"""What is taken over REST leaves its queue once the answer has gone to a client that is there, over real sockets."""

import asyncio
import json
import socket
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.server.internal.pubsub.endpoints import PASSWORD, PATTERNS
from tests.server.wsx.serving import Listening, run

AUTHORIZATION = f"Authorization: Basic {b64encode(f'crm:{PASSWORD}'.encode()).decode()}"
LARGE = 8 * 1024 * 1024  # More than the buffers of two sockets take: 4 MB of the server's, and ROOM
ROOM = 64 * 1024


async def prepared(server: Listening) -> str:
    """A topic, an endpoint, and the key of its subscription."""
    await server.call("zato.pubsub.topic.create", {"name": "/customer/new"})
    credentials = {"name": "crm", "username": "crm", "password": PASSWORD}
    security = await server.call("zato.security.basic-auth.create", credentials)
    wanted = {"name": "crm", "security_id": security["id"], "topic_patterns": PATTERNS}
    await server.call("zato.pubsub.endpoint.create", wanted)
    subscribed = {"topic_name": "/customer/new", "endpoint_name": "crm"}
    key: str = (await server.call("zato.pubsub.pubapi.subscribe", subscribed))["sub_key"]
    return key


async def waiting(server: Listening, key: str) -> list[tuple[int, bool]]:
    """Delivery counts of what is in the queue, and whether it is being delivered."""
    name = "zato.pubsub.endpoint.get-endpoint-queue-messages"
    rows: list[dict[str, Any]] = []
    for kind in ("gd", "non-gd"):
        rows += await server.call(f"{name}-{kind}", {"sub_key": key})
    return [(row["delivery_count"], row["is_in_delivery"]) for row in rows]


async def asked(server: Listening) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection over which messages were asked for, and nothing was read."""
    sock = socket.socket()
    # Left to itself, the system may make room for all of it, and then it has arrived before anybody reads it.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", server.port))
    reader, writer = await asyncio.open_connection(sock=sock, limit=ROOM)
    head = f"PATCH /zato/pubsub/topic//customer/new HTTP/1.1\r\nHost: x\r\n{AUTHORIZATION}\r\nContent-Length: 0\r\n\r\n"
    writer.write(head.encode())
    return reader, writer


async def taken(server: Listening) -> list[dict[str, Any]]:
    """What a client that is there gets."""
    reader, writer = await asked(server)
    head = await reader.readuntil(b"\r\n\r\n")
    [length] = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    messages: list[dict[str, Any]] = json.loads(await reader.readexactly(length))
    writer.close()
    await writer.wait_closed()
    return messages


@pytest.mark.parametrize("has_gd", [True, False])
def test_who_goes_away_before_the_end_gets_the_messages_again(tmp_path: Path, has_gd: bool) -> None:
    """They are marked as being delivered until the client leaves; the next one gets them, counted once more."""

    async def test(server: Listening) -> None:
        key = await prepared(server)
        wanted = {"topic_name": "/customer/new", "data": "x" * LARGE, "has_gd": has_gd}
        await server.call("zato.pubsub.pubapi.publish-message", wanted)
        _, writer = await asked(server)
        while await waiting(server, key) != [(1, True)]:
            await asyncio.sleep(0.005)
        writer.transport.abort()
        while await waiting(server, key) != [(1, False)]:
            await asyncio.sleep(0.005)
        [message] = await taken(server)
        assert (message["delivery_count"], len(message["data"])) == (2, LARGE)
        while await waiting(server, key):
            await asyncio.sleep(0.005)
        assert await taken(server) == []

    run(tmp_path, test)


def test_a_message_is_with_one_of_two_who_ask_at_once(tmp_path: Path) -> None:
    """Nobody gets what another one is being sent."""

    async def test(server: Listening) -> None:
        key = await prepared(server)
        for number in range(20):
            wanted = {"topic_name": "/customer/new", "data": number, "has_gd": number % 2 == 0}
            await server.call("zato.pubsub.pubapi.publish-message", wanted)
        answers = await asyncio.gather(*(taken(server) for _ in range(5)))
        got = [message["data"] for answer in answers for message in answer]
        assert sorted(got) == list(range(20))
        while await waiting(server, key):
            await asyncio.sleep(0.005)

    run(tmp_path, test)
