"""Tests of apitest_server.outgoing.mongodb_errors."""

import logging

import pytest
from bson.errors import InvalidDocument
from pymongo import errors

from apitest_server.errors import BadRequest, Conflict, HTTPError, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.mongodb_errors import reason, told
from apitest_server.outgoing.notices import Notices

SELECTION = errors.ServerSelectionTimeoutError(
    "h:1: [Errno 111] Connection refused (configured timeouts: x), Timeout: 5s"
)
FAILED_WRITE = {"writeErrors": [{"code": 11000, "errmsg": "E11000 duplicate\nkey"}]}


@pytest.mark.parametrize(
    ("raised", "expected", "words", "logged"),
    [
        (SELECTION, ServiceUnavailable, "`Orders` cannot be reached: h:1: Connection refused", 1),
        (errors.AutoReconnect("connection closed"), ServiceUnavailable, "cannot be reached: connection closed", 1),
        (errors.NetworkTimeout("h:1: timed out"), ServiceTimeout, "`Orders` did not answer in time", 0),
        (errors.WaitQueueTimeoutError("a long text"), ServiceUnavailable, "no connection left: all are in use", 0),
        (
            errors.OperationFailure("no", 18, {"errmsg": "no s3cret"}),
            ServiceUnavailable,
            "refuses to log in: no ***",
            1,
        ),
        (errors.OperationFailure("no s3cret", 13), RemoteError, "`Orders` refuses it: no ***", 0),
        (errors.ExecutionTimeout("slow", 50), ServiceTimeout, "did not do it in time: slow", 0),
        (errors.WTimeoutError("slow", 64), ServiceTimeout, "did not do it in time: slow", 0),
        (errors.DuplicateKeyError("twice", 11000), Conflict, "has such a document already: twice", 0),
        (errors.BulkWriteError(FAILED_WRITE), Conflict, "such a document already: E11000 duplicate key", 0),
        (errors.BulkWriteError({"writeErrors": [{"code": 121, "errmsg": "invalid"}]}), RemoteError, "it: invalid", 0),
        (InvalidDocument("Invalid document"), BadRequest, "`Orders` cannot be asked for it: Invalid document", 0),
        (errors.InvalidName("bad"), BadRequest, "cannot be asked for it: bad", 0),
        (errors.EncryptionError(ValueError("e")), RemoteError, "`Orders` cannot do it: e", 0),
    ],
)
def test_what_the_driver_raises(
    raised: Exception, expected: type[HTTPError], words: str, logged: int, caplog: pytest.LogCaptureFixture
) -> None:
    """It becomes an error that says whose fault it is, in one line, without the secret; only what is away is logged."""
    caplog.set_level(logging.WARNING, "apitest.outgoing")
    with pytest.raises(expected) as caught, told("Orders", Notices("MongoDB connection `Orders`"), "s3cret"):
        raise raised
    assert words in caught.value.details and "s3cret" not in caught.value.details
    assert type(caught.value) is expected and len(caplog.records) == logged


def test_a_server_that_refuses_is_there(caplog: pytest.LogCaptureFixture) -> None:
    """The log says that it is back, as after success; once."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    notices = Notices("Orders")
    for raised in (SELECTION, SELECTION, errors.OperationFailure("no", 13), errors.InvalidName("bad"), None):
        try:
            with told("Orders", notices, ""):
                if raised:
                    raise raised
        except HTTPError:
            pass
    said = [record.getMessage().partition(":")[0] for record in caplog.records]
    assert said == ["Orders cannot be used until further notice", "Orders is connected again"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "h:1: [Errno -2] Name or service not known (configured timeouts: a: 1.0ms, b: 2.0ms)",
            "h:1: Name or service not known",
        ),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] verify failed: no issuer (_ssl.c:1006)", "verify failed: no issuer"),
        ("one\n two", "one two"),
    ],
)
def test_a_reason_is_one_line(text: str, expected: str) -> None:
    """Without numbers of errors, and what the driver says of itself."""
    assert reason(text) == expected
