"""Tests of apitest_server.outgoing.es_errors."""

import logging

import pytest
from opensearchpy.exceptions import (
    ConflictError,
    ConnectionError,
    ConnectionTimeout,
    NotFoundError,
    OpenSearchException,
    RequestError,
    SerializationError,
    TransportError,
)
from urllib3.exceptions import NewConnectionError, ReadTimeoutError

from apitest_server.errors import (
    BadRequest,
    Conflict,
    HTTPError,
    NotFound,
    RemoteError,
    ServiceTimeout,
    ServiceUnavailable,
)
from apitest_server.outgoing.es_errors import told
from apitest_server.outgoing.notices import Notices

MISSING = {"error": {"type": "index_not_found", "reason": "no such index [s3cret]"}, "status": 404}
REFUSED = NewConnectionError(None, "Failed to connect: [Errno 111] Connection refused")  # type: ignore[arg-type]
SILENT = ReadTimeoutError(None, "/", "Read timed out")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raised", "expected", "said", "logged"),
    [
        (NotFoundError(404, "index_not_found", MISSING), NotFound, "refuses it: index_not_found: no such index", 0),
        (ConflictError(409, "changed", {}), Conflict, "409 changed", 0),
        (RequestError(400, "wrong", {"error": "a text"}), RemoteError, "400 wrong", 0),
        (TransportError(503, "<html>\n busy </html>" + "x" * 5000, None), RemoteError, "503 <html> busy </html>xx", 0),
        (ConnectionTimeout("TIMEOUT", "late", SILENT), ServiceTimeout, "does not answer", 1),
        (ConnectionError("N/A", "no", REFUSED), ServiceUnavailable, "cannot be reached: Connection refused", 1),
        (ConnectionError("N/A", "no", OSError("gone")), ServiceUnavailable, "cannot be reached: gone", 1),
        (ConnectionError("N/A", "not a number", ValueError()), BadRequest, "cannot be asked that: not a number", 0),
        (SerializationError({"a": "s3cret"}, TypeError()), RemoteError, "what is not JSON", 0),
    ],
)
def test_what_the_driver_raises(
    raised: OpenSearchException,
    expected: type[HTTPError],
    said: str,
    logged: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It becomes an error that says whose fault it is, without the secret, and stays one of the driver."""
    caplog.set_level(logging.WARNING, "apitest.outgoing")
    with pytest.raises(expected) as caught, told("Orders", Notices("Elasticsearch"), "s3cret"):
        raise raised
    error = caught.value
    assert said in error.details and str(error) == error.details
    assert "s3cret" not in error.details and len(error.details) < 600
    assert (
        isinstance(error, type(raised)) and error.args == raised.args and type(error).__name__ == type(raised).__name__
    )
    assert len(caplog.records) == logged


def test_the_status_of_the_server_is_kept() -> None:
    """Where it is another one than that of the reply."""
    with pytest.raises(RemoteError) as caught, told("Orders", Notices("Elasticsearch"), ""):
        raise TransportError(429, "too many", {})
    assert (caught.value.status, caught.value.remote_status, caught.value.details) == (
        502, 429, "`Orders` refuses it: 429 too many",
    )  # fmt: skip


def test_an_answer_ends_what_the_log_has_told(caplog: pytest.LogCaptureFixture) -> None:
    """Who refuses something is there again."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    notices = Notices("Elasticsearch")
    with pytest.raises(ServiceUnavailable), told("Orders", notices, ""):
        raise ConnectionError("N/A", "no", REFUSED)
    with pytest.raises(NotFound), told("Orders", notices, ""):
        raise NotFoundError(404, "none", {})
    assert len(caplog.records) == 2
