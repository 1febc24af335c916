"""Foreign errors become ours, all of them."""

import inspect
import socket
import ssl

import pytest
from websocket import _exceptions as theirs

from apitest.clients.http.limits import TooLarge
from apitest.clients.websocket.errors import KNOWN, Attempt, close_code, translate
from apitest.clients.websocket.handshake import Handshake, Refused
from apitest.errors import ApitestError, BadValue, CheckFailed, TimedOut, TLSFailed, Unreachable

OPENING = Attempt("WebSocket ws://h/", "h:80", 5, opening=True)
OPEN = Attempt('WebSocket "a", ws://h/', "h:80", 5)


def test_every_error_is_known() -> None:
    """No class of errors of websocket-client is left to chance."""
    kinds = [kind for _, kind in inspect.getmembers(theirs, inspect.isclass) if issubclass(kind, Exception)]
    assert len(kinds) > 5
    assert [kind.__name__ for kind in kinds if kind not in KNOWN] == []


@pytest.mark.parametrize("kind", sorted(KNOWN.keys() - {Refused}, key=lambda kind: kind.__qualname__))
def test_every_error_can_be_told(kind: type[BaseException]) -> None:
    """Each error, even one without any text, becomes one of ours with a problem and a place."""
    error = kind("utf-8", b"\xff", 0, 1, "wrong") if kind is UnicodeDecodeError else kind.__new__(kind)
    for attempt in (OPENING, OPEN):
        told = translate(error, attempt)
        assert isinstance(told, ApitestError)
        assert told.problem and told.where == attempt.line


@pytest.mark.parametrize(
    ("error", "kind", "problem"),
    [
        (TimeoutError(), TimedOut, "The WebSocket handshake with h:80 was not over within 5 s"),
        (EOFError(), Unreachable, "h:80 closed the connection before the WebSocket handshake was over"),
        (ConnectionRefusedError(), Unreachable, "Nothing listens at h:80: the connection was refused"),
        (socket.gaierror(-2, "x"), Unreachable, 'Unknown host "h": its name has no address'),
        (OSError(113, "No route to host"), Unreachable, "No connection to h:80: No route to host"),
        (ssl.SSLError("x"), TLSFailed, "TLS handshake with h:80 failed: x"),
        (ValueError("odd."), Unreachable, "The answer of h:80 is not that of a WebSocket handshake: odd"),
        (RuntimeError("x"), Unreachable, "No connection to h:80: x"),
        (BadValue("ours"), BadValue, "ours"),
    ],
)
def test_while_opening(error: Exception, kind: type[ApitestError], problem: str) -> None:
    """What keeps a WebSocket from being opened is told as for HTTP."""
    told = translate(error, OPENING)
    assert (type(told), told.problem) == (kind, problem)


@pytest.mark.parametrize(
    ("error", "kind", "problem"),
    [
        (TimeoutError(), TimedOut, "The server did not take a message within 5 s"),
        (EOFError(), Unreachable, "The connection was lost"),
        (theirs.WebSocketProtocolException("rsv is not implemented, yet"), CheckFailed, "compressed or extended"),
        (theirs.WebSocketProtocolException("a frame is masked"), CheckFailed, "protocol: a frame is masked"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), CheckFailed, "a text message that is not UTF-8"),
        (TooLarge("a message of more than 5 bytes"), CheckFailed, "The server sends a message of more than 5 bytes"),
    ],
)
def test_while_open(error: Exception, kind: type[ApitestError], problem: str) -> None:
    """What a server does wrong on an open WebSocket fails a check."""
    told = translate(error, OPEN)
    assert type(told) is kind and problem in told.problem


def test_refusals() -> None:
    """A refusal is told with its status and its body, a redirect with where it leads."""
    told = translate(Refused(Handshake((), 401, "Unauthorized", (), b"who\n are you")), OPENING)
    assert told.problem == "The server refused the WebSocket: 401 Unauthorized"
    assert (told.expected, told.actual) == ("101 Switching Protocols", "who are you")
    told = translate(Refused(Handshake((), 302, "Found", (("Location", "ws://x/"),))), OPENING)
    assert told.problem == "The server redirects the WebSocket: 302 Found, to ws://x/"


def test_close_codes() -> None:
    """The other end is told what was wrong, where it can be."""
    assert close_code(TooLarge("x")) == 1009
    assert close_code(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x")) == 1007
    assert close_code(theirs.WebSocketProtocolException()) == 1002
    assert close_code(TimeoutError()) is None
