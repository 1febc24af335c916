"""Sentences that check the headers of a response."""

from urllib.parse import quote

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer

HEADERS = "/headers?" + "&".join(f"{quote(n)}={quote(v)}" for n, v in {"X-A": "alpha beta", "X-Empty": ""}.items())


@pytest.fixture
def with_headers(play: Play, web: WebServer) -> Play:
    play(f'address "{web.address}{HEADERS}"', "the URL is invoked")
    return play


def test_header_check_passes(with_headers: Play, subtests: pytest.Subtests) -> None:
    """A check of a header that holds lets the scenario go on."""
    for check in [
        'header "x-a" is "alpha beta"',
        'header "X-A" is not "alpha"',
        'header "X-A" isn\'t "alpha"',
        'header "X-A" contains "a b"',
        'header "X-A" does not contain "gamma"',
        'header "X-A" starts with "alpha"',
        'header "X-A" does not start with "beta"',
        'header "X-A" ends with "beta"',
        'header "X-A" doesn\'t end with "alpha"',
        'header "X-A" matches "^[a-z ]+$"',
        'header "X-A" does not match "[0-9]"',
        'header "X-A" is one of "gamma, alpha beta"',
        'header "X-A" is not one of "alpha, beta"',
        'header "X-Empty" is empty',
        'header "X-A" is not empty',
        'header "X-EMPTY" exists',
        'header "X-B" does not exist',
    ]:
        with subtests.test(check):
            with_headers(f"Then {check}")


def test_header_check_fails(with_headers: Play, subtests: pytest.Subtests) -> None:
    """A check of a header that does not hold fails."""
    for check in [
        'header "X-A" is "Alpha beta"',
        'header "X-A" is not "alpha beta"',
        'header "X-A" contains "gamma"',
        'header "X-A" does not contain "beta"',
        'header "X-A" starts with "beta"',
        'header "X-A" does not start with "alpha"',
        'header "X-A" ends with "alpha"',
        'header "X-A" does not end with "beta"',
        'header "X-A" matches "^[0-9]+$"',
        'header "X-A" does not match "^alpha"',
        'header "X-A" is one of "alpha, beta"',
        'header "X-A" is not one of "gamma, alpha beta"',
        'header "X-B" is not one of "gamma"',
        'header "X-A" is empty',
        'header "X-Empty" is not empty',
        'header "X-B" exists',
        'header "X-B" is "1"',
        'header "X-Empty" does not exist',
    ]:
        with subtests.test(check), pytest.raises(CheckFailed):
            with_headers(f"Then {check}")


def test_header_is_stored(with_headers: Play) -> None:
    """A header's value can be used by later steps."""
    with_headers('I store header "x-a" under "a"', 'header "X-A" is "#a"')
    assert with_headers.zato.user_ctx["a"] == "alpha beta"


def test_missing_header_has_near_misses(with_headers: Play) -> None:
    """A misspelt name is met with the one that was probably meant, another with those that there are."""
    with pytest.raises(CheckFailed) as raised:
        with_headers('header "X-Emtpy" exists')
    assert raised.value.fix.startswith("Did you mean X-Empty")
    with pytest.raises(CheckFailed) as raised:
        with_headers('header "Zzz" exists')
    assert "Content-Type" in raised.value.fix


@pytest.mark.parametrize("name", ["", " ", "X A", "X-A:", "X-\u00e9"])
def test_what_is_no_name(with_headers: Play, name: str) -> None:
    """That there is no such header says nothing: there cannot be one."""
    with pytest.raises(BadValue, match="cannot be the name of a header"):
        with_headers(f'header "{name}" does not exist')
