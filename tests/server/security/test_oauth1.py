"""Tests of apitest_server.security.oauth1; requests are signed by oauthlib's client."""

from typing import Any

import pytest
from oauthlib.oauth1 import Client

from apitest_server.security.nonces import Nonces
from apitest_server.security.oauth1 import METHODS, Consumer, OAuth1, claimed_key
from apitest_server.security.signed_request import with_request
from apitest_server.service.asgi import Scope

NOW = 1_800_000_000
KEY, SECRET = "a key, with & signs", "a secret, with % signs"


def signed(url: str = "http://example.com:8080/a%20b?c=d&e=%C3%BC", **options: Any) -> tuple[str, dict[str, str]]:
    """A URL, and the headers of a request to it."""
    given: dict[str, Any] = {"timestamp": str(NOW), "client_secret": SECRET, **options}
    method, body, headers = given.pop("http_method", "GET"), given.pop("body", None), given.pop("headers", {})
    _, made, _ = Client(given.pop("key", KEY), **given).sign(url, method, body, headers)
    return url, {"host": "example.com:8080", **{name.lower(): value for name, value in made.items()}}


def asked(url: str, headers: dict[str, str], method: str = "GET", form: str = "") -> dict[str, str]:
    """The headers as a definition sees them."""
    rest = "/" + url.split("/", 3)[3]
    path, _, query = rest.partition("?")
    scope = Scope(type="http", method=method, path="", headers=[], raw_path=path.encode(), query_string=query.encode())
    return with_request(headers, scope, form.encode())


def definition(method: str = "HMAC-SHA1", now: int = NOW) -> OAuth1:
    """A definition at a time."""
    return OAuth1(Consumer("a", KEY, SECRET, method), Nonces(), lambda: float(now))


@pytest.mark.parametrize("method", METHODS)
def test_a_signed_request_is_taken_once(method: str) -> None:
    """Whatever it is signed with."""
    checks = definition(method)
    headers = asked(*signed(signature_method=method))
    assert claimed_key(headers) == KEY
    assert checks.check(headers) == KEY
    assert checks.check(headers) is None
    assert checks.check(asked(*signed(signature_method=method))) == KEY


def test_a_form_is_signed_too() -> None:
    """What somebody has changed on the way is refused."""
    about = {"Content-Type": "application/x-www-form-urlencoded"}
    url, headers = signed(http_method="POST", body="f=1&g=h+i", headers=about)
    assert definition().check(asked(url, headers, "POST", "f=2&g=h+i")) is None
    assert definition().check(asked(url, headers, "POST", "")) is None
    assert definition().check(asked(url, headers, "POST", "f=1&g=h+i")) == KEY


def test_who_called_with_tls_is_known_behind_a_front_end() -> None:
    """The signature is of https, the request came without."""
    url, headers = signed("https://example.com:8080/a")
    assert definition().check(asked(url, headers)) == KEY


@pytest.mark.parametrize(
    "options",
    [
        {"client_secret": "another"}, {"key": "another"}, {"timestamp": str(NOW - 301)}, {"timestamp": str(NOW + 301)},
        {"timestamp": "soon"},
        {"timestamp": f"{NOW:012}" + "9" * 5000},
        {"signature_method": "PLAINTEXT"}, {"resource_owner_secret": "another"},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(options: dict[str, Any]) -> None:
    """Another secret, key, time or method, or one that a user has signed."""
    assert definition().check(asked(*signed(**options))) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda url, headers: (url + "&more=1", headers),
        lambda url, headers: (url + "&more=<>", headers),
        lambda url, headers: (url.replace("/a%20b", "/a"), headers),
        lambda url, headers: (url, {**headers, "host": "other.example.com"}),
        lambda url, headers: (url, {**headers, "host": ""}),
        lambda url, headers: (url, {**headers, "authorization": headers["authorization"] + ', oauth_version="2.0"'}),
        lambda url, headers: (url, {**headers, "authorization": "OAuth what"}),
        lambda url, headers: (url, {**headers, "authorization": "OAuth " + "a" * 20_000}),
        lambda url, headers: (url, {**headers, "authorization": "Basic YTpi"}),
    ],
)
def test_what_was_changed_is_refused(change: Any) -> None:
    """Not even a part of the query that is badly encoded can be added."""
    assert definition().check(asked(*change(*signed()))) is None


def test_a_query_that_is_badly_encoded_cannot_be_added() -> None:
    """The libraries of clients do not sign one either."""
    url, headers = signed("http://example.com:8080/a")
    assert definition().check(asked(url + "?more=<>", headers)) is None
    assert definition().check(asked(url, headers, "POST", "more=<>")) is None


def test_plain_text_may_come_without_nonce_and_time() -> None:
    """As RFC 5849 has it; not one of the two alone."""
    key = 'oauth_consumer_key="a%20key%2C%20with%20%26%20signs"'
    plain = f'OAuth {key}, oauth_signature_method="PLAINTEXT", oauth_signature="{{}}"'
    right = plain.format("a%2520secret%252C%2520with%2520%2525%2520signs%26")
    request = {"host": "example.com"}
    assert definition("PLAINTEXT").check(asked("http://example.com/", {**request, "authorization": right})) == KEY
    wrong = [plain.format("a"), right + ', oauth_nonce="1"', right + f', oauth_timestamp="{NOW}"']
    for header in wrong:
        assert definition("PLAINTEXT").check(asked("http://example.com/", {**request, "authorization": header})) is None


def test_without_a_secret_nobody_can_sign() -> None:
    """A definition that was given none lets nobody in, whatever the method."""
    for method in METHODS:
        checks = OAuth1(Consumer("a", KEY, "", method), Nonces(), lambda: float(NOW))
        assert checks.check(asked(*signed(client_secret="", signature_method=method))) is None


def test_without_a_signature_nobody_is_there() -> None:
    """Messages have nothing to sign either."""
    checks = definition()
    assert claimed_key({"authorization": "Basic YTpi"}) is None
    assert claimed_key({"authorization": "OAuth realm=x"}) == ""
    assert checks.check({"authorization": 'OAuth oauth_consumer_key="a"'}) is None
    assert (checks.headers("a", "b"), checks.challenge) == ({}, 'OAuth realm="apitest"')
    assert checks.scheme() == {"type": "http", "scheme": "oauth"}
