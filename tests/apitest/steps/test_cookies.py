"""Sentences about cookies."""

import pytest

from apitest.errors import CheckFailed
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer


@pytest.fixture
def cookies(play: Play, web: WebServer) -> Play:
    """A scenario in which a server has set two cookies."""
    play(f'address "{web.address}/set-cookie?language=en&session=abc"', "the URL is invoked")
    return play


def test_checks_pass(cookies: Play) -> None:
    """A cookie that a server has set is there, with its value, and can be stored."""
    cookies('cookie "language" is "en"', 'cookie "session" exists', 'cookie "x" does not exist')
    cookies('I store cookie "session" under "id"', 'cookie "session" is "#id"')
    assert cookies.zato.user_ctx["id"] == "abc"


def test_checks_fail(cookies: Play, subtests: pytest.Subtests) -> None:
    """A cookie that is not as it should be fails the check."""
    for line, problem in [
        ('cookie "language" is "de"', "not the expected one"),
        ('cookie "langauge" is "de"', 'cookie "langauge"'),
        ('cookie "x" exists', 'cookie "x"'),
        ('cookie "session" doesn\'t exist', "must not exist"),
    ]:
        with subtests.test(line), pytest.raises(CheckFailed, match=problem):
            cookies(line)


def test_near_misses(cookies: Play) -> None:
    """A misspelt name is met with the one that was probably meant, another with what there is."""
    with pytest.raises(CheckFailed) as raised:
        cookies('cookie "langauge" exists')
    assert raised.value.fix == "Did you mean language?"
    with pytest.raises(CheckFailed) as raised:
        cookies('cookie "x" exists')
    assert raised.value.fix == "There are: language, session"


def test_context_is_cleaned_up(cookies: Play, web: WebServer) -> None:
    """Cleaning the context up drops the cookies; a check of them needs a response again."""
    cookies("context is cleaned up")
    with pytest.raises(CheckFailed, match="has not sent a request"):
        cookies('cookie "session" does not exist')
    cookies(f'address "{web.address}/json"', "the URL is invoked", 'cookie "session" does not exist')


def test_a_cookie_that_is_set_belongs_to_the_next_request(cookies: Play) -> None:
    """The response before it is none to it."""
    with pytest.raises(CheckFailed, match="was changed after it was sent"):
        cookies('cookie "mine" "1"', 'cookie "session" exists')
