"""Tests of the services of security definitions, through a server in this process."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.security.administrators import BUILT_IN
from tests.server.asgi import Client, served

CONF = """
[security]
[[staff]]
type = basic-auth
username = u
password = p
[[keys]]
type = api-key
key = k
"""
KINDS = ["basic-auth", "apikey", "jwt"]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path, CONF) as client:
        yield client


def basic(username: str, password: str) -> str:
    return f"Basic {b64encode(f'{username}:{password}'.encode()).decode()}"


def secured(client: Client, number: int) -> str:
    """The path of a channel that a definition secures."""
    fields = {"connection": "channel", "transport": "plain_http", "service": "zato.ping", "url_path": f"/s{number}"}
    client.result("zato.http-soap.create", {"name": f"s{number}", "security_id": number, **fields})
    return f"/s{number}"


def create(client: Client, kind: str, **fields: Any) -> int:
    given = {"name": kind, "username": "me", "password": "p", **fields}
    return int(client.result(f"zato.security.{kind}.create", given)["id"])


def test_basic_auth_counts_from_its_creation_to_its_deletion(client: Client) -> None:
    """A new password counts at once, and the old one does not any more."""
    number = create(client, "basic-auth")
    path = secured(client, number)
    assert client.get(path, Authorization=basic("me", "p")).status == 200
    client.result("zato.security.basic-auth.change-password", {"id": number, "password1": "n", "password2": "n"})
    assert client.get(path, Authorization=basic("me", "p")).status == 401
    assert client.get(path, Authorization=basic("me", "n")).status == 200
    client.result("zato.security.basic-auth.edit", {"id": number, "username": "you", "name": "renamed"})
    assert client.get(path, Authorization=basic("you", "n")).status == 200
    client.result("zato.security.basic-auth.edit", {"id": number, "is_active": False})
    assert client.get(path, Authorization=basic("you", "n")).status == 401
    assert client.refused("zato.security.basic-auth.delete", {"id": number})[0] == 400


def test_an_api_key_is_in_its_own_header(client: Client) -> None:
    """The header's name is checked."""
    path = secured(client, create(client, "apikey", header="X-Mine"))
    assert client.get(path, X_Mine="p").status == 200
    assert client.get(path, X_API_Key="p").status == 401
    assert client.refused("zato.security.apikey.create", {"name": "x", "header": "no header"}) == (
        400,
        "Input field `header` must be the name of an HTTP header",
    )


def test_a_jwt_comes_from_logging_in(client: Client) -> None:
    """Over the channel that everybody may call; until it logs out."""
    path = secured(client, create(client, "jwt"))
    answer = client.post("/zato/jwt/log-in", {"username": "me", "password": "p"})
    token = answer.json()["token"]
    assert client.get(path, Authorization=f"Bearer {token}").status == 200
    assert client.post("/zato/jwt/log-out", {"token": token}).status == 200
    assert client.get(path, Authorization=f"Bearer {token}").status == 401
    assert client.post("/zato/jwt/log-in", {"username": "me", "password": "x"}).status == 401
    assert client.post("/zato/jwt/log-out", {"token": token}).status == 401
    for given in ({"username": ""}, {"username": "x", "secret": "too short"}):
        assert client.refused("zato.security.jwt.create", {"name": "x", **given})[0] == 400


def test_a_user_name_is_that_of_one_jwt_definition(client: Client) -> None:
    """Who logs in has to be told apart."""
    create(client, "jwt")
    assert client.refused("zato.security.jwt.create", {"name": "x", "username": "me"})[0] == 400


@pytest.mark.parametrize("kind", KINDS)
def test_no_service_returns_a_password(client: Client, kind: str) -> None:
    """Neither one nor a list, whatever was stored."""
    number = create(client, kind, password="open sesame")
    for verb, given in (("get-by-id", {"id": number}), ("get-by-name", {"name": kind}), ("get-list", {})):
        answer = client.call(f"zato.security.{kind}.{verb}", given)
        assert answer.status == 200
        assert "sesame" not in answer.text
        assert "argon2" not in answer.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_definition_without_a_password_lets_nobody_in(client: Client, kind: str) -> None:
    """Until it gets one."""
    number = int(client.result(f"zato.security.{kind}.create", {"name": kind, "username": "me"})["id"])
    path = secured(client, number)
    for headers in ({"Authorization": basic("me", "")}, {"X-API-Key": ""}, {}):
        assert client.get(path, **headers).status == 401


def test_all_types_are_listed_together(client: Client) -> None:
    """Names are unique among them; those of server.conf are in front and say so."""
    for kind in KINDS:
        create(client, kind)
    assert client.refused("zato.security.jwt.create", {"name": "apikey", "username": "x"})[0] == 400

    def listed(**given: Any) -> list[tuple[str, str, bool]]:
        rows = client.result("zato.security.get-list", {"cluster_id": 1, **given})
        return [(row["name"], row["sec_type"], row["is_declared"]) for row in rows]

    built_in = [(name, "basic_auth", False) for name in BUILT_IN]
    made = [("apikey", "apikey", False), ("basic-auth", "basic_auth", False), ("jwt", "jwt", False)]
    assert listed() == [("keys", "apikey", True), ("staff", "basic_auth", True), *sorted([*built_in, *made])]
    assert listed(sec_type="jwt") == [("jwt", "jwt", False)]
    assert listed(sec_type=["apikey", "jwt"], cur_page=2, page_size=2) == [("jwt", "jwt", False)]
    assert listed(query="sta") == [("staff", "basic_auth", True)]
    assert client.refused("zato.security.get-list", {"cur_page": -1})[0] == 400


@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_what_server_conf_declares_is_changed_there(client: Client, verb: str) -> None:
    """The services say so."""
    (row,) = client.result("zato.security.apikey.get-list")
    assert (row["name"], row["is_declared"]) == ("keys", True)
    status, details = client.refused(f"zato.security.apikey.{verb}", {"id": row["id"], "username": "x"})
    assert (status, details) == (
        400,
        "API key definition `keys` is declared in server.conf and can only be changed there",
    )


def test_administrators_are_managed_over_the_admin_api(client: Client) -> None:
    """A new one may call at once; the last one stays."""
    (first,) = client.result("zato.security.administrator.get-list")
    status, details = client.refused("zato.security.administrator.delete", {"id": first["id"]})
    assert (status, "last active administrator" in details) == (400, True)
    second = client.result("zato.security.administrator.create", {"name": "second", "password": "p"})["id"]
    assert client.get("/zato/json/zato.ping", Authorization=basic("second", "p")).status == 200
    client.result("zato.security.administrator.delete", {"id": second})
    assert client.get("/zato/json/zato.ping", Authorization=basic("second", "p")).status == 401


def test_definitions_are_there_after_a_restart(tmp_path: Path) -> None:
    """And nothing else has to be done for it."""
    with served(tmp_path, CONF) as client:
        path = secured(client, create(client, "basic-auth"))
        secret = create(client, "jwt", secret="a secret that is long enough for HS256")
        assert secret
    with served(tmp_path, CONF) as client:
        assert client.app.first_credentials is None
        assert client.get(path, Authorization=basic("me", "p")).status == 200
        assert client.post("/zato/jwt/log-in", {"username": "me", "password": "p"}).status == 200
