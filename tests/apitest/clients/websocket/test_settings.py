"""Where a WebSocket's URL leads, what is taken for a subprotocol, and which headers can be sent."""

import pytest

from apitest.clients.websocket import settings
from apitest.clients.websocket.settings import Target
from apitest.errors import BadValue


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("ws://h", "ws://h/"),
        ("WS://H:80/a?b=c#d", "ws://h/a?b=c"),
        ("wss://h:443/a", "wss://h/a"),
        ("wss://h:80/", "wss://h:80/"),
        ("http://h:8080/a", "ws://h:8080/a"),
        ("https://h/a", "wss://h/a"),
        ("ws://h/a b/ä?q=ä b%20c", "ws://h/a%20b/%C3%A4?q=%C3%A4%20b%20c"),
        ("ws://[::1]:8080/", "ws://[::1]:8080/"),
        ("ws://bücher.example/", "ws://xn--bcher-kva.example/"),
        ("/feed", "ws://127.0.0.1:8080/feed"),
        ("feed", "ws://127.0.0.1:8080/feed"),
    ],
)
def test_url(given: str, url: str) -> None:
    """Schemes of HTTP stand for those of WebSockets, default ports are left out, all is percent-encoded."""
    assert settings.target(given, "http://127.0.0.1:8080").url == url


def test_the_parts_of_a_target() -> None:
    """A target has what a socket needs; user and password are not part of its URL."""
    found = settings.target("wss://maria:p%40ss@h/a", "")
    assert found == Target("wss://h/a", "h", 443, True, ("maria", "p@ss"))
    assert (found.shown, found.authority) == ("wss://h/a", "h")


def test_parameters_are_added() -> None:
    """Parameters go to the end of the query."""
    assert settings.target("ws://h/a?b=c", "", [("d", "e f")]).url == "ws://h/a?b=c&d=e%20f"


@pytest.mark.parametrize(
    "given", ["", "feed", "ftp://h/", "ws://", "ws://h:x/", "ws://h:99999/", "ws://[::1/", "ws:///a"]
)
def test_what_is_not_a_url(given: str) -> None:
    """A text that leads nowhere is refused, with an example."""
    with pytest.raises(BadValue, match="not") as caught:
        settings.target(given, "")
    assert "ws://localhost:8080/feed" in caught.value.fix


def test_a_host_that_cannot_be_a_name() -> None:
    """A name that IDNA cannot express is refused."""
    with pytest.raises(BadValue, match="not the name of a host"):
        settings.target(f"ws://{'ä' * 70}.example/", "")


def test_the_password_of_a_url_is_not_shown() -> None:
    """An error about a URL leaves its password out."""
    with pytest.raises(BadValue) as caught:
        settings.target("ftp://maria:s3cret@h/", "")
    assert "s3cret" not in str(caught.value)


def test_subprotocols() -> None:
    """Names are separated by commas; what cannot be a name is refused."""
    assert settings.subprotocols("graphql-ws, json") == ("graphql-ws", "json")
    for wrong in ("", "a,,b", "a b", "a,b\r\nX: y"):
        with pytest.raises(BadValue, match="name of a subprotocol"):
            settings.subprotocols(wrong)


@pytest.mark.parametrize(("name", "value"), [("X A", "1"), ("", "1"), ("X:", "1"), ("X", "1\r\nY: 2"), ("X", "a\0")])
def test_headers_that_cannot_be_sent(name: str, value: str) -> None:
    """A header that would break the request is refused."""
    settings.check_header("X-A", "ä, b")
    with pytest.raises(BadValue, match="cannot be sent"):
        settings.check_header(name, value)
