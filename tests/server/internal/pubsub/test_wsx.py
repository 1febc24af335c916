"""Tests of apitest_server.internal.pubsub.wsx."""

from pathlib import Path

import pytest

from tests.server.asgi import served
from tests.server.pubsub.subscribing import CONF, all_data, asked, broker, prepare, publish, signed_in, subscribe
from tests.server.wsx.serving import Listening, channel, run

UNSUBSCRIBE = "zato.pubsub.pubapi.unsubscribe"
PUBLISH = "zato.pubsub.pubapi.publish-message"
RESUME = "zato.pubsub.resume-wsx-subscription"


def test_a_client_subscribes_and_unsubscribes(tmp_path: Path) -> None:
    """By the topic or the key of the subscription; without one nothing happens."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server)
        key = (await subscribe(guest))["sub_key"]
        assert (await subscribe(guest))["sub_key"] == key
        assert await asked(guest, UNSUBSCRIBE, {"topic_name": "/customer/new"}) == {}
        again = (await subscribe(guest))["sub_key"]
        assert again != key
        assert await asked(guest, UNSUBSCRIBE, {"sub_key": again}) == {}
        assert await asked(guest, UNSUBSCRIBE, {"sub_key": again}) == {}
        assert not broker(server).subscriptions.where(lambda one: True)
        assert (await asked(guest, UNSUBSCRIBE, {}))["status"] == 400

    run(tmp_path, test, CONF)


def test_only_its_own_client_ends_or_resumes_a_subscription(tmp_path: Path) -> None:
    """To any other it is as if there were none."""

    async def test(server: Listening) -> None:
        await prepare(server)
        mine, other = await signed_in(server), await signed_in(server, "till-8")
        key = (await subscribe(mine))["sub_key"]
        assert await asked(other, UNSUBSCRIBE, {"sub_key": key}) == {}
        assert (await asked(other, RESUME, {"sub_key": key}))["status"] == 403
        assert (await asked(other, RESUME, {"sub_key": "zpsk.websockets.unknown"}))["status"] == 403
        assert await asked(mine, RESUME, {"sub_key": key}) == {"sub_key": key, "queue_depth": 0}
        await publish(server, "a")
        assert await all_data(mine, 1) == [("a", 1)]

    run(tmp_path, test, CONF)


def test_a_client_publishes_as_its_channels_endpoint(tmp_path: Path) -> None:
    """Whatever endpoint it names; where that may not, and where there is no topic, it is forbidden alike."""

    async def test(server: Listening) -> None:
        guest = await signed_in(server)
        forbidden = {"status": 403, "error_message": "Forbidden"}
        given: dict[str, object] = {"topic_name": "/customer/new", "data": {"a": 1}}
        told = await asked(guest, PUBLISH, given)
        assert {name: told[name] for name in forbidden} == forbidden
        endpoint = await prepare(server, "pub=/customer/*\nsub=/customer/*", "/customer/new", "/staff/new")
        await server.call("zato.pubsub.endpoint.edit", {"id": endpoint, "role": "pub-sub"})
        service = {
            "name": "other",
            "endpoint_type": "service",
            "service_name": "zato.ping",
            "topic_patterns": "pub=/**",
        }
        await server.call("zato.pubsub.endpoint.create", service)
        for topic in ("/staff/new", "/customer/none", ""):
            for named in ({}, {"endpoint_name": "other"}):
                told = await asked(guest, PUBLISH, {"topic_name": topic, "data": 1, **named})
                assert {name: told[name] for name in forbidden} == forbidden
        await subscribe(guest)
        assert (await asked(guest, PUBLISH, given))["msg_id"].startswith("zpsm")
        assert (await asked(guest, PUBLISH, {"topic_name": "/customer/new"}))["status"] == 400

    run(tmp_path, test, CONF)


@pytest.mark.parametrize("service", ["zato.pubsub.pubapi.subscribe-wsx", UNSUBSCRIBE, RESUME])
def test_only_clients_of_channels_may_call_these(tmp_path: Path, service: str) -> None:
    """Who calls them over the admin API has no connection that messages could go over."""
    with served(tmp_path) as client:
        status, details = client.refused(service, {"topic_name": "/a"} if service != RESUME else {"sub_key": "k"})
        assert (status, details.startswith("Only clients of WebSocket channels can call")) == (400, True)


def test_the_gateway_for_subscribers_has_few_services(tmp_path: Path) -> None:
    """Those that server.conf names; others are forbidden, whether there are any."""
    conf = channel(service="helpers.web-sockets-pub-sub-gateway", security="basic")
    allowed = "[pubsub]\nwsx_gateway_service_allowed = zato.pubsub.pubapi.subscribe-wsx, test.echo\n"

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server)
        assert "sub_key" in await subscribe(guest)
        assert await asked(guest, "test.echo", [1]) == [1]
        for service in ("zato.ping", "unknown"):
            assert (await asked(guest, service, {}))["status"] == 403

    async def nothing(server: Listening) -> None:
        assert (await asked(await signed_in(server), "test.echo", [1]))["status"] == 403

    run(tmp_path, test, conf + allowed)
    run(tmp_path, nothing, conf)
