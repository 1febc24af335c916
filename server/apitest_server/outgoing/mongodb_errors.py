"""What a MongoDB server refuses, and what becomes of it, as errors that services and callers understand."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bson.errors import BSONError
from pymongo import errors

from apitest_server.errors import BadRequest, Conflict, HTTPError, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.notices import Notices
from apitest_server.redaction import without

_NOT_LET_IN = 18  # The code AuthenticationFailed
_TAKEN = 11000  # The code DuplicateKey
_REMARKS = re.compile(r"\[(?:Errno -?\d+|SSL: \w+)\] |\s*\((?:_ssl\.c:\d+|configured timeouts: [^)]*)\)")
_WRONG = (
    BSONError,
    errors.CollectionInvalid,
    errors.ConfigurationError,
    errors.InvalidName,
    errors.InvalidOperation,
)


def reason(error: object) -> str:
    """Why a server is away, in one line and without the driver's own remarks."""
    text = _REMARKS.sub("", str(error)).partition(", Timeout: ")[0]
    return " ".join(text.split())


@contextmanager
def told(name: str, notices: Notices, secret: str) -> Iterator[None]:
    """Translates what the driver raises; the log is told where the server is away.

    Raises:
        HTTPError: it cannot be reached, or refuses what was asked.
    """
    try:
        yield
    except (errors.PyMongoError, BSONError) as error:
        problem = _problem(error, name, secret)
        if isinstance(problem, ServiceUnavailable) and not isinstance(error, errors.WaitQueueTimeoutError):
            notices.away(problem)
        elif isinstance(error, errors.OperationFailure):
            notices.connected()
        raise problem from None
    notices.connected()


def _problem(error: Exception, name: str, secret: str) -> HTTPError:
    said = without(_said(error), [secret])
    if isinstance(error, errors.OperationFailure):
        return _refusal(error, name, said)
    if isinstance(error, errors.NetworkTimeout):
        return ServiceTimeout(f"`{name}` did not answer in time")
    if isinstance(error, errors.WaitQueueTimeoutError):
        return ServiceUnavailable(f"`{name}` has no connection left: all are in use")
    if isinstance(error, errors.ConnectionFailure):
        return ServiceUnavailable(f"`{name}` cannot be reached: {said}")
    if isinstance(error, _WRONG):
        return BadRequest(f"`{name}` cannot be asked for it: {said}")
    return RemoteError(f"`{name}` cannot do it: {said}")


def _refusal(error: errors.OperationFailure, name: str, said: str) -> HTTPError:
    if error.code == _NOT_LET_IN:
        return ServiceUnavailable(f"`{name}` refuses to log in: {said}")
    if isinstance(error, errors.ExecutionTimeout | errors.WTimeoutError):
        return ServiceTimeout(f"`{name}` did not do it in time: {said}")
    if isinstance(error, errors.DuplicateKeyError) or _first(error).get("code") == _TAKEN:
        return Conflict(f"`{name}` has such a document already: {said}")
    return RemoteError(f"`{name}` refuses it: {said}")


def _first(error: errors.OperationFailure) -> Mapping[str, object]:
    """Of several writes in one the first that failed."""
    failed = (error.details or {}).get("writeErrors")
    return failed[0] if failed else {}


def _said(error: Exception) -> str:
    """In the server's words, in one line."""
    if not isinstance(error, errors.OperationFailure):
        return reason(error)
    words = _first(error).get("errmsg") or (error.details or {}).get("errmsg") or str(error)
    return " ".join(str(words).split())
