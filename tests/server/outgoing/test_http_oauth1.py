"""Tests of apitest_server.outgoing.http_oauth1: what is sent is what was signed."""

import pytest
from requests import Request

from apitest_server.errors import BadRequest
from apitest_server.odb import StoredObject
from apitest_server.outgoing.http_oauth1 import SignedByConsumer
from apitest_server.security.nonces import Nonces
from apitest_server.security.oauth1 import METHODS, Consumer, OAuth1
from apitest_server.security.signed_request import with_request
from apitest_server.service.asgi import Scope

ADDRESS = "http://example.com/a%20b?c=d+e"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("body", [None, {"f": "g & h"}, b"\xff", "text"])
def test_who_has_the_secret_finds_the_same_signature(method: str, body: object) -> None:
    """Of a form, of other bodies, which are not signed, and without one."""
    item = StoredObject(7, "security.oauth", "a", {"username": "key", "sig_method": method}, {"password": "secret"})
    request = Request("POST", ADDRESS, {"Accept": "*/*"}, data=body, auth=SignedByConsumer(item)).prepare()
    assert request.headers["Accept"] == "*/*"
    headers = {"host": "example.com", **{name.lower(): value for name, value in request.headers.items()}}
    scope = Scope(type="http", method="POST", path="/a b", headers=[], query_string=b"c=d+e")
    form = str(request.body).encode() if isinstance(body, dict) else b""
    checks = OAuth1(Consumer("a", "key", "secret", method), Nonces())
    assert checks.check(with_request(headers, scope, form)) == "key"


def test_what_cannot_be_signed_is_told() -> None:
    """A form that is badly encoded."""
    item = StoredObject(7, "security.oauth", "a", {"username": "key"}, {"password": "secret"})
    about = {"Content-Type": "application/x-www-form-urlencoded"}
    with pytest.raises(BadRequest, match="cannot sign the request"):
        Request("POST", ADDRESS, about, data="<a>", auth=SignedByConsumer(item)).prepare()
