"""Translates the errors of websocket-client and of the sockets below it; the only place that knows them.

Imported when a connection is opened, since it needs the library.
"""

import ssl
import struct
from collections.abc import Callable
from http.client import HTTPException
from typing import NamedTuple

import websocket

from apitest.clients.http.limits import TooLarge
from apitest.clients.websocket.handshake import Refused
from apitest.clients.websocket.proxy import VARIABLES, ProxyFailed
from apitest.clients.websocket.types import NOT_UTF8, PROTOCOL_ERROR
from apitest.clients.websocket.types import TOO_LARGE as MESSAGE_TOO_LARGE
from apitest.errors import ApitestError, CheckFailed, TimedOut, Unreachable
from apitest.language.shortening import cut

_LONGER = 'A longer limit is set with: Given timeout is "{:g}"'
_NOT_A_WEBSOCKET = "Does the server speak WebSocket at this URL?"
_SHOWN = 200  # characters of what a server said


class Attempt(NamedTuple):
    """What was tried: for the texts of the errors.

    Attributes:
        line: what and where, without secrets.
        host: the host and port.
        timeout: the limit, in seconds.
        opening: whether the connection was not open yet.
        proxy: the one in use, without secrets; empty for none.
    """

    line: str
    host: str
    timeout: float
    opening: bool = False
    proxy: str = ""


def translate(error: BaseException, attempt: Attempt) -> ApitestError:
    """The error to show for one that came out of the library, the socket or what we made of them."""
    if isinstance(error, ApitestError):
        return error
    make = next((KNOWN[kind] for kind in type(error).__mro__ if kind in KNOWN), _socket)
    return make(error, attempt)


def close_code(error: BaseException) -> int | None:
    """The code that the other end is told; None where it cannot be told anything."""
    if isinstance(error, UnicodeDecodeError | websocket.WebSocketPayloadException):
        return NOT_UTF8
    if isinstance(error, TooLarge):
        return MESSAGE_TOO_LARGE
    return PROTOCOL_ERROR if isinstance(error, websocket.WebSocketException) else None


def _refused(error: BaseException, attempt: Attempt) -> ApitestError:
    handshake = error.args[0]
    status = f"{handshake.status} {handshake.reason}".strip()
    location = handshake.header("Location")
    if 300 <= handshake.status < 400 and location:
        fix = "Connect to that URL; redirects of a handshake are not followed"
        return CheckFailed(f"The server redirects the WebSocket: {status}, to {location}", attempt.line, fix)
    said = cut(" ".join(handshake.body.decode("utf-8", "replace").split()), _SHOWN)
    return CheckFailed(
        f"The server refused the WebSocket: {status}", attempt.line, expected="101 Switching Protocols", actual=said
    )


def _invalid(error: BaseException, attempt: Attempt) -> ApitestError:
    """What came is neither a handshake's answer nor a frame."""
    said = cut(str(error).rstrip("."), _SHOWN)
    if "rsv is not" in said:
        said = "a frame is compressed or extended, which was not agreed on"
    if attempt.opening:
        problem = f"The answer of {attempt.host} is not that of a WebSocket handshake: {said}"
        return Unreachable(problem, attempt.line, _NOT_A_WEBSOCKET)
    return CheckFailed(f"The server does not keep to the WebSocket protocol: {said}", attempt.line)


def _not_text(error: BaseException, attempt: Attempt) -> ApitestError:
    if attempt.opening:
        return _invalid(error, attempt)
    problem = "The server sent a text message that is not UTF-8"
    return CheckFailed(problem, attempt.line, "Other bytes need a binary message")


def _proxy(error: BaseException, attempt: Attempt) -> ApitestError:
    name = f"The proxy {attempt.proxy}" if attempt.proxy else "The proxy"
    return Unreachable(f"{name} does not connect to {attempt.host}: {error}", attempt.line, VARIABLES)


def _lost(error: BaseException, attempt: Attempt) -> ApitestError:
    if attempt.opening:
        problem = f"{attempt.host} closed the connection before the WebSocket handshake was over"
        return Unreachable(problem, attempt.line, _NOT_A_WEBSOCKET)
    return Unreachable("The connection was lost", attempt.line)


def _timed_out(error: BaseException, attempt: Attempt) -> ApitestError:
    fix = _LONGER.format(attempt.timeout * 4)
    if attempt.opening:
        problem = f"The WebSocket handshake with {attempt.host} was not over within {attempt.timeout:g} s"
        return TimedOut(problem, attempt.line, fix)
    return TimedOut(f"The server did not take a message within {attempt.timeout:g} s", attempt.line, fix)


def _too_large(error: BaseException, attempt: Attempt) -> ApitestError:
    fix = "" if attempt.opening else 'To take more: Given responses are limited to "500 MB"'
    return CheckFailed(f"The server sends {error}", attempt.line, fix)


def _socket(error: BaseException, attempt: Attempt) -> ApitestError:
    """What HTTP has, too: hosts that are not there, connections that are refused, certificates."""
    from apitest.clients.http import errors as http_errors  # here, since it imports requests

    known = next(kind for kind in type(error).__mro__ if kind in http_errors.KNOWN)
    if known not in (OSError, BaseException):
        return http_errors.translate(error, http_errors.Attempt(attempt.line, attempt.host, attempt.timeout))
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Unreachable(f"No connection to {attempt.host}: {said}", attempt.line, "Is the address right?")


KNOWN: dict[type[BaseException], Callable[[BaseException, Attempt], ApitestError]] = {
    Refused: _refused,
    ProxyFailed: _proxy,
    TooLarge: _too_large,
    TimeoutError: _timed_out,
    EOFError: _lost,
    ConnectionResetError: _lost,
    ConnectionAbortedError: _lost,
    BrokenPipeError: _lost,
    UnicodeDecodeError: _not_text,
    ssl.SSLError: _socket,
    # What the library's parsing, or ours, makes of garbage
    ValueError: _invalid,
    IndexError: _invalid,
    struct.error: _invalid,
    HTTPException: _invalid,
    # websocket-client
    websocket.WebSocketException: _invalid,
    websocket.WebSocketProtocolException: _invalid,
    websocket.WebSocketPayloadException: _not_text,
    websocket.WebSocketConnectionClosedException: _lost,
    websocket.WebSocketTimeoutException: _timed_out,
    websocket.WebSocketProxyException: _invalid,
    websocket.WebSocketBadStatusException: _invalid,
    websocket.WebSocketAddressException: _invalid,
}
