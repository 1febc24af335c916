"""Cookies that servers set, and their attributes."""

import pytest

from apitest.clients.http import client as http
from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play


@pytest.fixture
def cookies(play: Play) -> Play:
    """A scenario in which a server has set two cookies, and a step one that is sent."""
    jar = http.cookies(play.zato)
    jar.set("session", "abc", domain="example.com", path="/app", secure=True, expires=0, rest={"HttpOnly": None})
    jar.set("language", "en", domain="example.com", rest={"samesite": "Lax"})
    play('Given cookie "mine" "1"')
    answers_json(play, {})
    return play


def test_only_what_a_server_set_exists(cookies: Play) -> None:
    """A cookie that a step sends was set by no server."""
    cookies('cookie "session" exists', 'cookie "mine" does not exist', 'cookie "session" is "abc"')
    with pytest.raises(CheckFailed, match='No server has set a cookie "mine"'):
        cookies('cookie "mine" exists')


def test_attributes(cookies: Play) -> None:
    """Attributes are found in any case; one without a value is an empty text."""
    cookies(
        'attribute "Path" of cookie "session" is "/app"',
        'attribute "domain" of cookie "session" is "example.com"',
        'attribute "Secure" of cookie "session" exists',
        'attribute "HttpOnly" of cookie "session" is empty',
        'attribute "Expires" of cookie "session" is a date before "1970-01-02"',
        'attribute "SameSite" of cookie "language" is "Lax"',
        'attribute "Secure" of cookie "language" does not exist',
        'attribute "HttpOnly" of cookie "language" does not exist',
        'attribute "Expires" of cookie "language" does not exist',
    )


def test_what_there_is_not(cookies: Play) -> None:
    """A cookie that is missing fails the check, an attribute that cookies cannot have is a mistake."""
    with pytest.raises(CheckFailed, match="has no attribute Secure"):
        cookies('attribute "Secure" of cookie "language" exists')
    with pytest.raises(CheckFailed, match="Did you mean session"):
        cookies('attribute "Secure" of cookie "sesion" does not exist')
    with pytest.raises(BadValue, match="no attribute Size"):
        cookies('attribute "Size" of cookie "session" exists')


@pytest.mark.parametrize("name", ["", "a b", "a=b", "a;"])
def test_what_is_no_name(cookies: Play, name: str) -> None:
    """That there is no such cookie says nothing: there cannot be one."""
    with pytest.raises(BadValue, match="cannot be the name of a cookie"):
        cookies(f'cookie "{name}" does not exist')
