"""How a URL is put together."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from requests import PreparedRequest
from requests.utils import requote_uri

from apitest.clients.http.url import fault, join, origin, ready, requoted, with_parameters
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


_OF_URLS = "abcXYZ019-._~!$&'()*+,;=:@/?#%[] ü\\\"<>^`{|}"


@example("http://h:65535/")
@example("http://h:0/a")
@example("http://h/a/../b/./c")
@example("http://h/?")
@example("http://H/")
@given(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(
            ["http://h", "https://a.b-c.example:8443", "http://h:80", "HTTP://h", "http://u:p@h", "http://"]
        ),
        st.sampled_from(["", "/"]),
        st.text(_OF_URLS, max_size=12),
    )
)
def test_urls_are_made_ready_as_by_requests(url: str) -> None:
    """A URL that needs nothing done to it is told from others without requests, which has the last word of them."""
    try:
        prepared = PreparedRequest()
        prepared.prepare_url(url, None)
    except ValueError as error:
        with pytest.raises(type(error)):
            ready(url)
    else:
        assert ready(url) == prepared.url


@given(st.text(_OF_URLS, max_size=20))
def test_locations_are_quoted_as_by_requests(text: str) -> None:
    """What cannot stand in a URL is encoded, and nothing twice."""
    assert requoted(text) == requote_uri(text)


def test_origins() -> None:
    """Two URLs have one origin if scheme, host and port are the same, written out or not."""
    assert origin("http://a.example/x") == origin("HTTP://A.example:80/y") == ("http", "a.example", 80)
    for other in ("https://a.example/", "http://a.example:81/", "http://b.example/", "http://a.example.evil/"):
        assert origin("http://a.example/x") != origin(other)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Invalid URL 'http://': No host supplied", "it has no host"),
        ("Not supported URL scheme x", "it does not begin with http:// or https://"),
        ("No connection adapters were found for 'secret'", "it does not begin with http:// or https://"),
        ("Failed to parse: 'joe:secret' is not a valid host or port", "its host or its port is not valid; in a"),
        ("Port could not be cast to integer value as 'secret'", "its host or its port is not valid; in a"),
    ],
)
def test_faults(said: str, told: str) -> None:
    """What parsers quote is not told."""
    assert fault(said).startswith(told)
    assert "secret" not in fault(said)
