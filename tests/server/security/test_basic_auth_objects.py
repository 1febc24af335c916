"""Tests of apitest_server.security.basic_auth_objects, through a server in this process."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.rest.admin import INVOKE
from apitest_server.security.administrators import ADMIN_INVOKE, BUILT_IN
from apitest_server.security.credentials import basic_value
from tests.server.asgi import Client, served

KIND = "zato.security.basic-auth"
PING = {"name": "zato.ping"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path) as client:
        yield client


def built_in(client: Client, name: str, password: str = "") -> int:
    """The ID of a definition that a new server has, and its password if there is to be one."""
    number = int(client.result(f"{KIND}.get-by-name", {"name": name})["id"])
    if password:
        client.result(f"{KIND}.change-password", {"id": number, "password1": password, "password2": password})
    return number


def statuses(client: Client, username: str, password: str) -> list[int]:
    """What the two addresses of the admin API answer to somebody."""
    header = basic_value(username, password)
    asked = client.post("/zato/json/zato.ping", Authorization=header), client.post(INVOKE, PING, Authorization=header)
    return [answer.status for answer in asked]


def test_admin_invoke_calls_the_admin_api_once_it_has_a_password(client: Client) -> None:
    """As long as it is active, by whatever user name, and also where outgoing connections can use it."""
    assert statuses(client, ADMIN_INVOKE, "") == [401, 401]
    number = built_in(client, ADMIN_INVOKE, "pass")
    assert statuses(client, ADMIN_INVOKE, "wrong") == [401, 401]
    assert statuses(client, ADMIN_INVOKE, "pass") == [200, 200]
    client.result(f"{KIND}.edit", {"id": number, "username": "me", "for_outgoing": True, "password": "other"})
    assert [statuses(client, *given) for given in (("me", "other"), (ADMIN_INVOKE, "pass"))] == [[200, 200], [401, 401]]
    client.result(f"{KIND}.edit", {"id": number, "is_active": False})
    assert statuses(client, "me", "other") == [401, 401]


def test_other_definitions_do_not(client: Client) -> None:
    """Neither those that every server has nor new ones."""
    client.result(f"{KIND}.create", {"name": "new", "username": "new", "password": "pass"})
    for name in {*BUILT_IN} - {ADMIN_INVOKE}:
        built_in(client, name, "pass")
        assert statuses(client, name, "pass") == [401, 401], name
    assert statuses(client, "new", "pass") == [401, 401]


def test_an_administrator_invokes_services_by_their_names(client: Client) -> None:
    """As `zato.service.invoke` does; what is wrong is told in the same envelope."""
    first = client.app.first_credentials
    assert first is not None
    header = basic_value(first.username, first.password)
    answer = client.post(INVOKE, PING, Authorization=header)
    assert answer.json()["response"] == b64encode(b'{"pong":"zato"}').decode()
    assert answer.headers["set-cookie"].startswith("apitest-device=")
    assert f"Path={INVOKE};" in answer.headers["set-cookie"]
    assert client.post(INVOKE, {"name": "none"}, Authorization=header).status == 404
    assert client.post(INVOKE, PING, Authorization=header, Sec_Fetch_Site="cross-site").status == 403


def test_what_every_server_has_is_neither_deleted_nor_renamed(client: Client) -> None:
    """Also where it is not active; all else can be changed, and other definitions go as they always did."""
    for name in BUILT_IN:
        number = built_in(client, name)
        client.result(f"{KIND}.edit", {"id": number, "is_active": False, "name": name})
        for verb, given in (("delete", {}), ("edit", {"name": "other"})):
            status, details = client.refused(f"{KIND}.{verb}", {"id": number, **given})
            assert (status, f"`{name}` is part of every server and cannot be" in details) == (400, True), (name, verb)
    other = client.result(f"{KIND}.create", {"name": "new", "username": "new"})["id"]
    client.result(f"{KIND}.edit", {"id": other, "name": "newer"})
    client.result(f"{KIND}.delete", {"id": other})
    assert [row["name"] for row in client.result(f"{KIND}.get-list")] == [*BUILT_IN]
