"""Clients of a channel that subscribe: what tests of pushing to them begin with."""

from typing import Any

from apitest_server.pubsub.broker import PUBSUB, Broker
from apitest_server.pubsub.message import Publication
from apitest_server.wsx.protocol import client_response
from tests.server.wsx.serving import Guest, Listening, channel

GATEWAY = "helpers.web-sockets-gateway"
CONF = channel(service=GATEWAY, security="basic") + "[pubsub]\nretry_wait = 0.01\nlongest_retry_wait = 0.02\n"
SUBSCRIBE = "zato.pubsub.pubapi.subscribe-wsx"


def broker(server: Listening) -> Broker:
    return server.client.app.components[PUBSUB]


async def prepare(server: Listening, patterns: str = "sub=/customer/*", *topics: str) -> int:
    """Topics, and an endpoint for the channel; returns the ID of that."""
    for name in topics or ("/customer/new",):
        await server.call("zato.pubsub.topic.create", {"name": name})
    fields = {"name": "clients", "endpoint_type": "wsx", "role": "sub", "topic_patterns": patterns}
    made = await server.call("zato.pubsub.endpoint.create", {**fields, "ws_channel_id": server.channel().number})
    assert "id" in made, made
    number: int = made["id"]
    return number


async def signed_in(server: Listening, client_id: str = "till-7") -> Guest:
    guest = await server.connect()
    answer = await guest.sign_in("user1", "secret1", client_id=client_id)
    assert answer["meta"]["msg_type"] == "zwsx.rspa", answer
    return guest


async def subscribe(guest: Guest, topic: str = "/customer/new", **options: object) -> dict[str, Any]:
    """What the service answers, or what the client is told of an error."""
    return await asked(guest, SUBSCRIBE, {"topic_name": topic, **options})


async def asked(guest: Guest, service: str, request: object) -> dict[str, Any]:
    """What a service answers through the gateway; deliveries that come before are left out."""
    answer = await guest.invoke({"service": service, "request": request})
    while answer["meta"]["msg_type"] == "zwsx.psrq":
        answer = await guest.next()
    found: dict[str, Any] = answer["data"] if answer["meta"]["msg_type"] == "zwsx.rspok" else answer["meta"]
    return found


async def publish(server: Listening, *data: object, topic: str = "/customer/new", has_gd: bool = False) -> None:
    for one in data:
        await broker(server).publish(topic, Publication(data=one, has_gd=has_gd))


async def confirm(guest: Guest, delivery: dict[str, Any]) -> None:
    await guest.connection.send(client_response("r", "t", delivery["meta"]["id"], guest.token, {}, None))


async def received(guest: Guest) -> list[dict[str, Any]]:
    """The messages of the next delivery, which is confirmed."""
    delivery = await guest.next()
    assert delivery["meta"]["msg_type"] == "zwsx.psrq", delivery
    await confirm(guest, delivery)
    found: list[dict[str, Any]] = delivery["data"] if isinstance(delivery["data"], list) else [delivery["data"]]
    return found


async def all_data(guest: Guest, wanted: int) -> list[tuple[object, int]]:
    """Data and delivery count of so many messages."""
    found: list[tuple[object, int]] = []
    while len(found) < wanted:
        found += [(each["data"], each["delivery_count"]) for each in await received(guest)]
    return found
