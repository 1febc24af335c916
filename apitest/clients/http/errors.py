"""Translates the errors of requests and urllib3; the only place that knows them.

Imported when something went wrong, since it needs both libraries.
"""

import socket
import ssl
from collections.abc import Callable
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from typing import NamedTuple, TypeVar

import requests.exceptions as theirs
import urllib3.exceptions as below

from apitest.clients.http.limits import BadHost, NotConnected, NotConnectedInTime, TooLarge, UnknownHost
from apitest.clients.http.redirects import BadRedirect, TooManyRedirects
from apitest.clients.http.url import fault
from apitest.errors import ApitestError, BadValue, CheckFailed, TimedOut, TLSFailed, Unreachable
from apitest.expressions import expression

_NOISE = expression(r"\(_ssl\.c:\d+\)|^\[SSL[^\]]*\] |^<[^>]*>: |^[\w.]+\(.*?\): ")
_START = "Is the server started, and is the address right?"
_TIMEOUT = 'A longer limit is set with: Given timeout is "{:g}"'
_TLS_OFF = "To send the request all the same: Given TLS verification is off"
_CA_FILE = 'To trust the authority that issued it: Given CA file "ca.pem"'
_E = TypeVar("_E", bound=BaseException)


class Attempt(NamedTuple):
    """What was tried: for the texts of the errors.

    Attributes:
        line: the request line, without secrets.
        host: the host and port.
        timeout: the limit, in seconds.
        proxy: the proxy in use, without secrets; empty for none.
    """

    line: str
    host: str
    timeout: float
    proxy: str = ""


Translate = Callable[[BaseException, Attempt], ApitestError]


def translate(error: BaseException, attempt: Attempt) -> ApitestError:
    """The error to show for one that came out of requests, urllib3 or the socket below them.

    The outermost that is more than a wrapper decides; what it wraps tells the details.
    """
    for cause in _causes(error):
        make = next(KNOWN[kind] for kind in type(cause).__mro__ if kind in KNOWN)
        if make is not _look_deeper:
            return make(cause, attempt)
    return _unreachable(error, attempt)


def _causes(error: BaseException) -> list[BaseException]:
    """The error and those that it wraps, the outermost first."""
    chain: list[BaseException] = []
    pending: list[object] = [error]
    while pending:
        current = pending.pop(0)
        if isinstance(current, BaseException) and current not in chain:
            chain.append(current)
            pending += [getattr(current, "reason", None), *current.args, current.__cause__, current.__context__]
    return chain


def _within(error: BaseException, kind: type[_E]) -> _E | None:
    """The error of that kind that an error is or wraps, or None."""
    return next((cause for cause in _causes(error) if isinstance(cause, kind)), None)


def _look_deeper(error: BaseException, attempt: Attempt) -> ApitestError:
    """For wrappers, which only say that something else is wrong."""
    return _unreachable(error, attempt)


def _unreachable(error: BaseException, attempt: Attempt) -> ApitestError:
    return Unreachable(f"The request failed: {_text(error)}", attempt.line, _START)


def _no_connection(error: BaseException, attempt: Attempt) -> ApitestError:
    if _within(error, ConnectionRefusedError):
        problem = f"Nothing listens at {attempt.host}: the connection was refused"
    else:
        cause = _within(error, OSError) or error
        problem = f"No connection to {attempt.host}: {_text(cause)}"
    return Unreachable(problem, attempt.line, _START)


def _no_such_host(error: BaseException, attempt: Attempt) -> ApitestError:
    host = attempt.host.rpartition(":")[0] or attempt.host
    return Unreachable(f'Unknown host "{host}": its name has no address', attempt.line, "Is the address spelled right?")


def _broken(error: BaseException, attempt: Attempt) -> ApitestError:
    if _within(error, TimeoutError):  # while the request was sent
        return _timed_out(error, attempt)
    odd = _within(error, HTTPException)
    if odd is not None and not isinstance(odd, RemoteDisconnected | IncompleteRead):
        return _malformed(odd, attempt)
    problem = f"{attempt.host} closed the connection before its answer was complete"
    return Unreachable(problem, attempt.line, "The server's log should say why")


