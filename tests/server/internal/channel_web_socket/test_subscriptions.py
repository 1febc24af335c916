"""Tests of apitest_server.internal.channel_web_socket.subscriptions."""

from datetime import datetime
from pathlib import Path

from tests.server.pubsub.subscribing import CONF, prepare, signed_in, subscribe
from tests.server.wsx.serving import Listening, run

NAME = "zato.channel.web-socket.get-sub-key-data-list"


def test_subscriptions_of_a_connection_are_listed(tmp_path: Path) -> None:
    """With their topics, and since when: also before the client has connected this time."""

    async def test(server: Listening) -> None:
        endpoint = await prepare(server, "sub=/**", "/a", "/b")
        guest = await signed_in(server)
        keys = [(await subscribe(guest, topic))["sub_key"] for topic in ("/b", "/a")]
        await guest.connection.close()
        await server.until(lambda: not list(server.web_sockets.clients()))
        await signed_in(server)
        [connection] = await server.call("zato.channel.web-socket.get-connection-list")
        rows = await server.call(NAME, {"pub_client_id": connection["pub_client_id"]})
        assert [(row["sub_key"], row["topic_name"]) for row in rows] == list(zip(keys, ("/b", "/a"), strict=True))
        assert {(row["endpoint_id"], row["endpoint_name"]) for row in rows} == {(endpoint, "clients")}
        times = [datetime.fromisoformat(row["creation_time"]) for row in rows]
        assert times[0] <= times[1] < datetime.fromisoformat(connection["connection_time"])

    run(tmp_path, test, CONF)


def test_a_client_without_subscriptions_has_an_empty_list(tmp_path: Path) -> None:
    """With an endpoint for its channel, or without; a connection that is not there is not found."""

    async def test(server: Listening) -> None:
        await signed_in(server)
        one = {"pub_client_id": server.one().id}
        assert await server.call(NAME, one) == []
        await prepare(server)
        assert await server.call(NAME, one) == []
        told = (404, "There is no WebSocket connection with ID ws.0")
        assert await server.call(NAME, {"pub_client_id": "ws.0"}) == told

    run(tmp_path, test, CONF)
