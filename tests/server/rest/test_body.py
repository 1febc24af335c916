"""Tests of apitest_server.rest.body."""

import asyncio

import pytest

from apitest_server.errors import PayloadTooLarge
from apitest_server.invoke.pipeline import Gone
from apitest_server.rest.body import receive_body
from apitest_server.service.asgi import Received
from tests.server.asgi import scope


def received(parts: list[Received], limit: int = 10, **headers: str) -> tuple[bytes, int]:
    """The body, and how many parts were not read."""

    async def receive() -> Received:
        return parts.pop(0)

    body = asyncio.run(receive_body(scope("POST", "/", headers), receive, limit))
    return body, len(parts)


def part(body: bytes, more_body: bool = True) -> Received:
    return {"type": "http.request", "body": body, "more_body": more_body}


def test_a_body_in_parts_is_put_together() -> None:
    """Up to the limit, which is part of what is allowed."""
    assert received([part(b"12345"), part(b""), part(b"67890", more_body=False)]) == (b"1234567890", 0)
    assert received([{"type": "http.request"}]) == (b"", 0)


def test_a_body_over_the_limit_is_not_read_to_its_end() -> None:
    """Reading stops with the part that goes over it."""
    parts = [part(b"123456"), part(b"123456"), part(b"123456", more_body=False)]
    with pytest.raises(PayloadTooLarge, match="limit of 10 bytes"):
        received(parts)
    assert len(parts) == 1


def test_a_content_length_over_the_limit_is_enough() -> None:
    """Nothing is read."""
    parts = [part(b"1", more_body=False)]
    with pytest.raises(PayloadTooLarge):
        received(parts, Content_Length="11")
    assert len(parts) == 1


@pytest.mark.parametrize("before", [[], [part(b"123")]])
def test_a_client_that_goes_away_ends_the_request(before: list[Received]) -> None:
    """Before its body, or in the middle of it."""
    with pytest.raises(Gone):
        received([*before, {"type": "http.disconnect"}])