def _timed_out(error: BaseException, attempt: Attempt) -> ApitestError:
    return TimedOut(
        f"No complete answer within {attempt.timeout:g} s", attempt.line, _TIMEOUT.format(attempt.timeout * 2)
    )


def _not_connected_in_time(error: BaseException, attempt: Attempt) -> ApitestError:
    problem = f"No connection to {attempt.host} within {attempt.timeout:g} s"
    return TimedOut(problem, attempt.line, f"{_START}\n{_TIMEOUT.format(attempt.timeout * 2)}")


def _proxy(error: BaseException, attempt: Attempt) -> ApitestError:
    return Unreachable(
        f"The proxy {attempt.proxy} cannot be used: {_text(error)}".replace("  ", " "),
        attempt.line,
        "Proxies come from the variables http_proxy, https_proxy and no_proxy of the environment",
    )


def _tls(error: BaseException, attempt: Attempt) -> ApitestError:
    untrusted = _within(error, ssl.SSLCertVerificationError)
    if untrusted is not None:
        return _untrusted(untrusted, attempt)
    problem = f"TLS handshake with {attempt.host} failed: {_text(error)}"
    text = str(error).lower()
    if "wrong version number" in text or "record layer failure" in text:
        fix = "Does the server speak plain HTTP there? Then its address starts with http://"
    elif any(said in text for said in ("certificate required", "handshake failure", "eof occurred")):
        fix = 'If the server asks for a client certificate: Given client certificate "client.pem" with key "client.key"'
    else:
        fix = f"{_CA_FILE}\n{_TLS_OFF}"
    return TLSFailed(problem, attempt.line, fix)


def _untrusted(error: ssl.SSLCertVerificationError, attempt: Attempt) -> ApitestError:
    reason = getattr(error, "verify_message", "") or _text(error)
    problem = f"The certificate of {attempt.host} is not trusted: {reason}"
    authority_known = any(word in reason.lower() for word in ("expired", "mismatch", "not yet valid", "not valid for"))
    return TLSFailed(problem, attempt.line, _TLS_OFF if authority_known else f"{_CA_FILE}\n{_TLS_OFF}")


def _circles(error: BaseException, attempt: Attempt) -> ApitestError:
    fix = "To look at the first answer: Given redirects are not followed"
    return CheckFailed("The server redirects endlessly: 30 redirects were followed", attempt.line, fix)


def _bad_redirect(error: BaseException, attempt: Attempt) -> ApitestError:
    fix = "To look at the answer itself: Given redirects are not followed"
    return CheckFailed(f"The server redirects to a URL that cannot be requested: {_text(error)}", attempt.line, fix)


def _bad_url(error: BaseException, attempt: Attempt) -> ApitestError:
    fix = "An address is written like http://localhost:8080"
    return BadValue(f"The URL cannot be used: {fault(_text(error))}", attempt.line, fix)


def _bad_header(error: BaseException, attempt: Attempt) -> ApitestError:
    return BadValue(f"A header cannot be sent: {_text(error)}", attempt.line, "A header is one line of text")


def _bad_body(error: BaseException, attempt: Attempt) -> ApitestError:
    return BadValue(f"The request's body cannot be sent: {_text(error)}", attempt.line)


def _undecodable(error: BaseException, attempt: Attempt) -> ApitestError:
    problem = "The answer's body is not encoded as its Content-Encoding header says"
    return CheckFailed(problem, attempt.line, actual=_text(error))


def _malformed(error: BaseException, attempt: Attempt) -> ApitestError:
    problem = f"The answer of {attempt.host} is not valid HTTP: {_text(error)}"
    return Unreachable(problem, attempt.line, "Does the server speak HTTP at this address?")


def _too_large(error: BaseException, attempt: Attempt) -> ApitestError:
    fix = 'To take larger bodies: Given responses are limited to "500 MB"'
    return CheckFailed(f"The response has {error}", attempt.line, fix if "body" in str(error) else "")


