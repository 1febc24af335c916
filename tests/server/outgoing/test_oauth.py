"""Tests of apitest_server.outgoing.oauth, against an authorization server."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.oauth import BearerTokens, pairs
from tests.apitest.web import WebServer
from tests.ports import free_port
from tests.services.oauth import OAuth


@pytest.fixture
def web() -> Iterator[WebServer]:
    server = WebServer()
    yield server
    server.close()


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def tokens(url: str, secret: str, clock: Clock | None = None, **fields: Any) -> BearerTokens:
    given = {"username": "apitest", "auth_server_url": url, "scopes": "orders, prices", **fields}
    item = StoredObject(1, "security.oauth", "shop", given, {"password": secret})
    return BearerTokens(item, clock=clock or Clock())


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
def test_a_token_is_given_for_the_secret(oauth: OAuth, method: str) -> None:
    """Shown in either way that servers know."""
    token = tokens(f"{oauth.address}/token", oauth.secret, client_auth_method=method).token()
    assert oauth.given[token].scope == "orders prices"


def test_a_token_is_kept_until_shortly_before_it_expires(oauth: OAuth) -> None:
    """And renewed then, when it was refused, and when somebody wants that."""
    clock = Clock()
    made = tokens(f"{oauth.address}/token", oauth.secret, clock)
    first = made.token()
    clock.now = 3569.0
    assert made.token() == first
    clock.now = 3571.0
    second = made.token()
    third = made.token(refused=second)
    assert len({first, second, third, made.token()}) == 3
    assert made.token(refused=first) == third
    made.renew()
    assert made.token() != third


def test_many_threads_ask_once(oauth: OAuth) -> None:
    """All of them get the same token."""
    made, before = tokens(f"{oauth.address}/token", oauth.secret), len(oauth.given)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: made.token(), range(40)))
    assert (len(found), len(oauth.given) - before) == (1, 1)


def test_a_refusal_is_told_without_secrets(oauth: OAuth, caplog: pytest.LogCaptureFixture) -> None:
    """Once in the log, and for a second nobody asks again."""
    clock = Clock()
    made = tokens(f"{oauth.address}/token", "wr0ng-s3cret", clock)
    with caplog.at_level(logging.INFO, "apitest.outgoing"):
        for _ in range(3):
            with pytest.raises(ServiceUnavailable, match=r"There is no token of `shop`: .* answers 401 invalid_client"):
                made.token()
            clock.now += 0.6
    assert len(caplog.messages) == 1
    assert "wr0ng-s3cret" not in caplog.text


def test_a_server_that_is_away_is_told_of() -> None:
    """With what the system said."""
    with pytest.raises(ServiceUnavailable, match=r"cannot be reached: .*Connection refused"):
        tokens(f"http://127.0.0.1:{free_port()}/token", "s").token()


@pytest.mark.parametrize(
    ("answer", "details"),
    [
        (200, "answers without a bearer token"),
        (503, "answers 503$"),
        ({"access_token": "a b"}, "answers without a bearer token"),
        ({"access_token": "a", "token_type": "mac"}, "answers without a bearer token"),
        ({"error": "x y <b>"}, "answers without a bearer token"),
    ],
)
def test_answers_that_are_no_tokens_are_told(web: WebServer, answer: Any, details: str) -> None:
    """As far as they are fit to be shown."""
    web.series[:] = [answer]
    with pytest.raises(ServiceUnavailable, match=details):
        tokens(f"{web.address}/series", "s").token()


@pytest.mark.parametrize(("said", "until"), [({}, 1e9), ({"expires_in": "10"}, 8.9), ({"expires_in": 0}, 0.0)])
def test_a_token_lives_as_long_as_it_says(web: WebServer, said: dict[str, Any], until: float) -> None:
    """Until it is refused, where it says nothing."""
    web.series[:] = [{"access_token": "a", **said}, {"access_token": "b"}]
    clock = Clock()
    made = tokens(f"{web.address}/series", "s", clock)
    assert made.token() == "a"
    clock.now = until
    assert made.token() == ("a" if until > 0 else "b")


def test_a_redirect_is_not_followed(web: WebServer) -> None:
    """The secret is for one address alone."""
    with pytest.raises(ServiceUnavailable, match="answers 302"):
        tokens(f"{web.address}/redirect?to=/echo", "s").token()
    assert [path for _, path, _, _ in web.requests] == ["/redirect?to=/echo"]


def test_fields_have_the_names_that_a_server_wants(web: WebServer) -> None:
    """As a form or as JSON, with fields of its own."""
    web.series[:] = [{"access_token": "a"}]
    own = {"client_id_field": "user", "client_secret_field": "pass", "grant_type": "password", "scopes": ""}
    tokens(f"{web.address}/series", "s&", extra_fields="audience=x=1&tenant = t", **own).token()
    tokens(f"{web.address}/series", "s&", data_format="json", **own).token()
    (_, _, _, form), (_, _, headers, json) = web.requests
    expected = {"grant_type": ["password"], "user": ["apitest"], "pass": ["s&"], "audience": ["x=1"], "tenant": ["t"]}
    assert parse_qs(form.decode()) == expected
    assert (headers["Content-Type"], json) == (
        "application/json", b'{"grant_type": "password", "user": "apitest", "pass": "s&"}',
    )  # fmt: skip


@pytest.mark.parametrize("text", ["audience", "=x"])
def test_a_field_needs_a_name_and_a_value(text: str) -> None:
    """Else it is not known what is meant."""
    assert pairs(" \n") == []
    with pytest.raises(ValueError, match="must have the form audience="):
        pairs(text)
