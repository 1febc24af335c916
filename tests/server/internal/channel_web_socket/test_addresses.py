"""Tests of apitest_server.internal.channel_web_socket._addresses."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from apitest_server.cluster.bus import BUS
from apitest_server.errors import InputError
from apitest_server.internal.channel_web_socket._addresses import joined, split
from tests.ports import free_port
from tests.server.wsx.serving import Listening, run

NAME = "zato.channel.web-socket"


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("ws://127.0.0.1:33133/orders", {"host": "127.0.0.1", "port": 33133, "url_path": "/orders"}),
        ("ws://0.0.0.0:1", {"host": "0.0.0.0", "port": 1, "url_path": "/"}),
        ("ws://[::1]:1/a", {"host": "::1", "port": 1, "url_path": "/a"}),
    ],
)
def test_an_address_is_split_and_joined(address: str, parts: dict[str, object]) -> None:
    """Its parts make the address again."""
    assert split(address) == parts
    own = urlsplit("http://here:9")
    assert joined(parts, own).rstrip("/") == address
    assert joined({**parts, "host": "", "port": 0}, own) == f"ws://here:9{parts['url_path']}"
    assert joined(parts, urlsplit("https://here:9")).startswith("wss://")


@pytest.mark.parametrize(
    "address", ["orders", "http://a:1/", "ws://a/", "ws://a:0/", "ws://a:1/?b", "ws://a:x/", "ws://["]
)
def test_what_is_not_an_address_is_refused(address: str) -> None:
    """It says what one looks like."""
    with pytest.raises(InputError, match=r"`address` must be like ws://127\.0\.0\.1:33133/orders"):
        split(address)


def test_clients_may_send_addresses(tmp_path: Path) -> None:
    """A channel is served at the address that it was created with, and then at the one that it was given since."""
    port = free_port()

    async def test(server: Listening) -> None:
        fields = {"name": "chat", "service_name": "test.echo", "address": f"ws://127.0.0.1:{port}/chat"}
        made = await server.call(f"{NAME}.create", fields)
        guest = await server.connect("/chat", port)
        await guest.sign_in()
        own = server.client.app.components[BUS].address.replace("http", "ws") + "/other"
        await server.call(f"{NAME}.edit", {"id": made["id"], "address": own})
        guest = await server.connect("/other")
        await guest.sign_in()
        [row] = await server.call(f"{NAME}.get-list")
        assert (row["port"], row["url_path"], row["service_name"]) == (0, "/other", "test.echo")
        assert row["address"] == own
        found = await server.call(f"{NAME}.get-by-id", {"id": made["id"]})
        assert found["address"] == row["address"]
        await server.call(f"{NAME}.edit", {**row, "url_path": "/third"})
        assert (await server.call(f"{NAME}.get-by-id", {"id": made["id"]}))["url_path"] == "/third"
        status, details = await server.call(f"{NAME}.edit", {"id": made["id"], "address": "wss://127.0.0.1:1/a"})
        assert (status, "`address` must begin with ws://" in details) == (400, True)

    run(tmp_path, test)