def _bad_file(error: BaseException, attempt: Attempt) -> ApitestError:
    fix = "It comes from the variable REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE of the environment, or from a step"
    return BadValue(f"A certificate file cannot be used: {_text(error)}", attempt.line, fix)


def _text(error: BaseException) -> str:
    """What the innermost error says, without the places in C files and object addresses that libraries add."""
    last = _causes(error)[-1] if not isinstance(error, OSError) or not error.strerror else error
    text = getattr(last, "strerror", "") or (str(last.args[-1]) if last.args else type(last).__name__)
    return _NOISE.sub("", text).strip().rstrip(".") or type(last).__name__


KNOWN: dict[type[BaseException], Translate] = {
    # The socket and the TLS library
    BaseException: _look_deeper,
    HTTPException: _malformed,
    RemoteDisconnected: _broken,
    IncompleteRead: _broken,
    socket.gaierror: _no_such_host,
    ConnectionRefusedError: _no_connection,
    ConnectionResetError: _broken,
    ConnectionAbortedError: _broken,
    BrokenPipeError: _broken,
    TimeoutError: _timed_out,
    ssl.SSLError: _tls,
    TooLarge: _too_large,
    NotConnected: _no_connection,
    NotConnectedInTime: _not_connected_in_time,
    BadHost: _bad_url,
    UnknownHost: _no_such_host,
    # requests
    BadRedirect: _bad_redirect,
    TooManyRedirects: _circles,
    theirs.RequestException: _look_deeper,
    theirs.ConnectionError: _look_deeper,
    theirs.RetryError: _look_deeper,
    theirs.HTTPError: _unreachable,
    theirs.ProxyError: _proxy,
    theirs.SSLError: _tls,
    theirs.Timeout: _timed_out,
    theirs.ConnectTimeout: _not_connected_in_time,
    theirs.ReadTimeout: _timed_out,
    theirs.URLRequired: _bad_url,
    theirs.TooManyRedirects: _circles,
    theirs.MissingSchema: _bad_url,
    theirs.InvalidSchema: _bad_url,
    theirs.InvalidURL: _bad_url,
    theirs.InvalidHeader: _bad_header,
    theirs.InvalidProxyURL: _proxy,
    theirs.ChunkedEncodingError: _broken,
    theirs.ContentDecodingError: _undecodable,
    theirs.StreamConsumedError: _unreachable,
    theirs.UnrewindableBodyError: _bad_body,
    theirs.InvalidJSONError: _bad_body,
    theirs.JSONDecodeError: _malformed,
    # urllib3
    below.HTTPError: _look_deeper,
    below.PoolError: _look_deeper,
    below.RequestError: _look_deeper,
    below.MaxRetryError: _look_deeper,
    below.SSLError: _tls,
    below.ProxyError: _proxy,
    below.ProxySchemeUnknown: _proxy,
    below.ProxySchemeUnsupported: _proxy,
    below.DecodeError: _undecodable,
    below.ProtocolError: _broken,
    below.IncompleteRead: _broken,
    below.InvalidChunkLength: _broken,
    below.ResponseNotChunked: _malformed,
    below.BodyNotHttplibCompatible: _malformed,
    below.HeaderParsingError: _malformed,
    below.ResponseError: _malformed,
    below.HostChangedError: _bad_redirect,
    below.TimeoutStateError: _timed_out,
    below.TimeoutError: _timed_out,
    below.ReadTimeoutError: _timed_out,
    below.ConnectTimeoutError: _not_connected_in_time,
    below.NewConnectionError: _no_connection,
    below.NameResolutionError: _no_such_host,
    below.EmptyPoolError: _unreachable,
    below.FullPoolError: _unreachable,
    below.ClosedPoolError: _unreachable,
    below.LocationValueError: _bad_url,
    below.LocationParseError: _bad_url,
    below.URLSchemeUnknown: _bad_url,
    below.InvalidHeader: _bad_header,
    below.UnrewindableBodyError: _bad_body,
    # requests raises it itself for a certificate file that is not there
    OSError: _bad_file,
}
