"""What Elasticsearch and OpenSearch refuse, as errors of this server that are those of their driver, too."""

from collections.abc import Iterator
from contextlib import contextmanager

from opensearchpy.exceptions import ConnectionError as Away
from opensearchpy.exceptions import ConnectionTimeout, OpenSearchException, SerializationError, TransportError
from urllib3.exceptions import HTTPError as TransportFailed

from apitest_server.errors import (
    BadRequest,
    Conflict,
    HTTPError,
    NotFound,
    RemoteError,
    ServiceTimeout,
    ServiceUnavailable,
)
from apitest_server.outgoing.http_session import innermost
from apitest_server.outgoing.notices import Notices
from apitest_server.redaction import without

_OWN: dict[object, type[HTTPError]] = {404: NotFound, 409: Conflict}
_BOTH: dict[tuple[type[HTTPError], type[OpenSearchException]], type[HTTPError]] = {}  # Made of these two
_LONGEST = 500


@contextmanager
def told(name: str, notices: Notices, secret: str) -> Iterator[None]:
    """Translates what the driver raises; the log is told where nobody answers.

    Raises:
        HTTPError: nobody can be reached, or what was asked is refused. It is of the driver's class as well, with its
            ``status_code``, ``error`` and ``info``: services may catch either, and the driver's own tools go on.
    """
    try:
        yield
    except ConnectionTimeout as error:
        raise _away(ServiceTimeout, error, f"`{name}` does not answer", notices) from None
    except Away as error:
        if not isinstance(error.info, OSError | TransportFailed):  # Such as a time-out that is not a number
            raise _both(BadRequest, error, f"`{name}` cannot be asked that: {error.error}") from None
        said = without(f"`{name}` cannot be reached: {innermost(error.info)}", [secret])
        raise _away(ServiceUnavailable, error, said, notices) from None
    except TransportError as error:
        notices.connected()
        said = without(f"`{name}` refuses it: {_reason(error)}", [secret])
        raise _both(_OWN.get(error.status_code, RemoteError), error, said) from None
    except SerializationError as error:
        raise _both(RemoteError, error, f"`{name}` was given, or has answered, what is not JSON") from None
    notices.connected()


def _away(own: type[HTTPError], error: TransportError, said: str, notices: Notices) -> HTTPError:
    problem = _both(own, error, said)
    notices.away(problem)
    return problem


def _both(own: type[HTTPError], error: OpenSearchException, said: str) -> HTTPError:
    driver = type(error)
    if (own, driver) not in _BOTH:
        _BOTH[own, driver] = type(driver.__name__, (own, driver), {"__str__": lambda self: self.details})
    made = _BOTH[own, driver](said)
    made.args = error.args
    if isinstance(made, RemoteError) and isinstance(error, TransportError) and isinstance(error.status_code, int):
        made.remote_status = error.status_code
    return made


def _reason(error: TransportError) -> str:
    """What was answered: a type and a reason where it is JSON of theirs, else the text of whoever it was."""
    about = error.info.get("error") if isinstance(error.info, dict) else None
    reason = about.get("reason") if isinstance(about, dict) else ""
    said = f"{error.error}: {reason}" if reason else f"{error.status_code} {error.error}"
    return " ".join(said.split())[:_LONGEST]
