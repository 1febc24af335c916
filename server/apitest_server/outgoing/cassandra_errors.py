"""Translates the errors of Cassandra and its driver into those of the server."""

import re
import ssl
import struct
from collections.abc import Iterable, Iterator
from typing import cast

from cassandra import (
    AuthenticationFailed,
    DriverException,
    InvalidRequest,
    OperationTimedOut,
    Timeout,
    Unavailable,
    UnresolvableContactPoints,
)
from cassandra.cluster import NoHostAvailable
from cassandra.connection import ConnectionException
from cassandra.protocol import ErrorMessage

from apitest_server.errors import DatabaseError

FOREIGN: tuple[type[Exception], ...] = (
    DriverException, ErrorMessage, NoHostAvailable, InvalidRequest, ConnectionException,
)  # fmt: skip
"""What the driver raises once a session is open."""

UNFIT: tuple[type[Exception], ...] = (TypeError, ValueError, LookupError, AttributeError, struct.error)
"""What the driver raises for parameters that do not fit a statement."""

_MESSAGE = re.compile(r'message="(.*)"\s*$', re.DOTALL)
_LAST_ERROR = re.compile(r"Last error: (.*)", re.DOTALL)


def connecting(name: str, error: Exception) -> DatabaseError:
    """Why no session could be opened.

    Args:
        name: of the connection.
        error: the driver's, or the system's.
    """
    reasons = list(_reasons(error))
    said = "; ".join(dict.fromkeys(map(_said, reasons)))
    if isinstance(error, UnresolvableContactPoints):
        problem, said = "cannot be reached", "none of its contact points is the name or address of a node"
    elif any(
        isinstance(reason, AuthenticationFailed) or "requires authentication" in str(reason) for reason in reasons
    ):
        problem = "refuses the user name or the password"
    elif any(isinstance(reason, ssl.SSLError) for reason in reasons):
        problem = "cannot be reached over TLS"
    elif any(isinstance(reason, OperationTimedOut | TimeoutError) for reason in reasons):
        problem = "did not answer in time"
    else:
        problem = "cannot be reached"
    return DatabaseError(f"Cassandra of `{name}` {problem}: {said}", "", "", True)


def running(name: str, error: Exception) -> DatabaseError:
    """Why a statement did not run.

    Args:
        name: of the connection.
        error: the driver's.
    """
    said = "; ".join(dict.fromkeys(map(_said, _reasons(error))))
    if isinstance(error, OperationTimedOut | Timeout):
        return DatabaseError(f"Cassandra of `{name}` did not answer in time: {said}", "", "", True)
    if isinstance(error, Unavailable) or is_lost(error):
        return DatabaseError(f"Cassandra of `{name}` cannot be reached: {said}", "", "", True)
    return DatabaseError(f"Cassandra of `{name}` refuses the statement: {said}")


def unfit(name: str, error: Exception) -> DatabaseError:
    """That parameters do not fit a statement; the driver says which, not what they were."""
    return DatabaseError(f"The parameters do not fit the statement for `{name}`: {_said(error)}")


def is_lost(error: Exception) -> bool:
    """Whether no node could be asked: a new session may find one."""
    return isinstance(error, NoHostAvailable | ConnectionException)


def _reasons(error: Exception) -> Iterator[Exception]:
    """The errors of the single nodes, or the error itself."""
    errors = cast(object, getattr(error, "errors", None))
    found: Iterable[object] = errors.values() if isinstance(errors, dict) else ()
    reasons = [each for each in found if isinstance(each, Exception)]
    yield from reasons or [error]


def _said(error: Exception) -> str:
    """The error in its own words on one line, without codes."""
    if isinstance(error, OperationTimedOut):
        return "no answer"
    first = error.args[0] if isinstance(error, NoHostAvailable) else error  # The others are the nodes
    text = str(getattr(error, "message", "") or getattr(error, "strerror", "") or first)
    match = _MESSAGE.search(text) or _LAST_ERROR.search(text)
    return " ".join((match[1] if match else text).split()) or type(error).__name__
