"""Requests that are signed as OAuth 1.0 has it; verified by the library of the companion server's side."""

from types import SimpleNamespace

import pytest
from oauthlib.oauth1.rfc5849 import signature

from apitest.clients.http.message import Headers, Outgoing
from apitest.clients.http.oauth1 import METHODS, OAuth1
from apitest.errors import BadValue

VERIFY = {
    "HMAC-SHA1": signature.verify_hmac_sha1,
    "HMAC-SHA256": signature.verify_hmac_sha256,
    "HMAC-SHA512": signature.verify_hmac_sha512,
    "PLAINTEXT": signature.verify_plaintext,
}


def is_right(request: Outgoing, method: str, form: str = "", secret: str = "a secret") -> bool:
    """Whether the signature is that of the request."""
    header = {"Authorization": request.headers.text("Authorization")}
    query = request.url.partition("?")[2]
    found = signature.collect_parameters(query, form, header, exclude_oauth_signature=False)
    shown = dict(found)
    assert (shown["oauth_consumer_key"], shown["oauth_signature_method"]) == ("a key", method)
    asked = SimpleNamespace(
        uri=request.url,
        http_method=request.method,
        signature=shown["oauth_signature"],
        params=[pair for pair in found if pair[0] != "oauth_signature"],
    )
    return bool(VERIFY[method](asked, secret, ""))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("body", "content_type"), [(None, ""), (b"{}", "application/json"), (b"", "text/plain")])
def test_a_request_is_signed(method: str, body: bytes | None, content_type: str) -> None:
    """With its query, and without a body that is not a form."""
    headers = Headers([("Content-Type", content_type)] if content_type else [])
    request = Outgoing("POST", "https://example.com:8443/a%20b?c=d%20e", headers, body)
    OAuth1("a key", "a secret", method).apply(request)
    assert is_right(request, method)
    assert not is_right(request, method, secret="another")
    assert request.headers.text("Content-Type") == content_type


def test_a_form_is_signed() -> None:
    """Another one has another signature."""
    headers = Headers([("content-type", "application/x-www-form-urlencoded; charset=utf-8")])
    request = Outgoing("POST", "http://example.com/", headers, b"a=b+c&d=%C3%BC")
    OAuth1("a key", "a secret").apply(request)
    assert is_right(request, "HMAC-SHA1", "a=b+c&d=%C3%BC")
    assert not is_right(request, "HMAC-SHA1", "a=b")


def test_each_request_has_a_nonce_of_its_own() -> None:
    """A server takes each once."""
    found = set()
    for _ in range(2):
        request = Outgoing("GET", "http://example.com/", Headers())
        OAuth1("a key", "a secret").apply(request)
        found.add(request.headers.text("Authorization"))
    assert len(found) == 2


def test_what_cannot_be_signed_is_told() -> None:
    """And nobody sees the secret."""
    headers = Headers([("Content-Type", "application/x-www-form-urlencoded")])
    request = Outgoing("POST", "http://example.com/", headers, b"<a>")
    with pytest.raises(BadValue, match=r"OAuth 1\.0 cannot sign the request to http://example\.com/"):
        OAuth1("a key", "a secret").apply(request)
    assert "a secret" not in repr(OAuth1("a key", "a secret"))
