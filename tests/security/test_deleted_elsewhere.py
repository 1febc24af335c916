"""Who was deleted, or logged out, on one server does not enter another one of the same ODB."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.app import App
from apitest_server.config import parse
from tests.security.test_credentials_guessed import basic
from tests.server.asgi import Client, served

PATH = "/zato/json/zato.ping"
CHANNEL = {"connection": "channel", "transport": "plain_http", "url_path": "/safe", "service": "zato.ping"}


@pytest.fixture
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Client, Client]]:
    """Two servers of one directory, which look at the ODB with each request."""
    monkeypatch.setattr("apitest_server.security.freshness.INTERVAL", 0.0)
    monkeypatch.setattr("apitest_server.cluster.objects.SharedObjects.are_current", False)
    with served(tmp_path) as one:
        two = Client(App(parse("", tmp_path / "server.conf")))
        try:
            yield one, two
        finally:
            two.close()


def test_a_deleted_administrator_enters_nowhere(servers: tuple[Client, Client]) -> None:
    """One that was created elsewhere enters."""
    one, two = servers
    number = one.result("zato.security.administrator.create", {"name": "me", "password": "p"})["id"]
    assert two.get(PATH, **basic("me", "p")).status == 200
    one.result("zato.security.administrator.delete", {"id": number})
    assert two.get(PATH, **basic("me", "p")).status == 401


def test_a_token_that_logged_out_enters_nowhere(servers: tuple[Client, Client]) -> None:
    """Nor after a restart."""
    one, two = servers
    fields = {"name": "tokens", "username": "me", "password": "p"}
    number = one.result("zato.security.jwt.create", fields)["id"]
    one.result("zato.http-soap.create", {"name": "safe", "security_id": number, **CHANNEL})
    third = Client(App(parse("", one.app.config.directory / "server.conf")))
    token = one.post("/zato/jwt/log-in", {"username": "me", "password": "p"}).json()["token"]
    assert [server.get("/safe", Authorization=f"Bearer {token}").status for server in (one, third)] == [200, 200]
    assert two.post("/zato/jwt/log-out", {"token": token}).status == 200
    assert [server.get("/safe", Authorization=f"Bearer {token}").status for server in (one, third)] == [401, 401]
    third.close()
    again = Client(App(parse("", one.app.config.directory / "server.conf")))
    assert again.get("/safe", Authorization=f"Bearer {token}").status == 401
    again.close()


def test_a_deleted_definition_lets_nobody_in(servers: tuple[Client, Client]) -> None:
    """Neither does one that was made inactive."""
    one, _ = servers
    fields = {"username": "me", "password": "p", "name": "people"}
    number = one.result("zato.security.basic-auth.create", fields)["id"]
    one.result("zato.http-soap.create", {"name": "safe", "security_id": number, **CHANNEL})
    third = Client(App(parse("", one.app.config.directory / "server.conf")))
    assert third.get("/safe", **basic("me", "p")).status == 200
    one.result("zato.security.basic-auth.edit", {"id": number, "is_active": False})
    assert third.get("/safe", **basic("me", "p")).status == 401
    third.close()
