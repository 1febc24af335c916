"""Tests of apitest_server.internal.channel_web_socket.definitions."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.ports import free_port
from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused
from tests.server.wsx.serving import Listening, channel, run

NAME = "zato.channel.web-socket"
ONE = {"name": "chat", "service": "test.echo", "url_path": "/chat"}


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with a channel, which no test changes."""
    with served(tmp_path_factory.mktemp("server"), channel(service="zato.ping", path="/taken")) as client:
        yield client


def test_a_channel_lives_as_long_as_it_is_there(tmp_path: Path) -> None:
    """Created, edited, stopped, started and deleted while clients come and go."""

    async def test(server: Listening) -> None:
        made = await server.call(f"{NAME}.create", ONE)
        number = {"id": made["id"]}
        guest = await server.connect("/chat")
        await guest.sign_in()
        assert (await guest.invoke(1))["data"] == 1
        await server.call(f"{NAME}.edit", {**number, "service": "test.whoever"})
        assert (await guest.invoke({"a": 2}))["data"]["a"] == 2
        stopped = await server.call(f"{NAME}.stop", number)
        assert stopped == {"id": made["id"], "name": "chat", "is_active": False}
        assert await guest.closed() == (1012, "The channel is closed")
        with pytest.raises(InvalidStatus):
            await server.connect("/chat")
        assert (await server.call(f"{NAME}.start", number))["is_active"] is True
        guest = await server.connect("/chat")
        await guest.sign_in()
        await server.call(f"{NAME}.delete", number)
        assert (await guest.closed())[0] == 1012
        with pytest.raises(InvalidStatus):
            await server.connect("/chat")
        assert await server.call(f"{NAME}.get-list") == []

    run(tmp_path, test)


def test_a_port_comes_and_goes_with_its_channel(tmp_path: Path) -> None:
    """One that is taken is refused, and the channel is not created."""
    port = free_port()

    async def test(server: Listening) -> None:
        made = await server.call(f"{NAME}.create", {**ONE, "port": port})
        await (await server.connect("/chat", port)).sign_in()
        status, details = await server.call(f"{NAME}.create", {**ONE, "name": "other", "port": server.port})
        assert (status, details.partition(":")[0]) == (400, "Input field `port`")
        await server.call(f"{NAME}.delete", {"id": made["id"]})
        with pytest.raises(OSError, match=r"refused|failed"):
            await server.connect("/chat", port)

    run(tmp_path, test)


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"url_path": "chat"}, "`url_path` must start with /"),
        ({"url_path": "/a?b"}, "`url_path` must be a path without a query string, and without spaces"),
        ({"url_path": "/zato/x"}, "`url_path` must not start with /zato/, which is reserved for the server"),
        ({"url_path": "/taken"}, "`url_path`: the path /taken is taken by another WebSocket channel"),
        ({"service": "nope"}, "`service` is not the name of a deployed service: `nope`"),
        ({"token_ttl": 0}, "`token_ttl` must be a number of seconds above 0"),
        ({"ping_interval": "nan"}, "`ping_interval` must be a number"),
        ({"pings_missed_threshold": 0}, "`pings_missed_threshold` must be a whole number from 1"),
        ({"port": 65536}, "`port` must be a whole number from 0 to 65535"),
        ({"origins": "example.com"}, "`origins` must be origins such as https://example.com"),
        ({"security_id": -5}, "`security_id` is not the ID of a security definition: -5"),
        ({"security_id": 5}, "`security_id`: there is no object of a fitting kind with ID 5"),
    ],
)
def test_what_cannot_be_a_channel_is_refused(refusing: Client, fields: dict[str, Any], details: str) -> None:
    """With the field that is wrong; nothing is created."""
    status, said = refused(refusing, f"{NAME}.create", {**ONE, "service": "zato.ping", **fields})
    assert (status, said.startswith(f"Input field {details}")) == (400, True), said
    assert [row["name"] for row in call(refusing, f"{NAME}.get-list")] == ["one"]


def test_channels_are_listed_and_found(tmp_path: Path) -> None:
    """Those of server.conf first, which can only be changed there."""
    with served(tmp_path, channel(service="zato.ping", path="/one", security="basic")) as client:
        made = call(client, f"{NAME}.create", {**ONE, "service": "zato.ping"})
        first, second = call(client, f"{NAME}.get-list")
        assert (first["name"], first["is_declared"], first["url_path"]) == ("one", True, "/one")
        assert (second["name"], second["is_declared"], second["token_ttl"]) == ("chat", False, 3600.0)
        assert call(client, f"{NAME}.get-by-name", {"name": "chat"}) == second
        assert call(client, f"{NAME}.get-by-id", {"id": made["id"]}) == second
        assert refused(client, f"{NAME}.stop", {"id": first["id"]})[0] == 400
