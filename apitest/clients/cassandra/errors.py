"""Translates the errors of Cassandra and its driver; the only place that knows them."""

import re
import ssl
from collections.abc import Iterable, Iterator
from typing import Any

from cassandra import (
    AuthenticationFailed,
    DriverException,
    InvalidRequest,
    OperationTimedOut,
    Timeout,
    Unauthorized,
    Unavailable,
)
from cassandra.cluster import NoHostAvailable
from cassandra.protocol import ErrorMessage, SyntaxException

from apitest.errors import ApitestError, BadValue, TimedOut, TLSFailed, Unreachable
from apitest.expressions import expression

_POSITION = expression(r"line (\d+):(\d+)\s+(.*)", re.DOTALL)
_MESSAGE = expression(r'message="(.*)"\s*$', re.DOTALL)
_LAST_ERROR = expression(r"Last error: (.*)", re.DOTALL)
_NO_TABLE = expression(r"table (\S+) does not exist|unconfigured table (\S+)")
# How the driver tells that TLS failed once the socket is its reactor's.
_TLS = expression(r"ssl|certificate|handshake", re.IGNORECASE)


def connecting(tried: str, tls: bool, error: Exception) -> ApitestError:
    """Why a session failed to open: a refused user, TLS, the protocol version, or nobody answers.

    Args:
        tried: the contact points.
        tls: whether TLS was asked for.
        error: the driver's error.
    """
    reasons = list(_reasons(error))
    said = "; ".join(dict.fromkeys(_said(reason) for reason in reasons))
    where = f"contact points {tried}"
    if any(isinstance(reason, AuthenticationFailed) or "requires authentication" in str(reason) for reason in reasons):
        return Unreachable(f"Cassandra refused the user: {said}", where, "Check the user and the password.")
    if any(isinstance(reason, ssl.SSLError) for reason in reasons) or (tls and _TLS.search(said)):
        fix = "Check the CA file, the client certificate and its key, and whether this port speaks TLS."
        return TLSFailed(f"TLS handshake with Cassandra failed: {said}", where, fix)
    if re.search(r"protocol[ _]version", said, re.IGNORECASE):
        return BadValue(f"Cassandra does not take this protocol version: {said}", where, "Version 4 or 5 will do.")
    if any(isinstance(reason, OperationTimedOut | TimeoutError) for reason in reasons):
        return TimedOut(f"Cassandra did not answer in time: {said}", where, "Is this its port, and its address?")
    if match := re.search(r"[Kk]eyspace '?(\w+)'? does not exist", said):
        return BadValue(f"There is no keyspace {match[1]}", where)
    fix = "Is the node running, and does it listen at this address and port?"
    return Unreachable(f"Cassandra cannot be reached: {said}", where, fix)


def running(tried: str, statement: str, error: Exception) -> ApitestError:
    """Why a statement did not run; with the place in it where Cassandra tells it."""
    said, where = _said(error), " ".join(statement.split())
    if isinstance(error, OperationTimedOut | Timeout):
        return TimedOut(f"Cassandra did not answer in time: {said}", f"contact points {tried}", "Is it overloaded?")
    if isinstance(error, NoHostAvailable | Unavailable):
        reasons = "; ".join(dict.fromkeys(_said(reason) for reason in _reasons(error)))
        return Unreachable(f"The connection to Cassandra was lost: {reasons}", f"contact points {tried}")
    if isinstance(error, SyntaxException):
        excerpt = _excerpt(statement, said)
        return BadValue(f"The statement is not valid CQL: {said}", "" if excerpt else where, excerpt=excerpt)
    if isinstance(error, Unauthorized):
        return BadValue(f"This user may not do that: {said}", where, "Grant it the right, or use another user.")
    return BadValue(f"Cassandra refused the statement: {said}", where)


FOREIGN: tuple[type[Exception], ...] = (DriverException, ErrorMessage, NoHostAvailable, InvalidRequest)


def _reasons(error: Exception) -> Iterator[Exception]:
    """The errors of the single nodes, or the error itself."""
    errors: Any = getattr(error, "errors", None)
    found: Iterable[Any] = errors.values() if isinstance(errors, dict) else errors or ()
    reasons = [each for each in found if isinstance(each, Exception)]
    yield from reasons or [error]


def _said(error: Exception) -> str:
    """The error in its own words on one line, without codes."""
    if isinstance(error, OperationTimedOut):
        return "no answer"
    text = str(getattr(error, "message", "") or error)
    match = _MESSAGE.search(text) or _LAST_ERROR.search(text)
    line = " ".join((match[1] if match else text).split())
    return line or type(error).__name__


def missing_table(error: Exception) -> str | None:
    """The name of the table that a statement needs and the keyspace does not have; None for another error."""
    match = _NO_TABLE.search(_said(error))
    return match[1] or match[2] if match else None


def _excerpt(statement: str, said: str) -> str:
    match = _POSITION.search(said)
    lines = statement.splitlines()
    if not match or int(match[1]) > len(lines):
        return ""
    return f"{lines[int(match[1]) - 1]}\n{' ' * int(match[2])}^"
