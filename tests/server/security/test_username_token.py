"""Tests of apitest_server.security.username_token."""

from datetime import UTC, datetime

import pytest

from apitest_server.security.username_token import (
    SECEXT,
    UsernameToken,
    decoded,
    digest,
    found_in,
    header,
    token_of,
    with_token,
)
from tests.server.security.envelopes import envelope, signed

CREATED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def test_the_digest_is_that_of_the_profile() -> None:
    """Of a nonce, a time and a password, as in the example of the ONVIF Application Programmer's Guide."""
    nonce = decoded("LKqI6G/AikKCQrN0zqZFlg==")
    assert nonce is not None
    assert digest(nonce, "2010-09-16T07:50:45Z", "userpassword") == "tuOSpGlFlIXsozq4HFNeeGeFLEI="


@pytest.mark.parametrize("is_digest", [False, True])
def test_what_is_made_is_found_again(is_digest: bool) -> None:
    """With all that it says, and whatever is in a name."""
    found = found_in(envelope(header("m<a>&é", "p & q", is_digest, CREATED)))
    assert found is not None
    assert (found.username, found.is_digest, found.created) == ("m<a>&é", is_digest, "2026-01-31T12:00:00.000000Z")
    nonce = decoded(found.nonce)
    assert nonce is not None
    assert len(nonce) == 16
    assert found.password == (digest(nonce, found.created, "p & q") if is_digest else "p & q")
    assert token_of(with_token({"a": "b"}, found)) == found
    assert token_of({"a": "b"}) is None


def test_little_is_enough() -> None:
    """A password without a type is one in clear text; nonce and time may be missing."""
    token = (
        f'<w:Security xmlns:w="{SECEXT}"><w:UsernameToken><w:Username> u </w:Username></w:UsernameToken></w:Security>'
    )
    assert found_in(envelope(token.encode())) == UsernameToken("u")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        envelope(),
        envelope(body="<UsernameToken/>"),
        envelope(header("a", "b", False) * 2),
        envelope(body=header("a", "b", False).decode()),
        b"<a>UsernameToken",
        f'<w:UsernameToken xmlns:w="{SECEXT}"/>'.encode()[:-2],
    ],
)
def test_what_is_not_one_token_in_a_header_is_none(body: bytes) -> None:
    """Two of them leave it open who calls; one in the body of an envelope is part of what is said."""
    assert found_in(body) is None


def test_entities_are_not_expanded() -> None:
    """A name that is one is empty."""
    document = b'<!DOCTYPE a [<!ENTITY x "maria">]>' + signed().replace(b">maria<", b">&x;<")
    found = found_in(document)
    assert found is None or found.username == ""


def test_a_nonce_is_base64() -> None:
    """Line ends do not matter."""
    assert (decoded("QUE=\n"), decoded("?")) == (b"AA", None)
