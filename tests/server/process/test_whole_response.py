"""Tests of apitest_server.process.whole_response: what a client gets of responses that are sent at once."""

import asyncio
from collections.abc import Callable

import pytest
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from apitest_server.process.whole_response import at_once, refusal
from apitest_server.service.asgi import WHOLE, RawHeaders

HEADERS: list[tuple[bytes, bytes]] = [(b"server", b"apitest-server"), (b"content-type", b"text/plain")]
LENGTH = [(b"content-length", b"5")]
DATE = [(b"date", b"Fri, 27 Nov 2026 10:00:00 GMT")]


class Connection(asyncio.Transport):
    """Keeps what is written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.is_closed = False

    def write(self, data: object) -> None:
        assert isinstance(data, bytes)
        self.written.append(data)

    def close(self) -> None:
        self.is_closed = True


def cycle(connection: Connection, method: str, keep_alive: bool, done: Callable[[], None]) -> RequestResponseCycle:
    return RequestResponseCycle(
        scope={"type": "http", "method": method},  # type: ignore[typeddict-item]  # no more of it is used
        transport=connection,
        flow=FlowControl(connection),
        logger=None,  # type: ignore[arg-type]  # nothing is logged
        access_logger=None,  # type: ignore[arg-type]
        access_log=False,
        default_headers=DATE,
        message_event=asyncio.Event(),
        expect_100_continue=True,
        keep_alive=keep_alive,
        on_response=done,
    )


async def sent(at_once_: bool, method: str, keep_alive: bool, status: int, headers: RawHeaders) -> tuple[object, ...]:
    """What is written, in how many pieces, whether the connection is closed, and how often it is told to be over."""
    connection, over = Connection(), []
    one = cycle(connection, method, keep_alive, lambda: over.append(True))
    body = b"" if status == 204 else b"hello"
    if at_once_:
        whole = {"type": WHOLE, "status": status, "headers": headers, "body": body}
        await at_once(one).send(whole)  # type: ignore[arg-type]  # uvicorn knows no such message
    else:
        await one.send({"type": "http.response.start", "status": status, "headers": headers})
        await one.send({"type": "http.response.body", "body": body})
    state = one.response_complete, one.waiting_for_100_continue, one.keep_alive, one.message_event.is_set()
    return b"".join(connection.written), connection.is_closed, len(over), state


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize("keep_alive", [True, False])
@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, HEADERS + LENGTH),
        (404, HEADERS + LENGTH),
        (299, HEADERS + LENGTH),
        (200, [*HEADERS, *LENGTH, (b"connection", b"close")]),
        (200, HEADERS),
        (204, HEADERS),
    ],
)
def test_it_is_what_the_parts_would_be(method: str, keep_alive: bool, status: int, headers: RawHeaders) -> None:
    """Each byte, the end of the connection and the state of the request are the same."""

    async def both() -> None:
        expected = await sent(False, method, keep_alive, status, headers)
        assert await sent(True, method, keep_alive, status, headers) == expected

    asyncio.run(both())


def test_it_is_one_piece() -> None:
    """Head and body reach the transport together, and the scope says that they may."""

    async def one() -> None:
        connection = Connection()
        ready = at_once(cycle(connection, "GET", True, lambda: None))
        whole = {"type": WHOLE, "status": 200, "headers": HEADERS + LENGTH, "body": b"hello"}
        await ready.send(whole)  # type: ignore[arg-type]  # uvicorn knows no such message
        assert len(connection.written) == 1
        assert ready.scope["extensions"] == {WHOLE: {}}

    asyncio.run(one())


def test_nothing_goes_to_a_client_that_is_gone() -> None:
    """The response is forgotten."""

    async def one() -> None:
        connection = Connection()
        ready = at_once(cycle(connection, "GET", True, lambda: None))
        ready.disconnected = True
        whole = {"type": WHOLE, "status": 200, "headers": HEADERS + LENGTH, "body": b"hello"}
        await ready.send(whole)  # type: ignore[arg-type]  # uvicorn knows no such message
        assert connection.written == []

    asyncio.run(one())


def test_a_refusal_ends_the_connection() -> None:
    """It has a cid and no body."""
    head, _, body = refusal(431, "abc").partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[0].startswith(b"HTTP/1.1 431 ")
    assert {b"x-zato-cid: abc", b"connection: close", b"content-length: 0"} < set(head.split(b"\r\n"))
    assert body == b""
