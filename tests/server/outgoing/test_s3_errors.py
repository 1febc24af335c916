"""Tests of apitest_server.outgoing.s3_errors."""

import logging

import pytest
from boto3.exceptions import S3UploadFailedError
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)

from apitest_server.errors import BadRequest, HTTPError, NotFound, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.notices import Notices
from apitest_server.outgoing.s3_errors import told


def refusal(status: int) -> ClientError:
    about = {"Error": {"Code": "No", "Message": "no s3cret"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(about, "GetObject")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raised", "expected", "logged"),
    [
        (refusal(404), NotFound, 0),
        (refusal(403), RemoteError, 0),
        (ReadTimeoutError(endpoint_url="http://h"), ServiceTimeout, 1),
        (ConnectTimeoutError(endpoint_url="http://h"), ServiceUnavailable, 1),
        (EndpointConnectionError(endpoint_url="http://h"), ServiceUnavailable, 1),
        (ParamValidationError(report="wrong"), BadRequest, 0),
        (NoCredentialsError(), RemoteError, 0),
        (S3UploadFailedError("no"), RemoteError, 0),
    ],
)
def test_what_the_driver_raises(
    raised: Exception, expected: type[HTTPError], logged: int, caplog: pytest.LogCaptureFixture
) -> None:
    """It becomes an error that says whose fault it is, without the secret; only what is away is logged."""
    caplog.set_level(logging.WARNING, "apitest.outgoing")
    with pytest.raises(expected) as caught, told("Backup", Notices("S3"), "s3cret"):
        raise raised
    assert "s3cret" not in str(caught.value) and type(caught.value) is expected
    assert len(caplog.records) == logged
