"""Tests of apitest_server.rest.sending."""

import asyncio
from collections.abc import Mapping

import pytest

from apitest_server.rest.exchange import HTTPReply
from apitest_server.rest.sending import sent
from apitest_server.service.asgi import WHOLE, Received


def told(*, leaves: bool = False, fails: bool = False) -> tuple[list[bool], bytes]:
    """What is told of a response, and what was sent of it."""
    arrivals: list[bool] = []
    parts: list[bytes] = []
    before_the_end: list[bool] = []

    async def receive() -> Received:
        if not leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, object]) -> None:
        if fails:
            raise OSError("gone")
        body = message.get("body", b"")
        assert isinstance(body, bytes)
        parts.append(body)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            before_the_end.extend(arrivals)

    async def when_sent(arrived: bool) -> None:
        arrivals.append(arrived)

    try:
        asyncio.run(sent(HTTPReply(200, [], b"abc", when_sent), receive, send))
    except OSError:
        assert fails
    else:
        assert before_the_end == arrivals
    return arrivals, b"".join(parts)


@pytest.mark.parametrize(
    ("leaves", "fails", "expected"),
    [(False, False, ([True], b"abc")), (True, False, ([False], b"abc")), (False, True, ([False], b""))],
)
def test_it_is_told_once_whether_a_response_arrived(
    leaves: bool, fails: bool, expected: tuple[list[bool], bytes]
) -> None:
    """It did where the client is there; it did not where it left, or where sending failed."""
    assert told(leaves=leaves, fails=fails) == expected


def test_a_whole_response_is_one_message() -> None:
    """Where the server takes that, and nobody wants to know whether it arrived."""
    messages: list[Mapping[str, object]] = []

    async def receive() -> Received:
        raise AssertionError("nothing is asked of the client")

    async def send(message: Mapping[str, object]) -> None:
        messages.append(message)

    asyncio.run(sent(HTTPReply(200, [], b"abc"), receive, send, at_once=True))
    assert messages == [{"type": WHOLE, "status": 200, "headers": [], "body": b"abc"}]
