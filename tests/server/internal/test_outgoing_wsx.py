"""Tests of apitest_server.internal.outgoing_wsx, over the admin API."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.errors import HTTPError
from tests.ports import free_port
from tests.server import asgi
from tests.server.wsx.calling import HOOKS, address, calling
from tests.server.wsx.plain import raw
from tests.server.wsx.serving import Listening, channel, run

CONF = "[security]\n[[partners]]\ntype = basic-auth\nusername = anna\npassword = top-secret\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[asgi.Client]:
    with asgi.served(tmp_path_factory.mktemp("server"), CONF, hooks=HOOKS) as client:
        yield client


def given(**fields: object) -> dict[str, object]:
    return {"name": "There", "address": f"ws://127.0.0.1:{free_port()}/", **fields}


def test_the_life_of_a_definition(client: asgi.Client) -> None:
    """What is not said has its default, and the secret is never returned."""
    fields = {"subscription_list": ["/a", " /b "], "on_message_service_name": "test.hook", "secret": "top-secret"}
    made = client.result("zato.outgoing.wsx.create", given(username="me", **fields))
    found = client.result("zato.outgoing.wsx.get-by-id", {"id": made["id"]})
    assert "secret" not in found
    assert {
        "name": "There", "is_active": True, "is_zato": True, "username": "me", "security_id": 0, "pool_size": 1,
        "subscription_list": "/a\n/b", "on_message_service_name": "test.hook", "on_connect_service_name": "",
        "timeout": 10.0, "max_message_size": 1024**2, "validate_tls": True, "ca_certs": "",
    }.items() <= found.items()  # fmt: skip
    assert client.result("zato.outgoing.wsx.get-by-name", {"name": "There"}) == found
    client.result("zato.outgoing.wsx.edit", {"id": made["id"], "name": "Elsewhere"})
    passwords = {"id": made["id"], "password1": "new", "password2": "new"}
    client.result("zato.outgoing.wsx.change-password", passwords)
    assert [row["name"] for row in client.result("zato.outgoing.wsx.get-list", {"query": "else"})] == ["Elsewhere"]
    client.result("zato.outgoing.wsx.delete", {"id": made["id"]})
    assert client.result("zato.outgoing.wsx.get-list", {}) == []


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"address": "http://x"}, "`address` must be an address such as wss://example.com/orders"),
        ({"address": "ws://me:secret@x/"}, "without user name and password"),
        ({"address": "ws://x:99999/"}, "`address` must be an address"),
        ({"address": "ws:///path"}, "`address` must be an address"),
        ({"on_close_service_name": "none"}, "`on_close_service_name` is not the name of a deployed service: `none`"),
        ({"subscription_list": "/a"}, "`on_message_service_name` is required with a subscription_list"),
        ({"subscription_list": "a"}, "`subscription_list` must have names such as /customer/new"),
        ({"subscription_list": "/a b"}, "`subscription_list` must have names such as /customer/new"),
        ({"subscription_list": [f"/{number}" for number in range(1001)]}, "must not have more than 1000 lines"),
        (
            {"subscription_list": "/a", "is_zato": False, "on_message_service_name": "test.hook"},
            "`subscription_list` needs `is_zato`",
        ),
        ({"timeout": 0}, "`timeout` must be a number of seconds above 0"),
        ({"pool_size": 0}, "`pool_size` must be a whole number from 1 to 200"),
        ({"security_id": -5}, "`security_id` is not the ID of a security definition: -5"),
        ({"security_id": -5, "username": "me"}, "`username` must be empty with a security_id"),
    ],
)
def test_what_makes_no_sense_is_refused(client: asgi.Client, fields: dict[str, object], details: str) -> None:
    """With the field that is wrong; nothing is stored."""
    status, said = client.refused("zato.outgoing.wsx.create", given(**fields))
    assert status == 400
    assert details in said
    assert client.result("zato.outgoing.wsx.get-list", {}) == []


def test_a_definition_has_to_know_its_password(client: asgi.Client) -> None:
    """One that was made for those who call us knows its hash only; those of server.conf can be used."""
    fields = {"name": "hashed", "username": "u", "password": "p"}
    number = client.result("zato.security.basic-auth.create", fields)["id"]
    status, details = client.refused("zato.outgoing.wsx.create", given(security_id=number))
    assert (status, "edit it with `for_outgoing` true" in details) == (400, True)
    client.result("zato.security.basic-auth.edit", {"id": number, "for_outgoing": True, "password": "p"})
    client.result("zato.outgoing.wsx.create", given(security_id=number))
    [declared] = [row for row in client.result("zato.security.get-list", {}) if row["name"] == "partners"]
    client.result("zato.outgoing.wsx.create", given(name="Elsewhere", security_id=declared["id"]))
    status, details = client.refused("zato.security.basic-auth.delete", {"id": number})
    assert status == 409 or status == 400, details


def test_a_ping_tells_whether_the_remote_end_is_there(tmp_path: Path) -> None:
    """And if not, why; by name or by ID."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def test(here: Listening) -> None:
        async with raw(silent) as url, calling(tmp_path / "calling") as there:
            number = await there.connect(address(here))
            found = await there.call("zato.outgoing.wsx.ping", {"id": number})
            assert found["is_success"] is True
            assert found["info"].startswith(f"{address(here)} answered in ")
            await there.call("zato.outgoing.wsx.edit", {"id": number, "address": url, "connect_timeout": 0.05})
            for payload, details in (
                ({"name": "There"}, "`There` is not connected: It did not open a WebSocket within 0.05 s"),
                ({"name": "none"}, "There is no active outgoing WSX connection `none`"),
                ({}, "One of the input fields `id` and `name` is required"),
            ):
                with pytest.raises(Exception, match=details):
                    await there.call("zato.outgoing.wsx.ping", payload)

    run(tmp_path, test, channel())


def test_the_status_tells_what_is_wrong(tmp_path: Path) -> None:
    """Of each WebSocket; nothing is once it is connected."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            number = await there.connect(address(here), pool_size=2)
            await there.until_open()
            found = await there.call("zato.outgoing.wsx.get-status", {"id": number})
            assert found["is_connected"] is True
            assert [one["last_problem"] for one in found["connections"]] == ["", ""]
            assert {one["client_id"] for one in found["connections"]} == {
                client.client_id for client in here.web_sockets.clients()
            }
            await there.call("zato.outgoing.wsx.edit", {"id": number, "address": f"ws://127.0.0.1:{free_port()}/"})
            with pytest.raises(HTTPError, match="`There` is not connected"):
                await there.call("test.call", 1)
            found = await there.call("zato.outgoing.wsx.get-status", {"name": "There"})
            assert found["is_connected"] is False
            assert "onnect" in found["connections"][0]["last_problem"]

    run(tmp_path, test, channel())
