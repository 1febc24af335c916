"""Tests of apitest_server.security.credentials."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.security import credentials


@given(st.text(st.characters(exclude_characters=":", codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_basic_credentials_survive_their_header(username: str, password: str) -> None:
    """A password may hold colons, a user name may not."""
    encoded = b64encode(f"{username}:{password}".encode()).decode()
    assert credentials.basic(f"Basic {encoded}") == (username, password)


@pytest.mark.parametrize("header", ["", "Basic", "Bearer abc", "Basic !", "Basic YQ==", "Basic /w==", "Basic d\xff=="])
def test_a_header_that_is_no_basic_auth_is_none(header: str) -> None:
    """Another scheme, bad Base64, bad UTF-8 and a missing colon are all no credentials."""
    assert credentials.basic(header) is None


def test_a_header_of_basic_auth_says_what_it_was_made_of() -> None:
    """In any language."""
    assert credentials.basic(credentials.basic_value("Zoë", "zażółć:x")) == ("Zoë", "zażółć:x")


def test_a_bearer_token_is_what_follows_its_scheme() -> None:
    """The scheme is written in any case."""
    assert credentials.bearer("bEARER  abc ") == "abc"
    assert credentials.bearer("Basic abc") == ""


def test_secrets_are_compared_as_text_or_bytes() -> None:
    """Equal is equal, in text of any language."""
    assert credentials.same("zażółć", "zażółć".encode())
    assert not credentials.same("a", "b")
    assert credentials.same("\ud800", "\ud800")


@pytest.mark.parametrize("username", ["", "a b", "a:", "a\r\nb", "Zoë"])
def test_a_key_has_a_header_of_its_own_where_its_user_name_can_be_none(username: str) -> None:
    """A user name that can be the name of a header is that of the key's."""
    assert credentials.header_of_key(username) == "X-API-Key"
    assert credentials.header_of_key("X-My-Key") == "X-My-Key"
