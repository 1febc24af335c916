"""Tests of apitest_server.outgoing.http_bearer: an API that takes tokens of an authorization server."""

from collections.abc import Iterator
from typing import Any

import pytest

from apitest_server.odb import StoredObject
from apitest_server.outgoing.http import HTTPConnection
from apitest_server.security.authentication import Authentication
from apitest_server.security.objects import SecurityObjects
from tests.apitest.web import WebServer
from tests.services.oauth import OAuth


@pytest.fixture
def other() -> Iterator[WebServer]:
    server = WebServer()
    yield server
    server.close()


def connection(oauth: OAuth, host: str = "", path: str = "/orders", **fields: Any) -> HTTPConnection:
    security = SecurityObjects(Authentication())
    given = {"username": "apitest", "auth_server_url": f"{oauth.address}/token", "scopes": "orders", **fields}
    security.put(StoredObject(7, "security.oauth", "shop", given, {"password": oauth.secret}))
    about = {"host": host or oauth.address, "transport": "plain_http", "url_path": path, "security_id": 7}
    return HTTPConnection(StoredObject(1, "http-soap", "CRM", about), security)


def test_requests_show_one_token(oauth: OAuth) -> None:
    """It is asked for with the first of them."""
    crm, before = connection(oauth), len(oauth.given)
    answers = [crm.conn.post("", {"a": 1}) for _ in range(3)]
    assert [answer.data for answer in answers] == [{"scope": "orders", "body": '{"a":1}'}] * 3
    assert len(oauth.given) == before + 1
    crm.close()


def test_a_request_with_a_token_that_was_revoked_is_sent_again(oauth: OAuth) -> None:
    """With its body, and a new token; who calls sees nothing of that but the history."""
    crm = connection(oauth)
    assert crm.get().status_code == 200
    oauth.given.clear()
    answer = crm.post("", "body")
    assert (answer.status_code, answer.data["body"], [one.status_code for one in answer.history]) == (
        200,
        "body",
        [401],
    )
    assert len(oauth.given) == 1
    crm.close()


def test_a_token_that_is_not_enough_is_renewed_once(oauth: OAuth) -> None:
    """What the API says in the end is the answer."""
    crm = connection(oauth, scopes="prices")
    assert crm.get().status_code == 403
    oauth.given.clear()
    oauth.lifetime = 0
    assert crm.get().status_code == 401
    oauth.lifetime = 3600
    crm.close()


def test_another_origin_sees_no_token(oauth: OAuth, other: WebServer) -> None:
    """Neither the first one, nor a new one where it answers 401."""
    elsewhere = other.address.replace("127.0.0.1", "localhost")
    crm, before = connection(oauth, other.address, path="/redirect"), len(oauth.given)
    crm.get("", {"to": f"{elsewhere}/status/401"})
    sent = [headers.get("Authorization", "") for _, _, headers, _ in other.requests]
    assert sent[0].startswith("Bearer ")
    assert [value for value in sent if value] == sent[:1]
    assert len(oauth.given) == before + 1
    crm.close()
