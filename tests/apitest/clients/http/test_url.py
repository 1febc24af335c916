"""How a URL is put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.clients.http.url import join, with_parameters
from apitest.errors import BadValue


@pytest.mark.parametrize(
    ("address", "path", "query", "url"),
    [
        ("http://h", "", "", "http://h"),
        ("http://h", "/a", "", "http://h/a"),
        ("http://h", "a", "", "http://h/a"),
        ("http://h/", "a", "", "http://h/a"),
        ("http://h/", "/a", "", "http://h/a"),
        ("http://h", "//a", "", "http://h//a"),
        ("http://h", "?a=1", "", "http://h?a=1"),
        ("http://h", "#top", "", "http://h#top"),
        ("http://h", "/a", "?b=1", "http://h/a?b=1"),
        ("http://h", "/a", "b=1", "http://h/a?b=1"),
        ("http://h", "/a", "&b=1", "http://h/a?b=1"),
        ("http://h", "/a?b=1", "c=2", "http://h/a?b=1&c=2"),
        ("http://h", "/a?b=1", "?c=2", "http://h/a?b=1&c=2"),
        ("HTTPS://h", "/a", "", "HTTPS://h/a"),
    ],
)
def test_parts_are_joined(address: str, path: str, query: str, url: str) -> None:
    """Missing slashes, question marks and ampersands are supplied, and none is doubled."""
    assert join(address, path, query) == url


@pytest.mark.parametrize(
    ("address", "problem", "fix"),
    [
        ("", "no address", 'Given address "http'),
        ("localhost:80", "no scheme", '"http://localhost:80"'),
        ("//h/a", "no scheme", '"http://h/a"'),
        ("ftp://h", 'the scheme "ftp"', "http:// or https://"),
    ],
)
def test_address_that_cannot_be_used(address: str, problem: str, fix: str) -> None:
    """An address that no HTTP request can go to is refused with what to write instead."""
    with pytest.raises(BadValue, match=problem) as raised:
        join(address, "/x", "")
    assert fix in raised.value.fix


def test_parameters_go_before_the_fragment() -> None:
    """Parameters follow those that are there, and precede a fragment."""
    assert with_parameters("http://h/?a=1#f", [("b", 2), ("c", "d e")]) == "http://h/?a=1&b=2&c=d%20e#f"


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1))
def test_parameters_come_back(pairs: list[tuple[str, str]]) -> None:
    """Whatever names and values hold, a server decodes them to the same."""
    from urllib.parse import parse_qsl, urlsplit

    pairs = [(name, value) for name, value in pairs if (name + value).isprintable()]
    query = urlsplit(with_parameters("http://h/", pairs)).query
    assert parse_qsl(query, keep_blank_values=True, separator="&") == pairs
