"""Opens a WebSocket: the request that asks for it, and what the server answered."""

import io
import ssl
from collections.abc import Mapping, Sequence
from http.client import HTTPException, parse_headers
from typing import NamedTuple

import websocket
from websocket._handshake import CookieJar

from apitest.clients.websocket import proxy
from apitest.clients.websocket.proxy import Proxy, ProxyFailed
from apitest.clients.websocket.settings import Target
from apitest.clients.websocket.stream import Deadline, Stream, connected

_SWITCHING_PROTOCOLS = 101


class Handshake(NamedTuple):
    """The request for a WebSocket and its answer.

    Attributes:
        sent: names and values of the headers that steps asked for.
        status: of the answer; 0 where none came.
        reason: likewise; headers and body likewise.
    """

    sent: tuple[tuple[str, str], ...]
    status: int = 0
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """A header of the answer; its name is the same in any case."""
        return next((value for known, value in self.headers if known.lower() == name.lower()), None)


class Refused(Exception):
    """The server answered, and did not switch to WebSocket; the handshake is its argument."""


def shake(
    target: Target,
    headers: Mapping[str, str],
    offered: Sequence[str],
    tls: ssl.SSLContext | None,
    seconds: float,
    via: Proxy | None = None,
) -> tuple[Stream, Handshake]:
    """Connects, and asks for a WebSocket.

    Args:
        target: where.
        headers: of the request, beside those that belong to the handshake.
        offered: subprotocols that the server can choose from.
        tls: how to encrypt; None for not at all.
        seconds: the time for all of it.
        via: the proxy to go through.

    Raises:
        Refused: the server answered something else.
        Exception: of the socket or of websocket-client; see `errors`.
    """
    deadline = Deadline(seconds)
    stream = _connected(target, via, deadline)
    sent = {**headers, "Sec-WebSocket-Protocol": ", ".join(offered)} if offered else dict(headers)
    try:
        if via is not None:
            proxy.tunnel(stream, via, target)
        if tls is not None:
            stream.secure(tls, target.host)
        return stream, _shaken(stream, target, sent, offered)
    except BaseException:
        stream.close()
        raise


def _connected(target: Target, via: Proxy | None, deadline: Deadline) -> Stream:
    if via is None:
        return Stream(connected(target.host, target.port, deadline), deadline)
    try:
        return Stream(connected(via.host, via.port, deadline), deadline)
    except TimeoutError:
        raise
    except OSError as error:
        raise ProxyFailed(error.strerror or str(error)) from None


def _shaken(stream: Stream, target: Target, sent: Mapping[str, str], offered: Sequence[str]) -> Handshake:
    shown = tuple(sent.items())
    lines = [f"{name}: {value}" for name, value in sent.items()]
    client = websocket.WebSocket()
    CookieJar.jar.clear()  # it keeps cookies for the whole process; those of a scenario are among the headers
    host = next((value for name, value in sent.items() if name.lower() == "host"), None)
    try:
        client.connect(  # type: ignore[no-untyped-call]  # of the library
            target.url,
            socket=stream,
            header=lines,
            suppress_host=host is not None,
            suppress_origin=True,
            redirect_limit=0,
        )
    except websocket.WebSocketException as error:
        refusal = _refusal(shown, stream.start_frames())
        raise (error if refusal is None else Refused(refusal)) from None
    finally:
        CookieJar.jar.clear()
    answer = _answer(shown, stream.start_frames())
    if answer.status != _SWITCHING_PROTOCOLS:
        raise Refused(answer)
    chosen = answer.header("Sec-WebSocket-Protocol")
    if chosen is not None and chosen not in offered:
        problem = f"the server chose the subprotocol {chosen!r}, which was not offered"
        raise websocket.WebSocketProtocolException(problem)
    return answer


def _refusal(sent: tuple[tuple[str, str], ...], received: bytes) -> Handshake | None:
    """What the server answered instead of a WebSocket; None where that is not HTTP."""
    try:
        answer = _answer(sent, received)
    except (ValueError, HTTPException):
        return None
    return answer if answer.status != _SWITCHING_PROTOCOLS else None


def _answer(sent: tuple[tuple[str, str], ...], received: bytes) -> Handshake:
    head, _, body = received.partition(b"\r\n\r\n")
    first, _, lines = head.partition(b"\r\n")
    _, status, reason = (*first.decode("latin-1").split(" ", 2), "", "")[:3]
    fields = parse_headers(io.BytesIO(lines + b"\r\n\r\n"))
    return Handshake(sent, int(status), reason, tuple(fields.items()), body)
