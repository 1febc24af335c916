"""Tests of apitest_server.process.upgrades."""

import pytest

from apitest_server.process.upgrades import without_upgrade

NEXT = b"GET /next HTTP/1.1\r\nA: b\r\n\r\n"


class Told:
    def __init__(self) -> None:
        self.events: list[str] = []

    def on_message_begin(self) -> None:
        self.events.append("begin")

    def on_url(self, url: bytes) -> None:
        self.events.append(f"url {url.decode()}")

    def on_header(self, name: bytes, value: bytes) -> None:
        self.events.append(f"{name.decode()}: {value.decode()}")

    def on_headers_complete(self) -> None:
        self.events.append("headers")

    def on_body(self, body: bytes) -> None:
        self.events.append(f"body {body.decode()}")

    def on_message_complete(self) -> None:
        self.events.append("complete")


@pytest.mark.parametrize(
    ("headers", "body", "events"),
    [
        ([(b"upgrade", b"h2c"), (b"content-length", b"3")], b"abc", ["body abc"]),
        ([(b"transfer-encoding", b"chunked")], b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", ["body ab", "body c"]),
        ([(b"host", b"x")], b"", []),
    ],
)
def test_the_head_is_not_told_twice(headers: list[tuple[bytes, bytes]], body: bytes, events: list[str]) -> None:
    """The body is told, and then all of the next request."""
    told = Told()
    parser, head = without_upgrade(told, headers)
    assert not parser.should_upgrade()
    parser.feed_data(head)
    parser.feed_data(body + NEXT)
    assert told.events == [*events, "complete", "begin", "url /next", "A: b", "headers", "complete"]
