"""How a request proves who sends it."""

import pytest

from apitest.clients.http import auth
from apitest.clients.http.auth import ApiKeys, BasicAuth, BearerToken, DigestAuth
from apitest.clients.http.message import Headers, Outgoing
from apitest.context import SignIn
from tests.apitest.steps.playing import Play


def prepared() -> Outgoing:
    return Outgoing("GET", "http://localhost/", Headers())


@pytest.mark.parametrize(
    ("sign_in", "header"),
    [(BasicAuth("ann", "pä:ss"), "Basic YW5uOnDDpDpzcw=="), (BearerToken("t-1"), "Bearer t-1")],
)
def test_the_header(sign_in: SignIn, header: str) -> None:
    """Basic Auth is user and password in Base64 of UTF-8, a token stands as it is."""
    request = prepared()
    sign_in.apply(request)
    assert request.headers["Authorization"] == header


def test_digest_answers_a_challenge() -> None:
    """The first request has no header yet, and knows who answers the server; that is the same object each time."""
    request, sign_in = prepared(), DigestAuth("ann", "secret")
    sign_in.apply(request)
    assert "Authorization" not in request.headers
    assert request.digest is sign_in
    assert sign_in.handler() is sign_in.handler()


def test_no_password_in_a_repr() -> None:
    """Whoever prints a sign-in sees no secret."""
    shown = repr([BasicAuth("ann", "s3cret"), DigestAuth("ann", "s3cret"), BearerToken("s3cret")])
    assert "s3cret" not in shown


def test_secrets_are_registered(play: Play) -> None:
    """Passwords, tokens and keys are kept out of all output, Basic Auth's in Base64 as well."""
    auth.use_basic(play.zato, "ann", "password-1")
    auth.use_digest(play.zato, "ann", "password-2")
    auth.use_bearer(play.zato, "token-1")
    auth.use_key(play.zato, "key-1", header="X-Key")
    assert play.run.secrets >= {"password-1", "YW5uOnBhc3N3b3JkLTE=", "password-2", "token-1", "key-1"}
    assert play.zato.sign_in == BearerToken("token-1")


def test_keys_are_kept_beside_the_sign_in(play: Play) -> None:
    """Each header and each parameter has its key, until one is dropped or nothing is used any more."""
    auth.use_key(play.zato, "key-1", header="X-A")
    auth.use_key(play.zato, "key-2", header="X-B")
    auth.use_key(play.zato, "key-3", parameter="key")
    assert play.zato.settings(ApiKeys) == ApiKeys({"X-A": "key-1", "X-B": "key-2"}, {"key": "key-3"})
    auth.drop_key(play.zato, parameter="key")
    assert play.zato.settings(ApiKeys).parameters == {}
    auth.use_nothing(play.zato)
    assert (play.zato.sign_in, play.zato.settings(ApiKeys)) == (None, ApiKeys())


@pytest.mark.parametrize(
    ("fields", "sign_in"),
    [
        ({}, None),
        ({"type": "none of these"}, None),
        ({"type": "basic", "username": "a", "password": "b"}, BasicAuth("a", "b")),
        ({"type": "digest", "username": "a", "password": "b"}, DigestAuth("a", "b")),
        ({"type": "bearer", "token": "t"}, BearerToken("t")),
    ],
)
def test_the_fields_of_an_old_project(fields: dict[str, str], sign_in: SignIn | None) -> None:
    """They make a sign-in, and a sign-in makes them."""
    made = auth.from_fields(fields)
    assert (type(made), auth.as_fields(made)) == (type(sign_in), auth.as_fields(sign_in))
    assert auth.as_fields(sign_in) == (fields if sign_in else {})
