"""The details of a token request; fetching one is tested with the sentences."""

import pytest

from apitest.clients.http import oauth2
from apitest.clients.http.oauth2 import OAuth2Details
from apitest.errors import BadValue


@pytest.mark.parametrize(
    ("details", "fields"),
    [
        (
            OAuth2Details(username="me", password="x"),
            {"grant_type": "client_credentials", "client_id": "me", "client_secret": "x"},
        ),
        (
            OAuth2Details(username="me", password="x", grant_type="password", scopes="a b"),
            {"grant_type": "password", "username": "me", "password": "x", "scope": "a b"},
        ),
        (
            OAuth2Details(
                username="me",
                password="x",
                client_id_field="app",
                client_secret_field="key",
                extra_fields={"grant_type": "own"},
            ),
            {"grant_type": "own", "app": "me", "key": "x"},
        ),
    ],
)
def test_fields(details: OAuth2Details, fields: dict[str, str]) -> None:
    """The grant type decides what the credentials are called, unless it was said; extra fields count most."""
    assert oauth2.fields(details) == fields


@pytest.mark.parametrize("details", [OAuth2Details(), OAuth2Details(username="me")])
def test_credentials_are_needed(details: OAuth2Details) -> None:
    """What was not given is named with the sentence that gives it."""
    with pytest.raises(BadValue, match="was not given") as raised:
        oauth2.fields(details)
    assert "Given OAuth2 credentials" in raised.value.fix


def test_scopes() -> None:
    """Commas, spaces and lists are all the same."""
    assert oauth2.scopes("a, b") == oauth2.scopes("a b") == oauth2.scopes(["a", "b"]) == "a b"


@pytest.mark.parametrize("text", ["a=1&b=2", "a=1, b=2", '{"a": "1", "b": "2"}', {"a": "1", "b": "2"}])
def test_extra_fields(text: object) -> None:
    """A query string, a list and JSON name the same fields."""
    assert oauth2.extra_fields(text) == {"a": "1", "b": "2"}


@pytest.mark.parametrize("text", ["a", "a=1, b", 5])
def test_what_names_no_fields_is_refused(text: object) -> None:
    """The error shows how fields are written."""
    with pytest.raises(BadValue) as raised:
        oauth2.extra_fields(text)
    assert "OAuth2 extra fields" in raised.value.fix


def test_no_secret_in_a_repr() -> None:
    """Whoever prints the details sees no password."""
    assert "s3cret" not in repr(OAuth2Details(username="me", password="s3cret"))
