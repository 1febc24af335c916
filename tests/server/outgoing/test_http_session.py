"""Tests of apitest_server.outgoing.http_session, against two web servers in threads."""

from collections.abc import Iterator

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.odb import StoredObject
from apitest_server.outgoing.http import HTTPConnection
from apitest_server.security.authentication import Authentication
from apitest_server.security.objects import SecurityObjects, declared_id
from tests.apitest.web import WebServer

DEFINITIONS = (
    SecurityDefinition("key", "api-key", key="secret", header="X-Shop"),
    SecurityDefinition("staff", "basic-auth", username="u", password="secret"),
    SecurityDefinition("tokens", "jwt", secret="s" * 32),
)
OWN = {"X-API-Key": "secret", "Cookie": "a=secret", "X-Plain": "shown"}


@pytest.fixture
def two() -> Iterator[tuple[WebServer, WebServer]]:
    """The one that is called, and another origin."""
    servers = WebServer(), WebServer()
    yield servers
    for server in servers:
        server.close()


def connection(host: str, security: str) -> HTTPConnection:
    fields = {
        "host": host,
        "transport": "plain_http",
        "url_path": "/redirect/{status}",
        "security_id": declared_id(security),
    }
    return HTTPConnection(StoredObject(1, "http-soap", "CRM", fields), SecurityObjects(Authentication(DEFINITIONS)))


@pytest.mark.parametrize("security", ["key", "staff", "tokens"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nothing_secret_goes_to_another_origin(two: tuple[WebServer, WebServer], security: str, status: int) -> None:
    """Neither credentials nor the body, in whatever header the key is; within the origin all of it does."""
    one, other = two
    made = connection(one.address, security)
    for target, expected in ((other, False), (one, True)):
        to = f"{target.address}/echo"
        sent = made.post("c1", {"a": "secret"}, {"status": status, "to": to}, headers=OWN).data
        shown = {"authorization", "x-shop", "x-api-key"} & sent["headers"].keys()
        assert (bool(shown), sent["headers"]["x-plain"]) == (expected, "shown")
        assert ("secret" in sent["body"]) == (expected and status in (307, 308))
        assert expected or "secret" not in str(sent)
    made.close()
