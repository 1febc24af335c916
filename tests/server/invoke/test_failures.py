"""Tests of apitest_server.invoke.failures."""

import pytest

from apitest_server.errors import BadRequest, DeploymentError, NoSuchService, ServerError
from apitest_server.invoke.failures import refused


def test_what_the_caller_may_know_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """It is not logged: the access log has its status."""
    error = BadRequest("wrong")
    assert refused(error, "my.service", "abc") is error
    assert caplog.messages == []


def test_a_missing_service_is_in_the_log_as_well(caplog: pytest.LogCaptureFixture) -> None:
    """With what is near it, which strangers are not told."""
    error = NoSuchService("my.servise", "my.service")
    assert refused(error, "my.servise", "abc").details == "No such service"
    assert caplog.messages == ["No such service: `my.servise`; did you mean `my.service`?, cid abc"]


@pytest.mark.parametrize(
    ("error", "line", "has_traceback"),
    [
        (DeploymentError("Cannot import x"), "Service `my.service` cannot be used, cid abc: Cannot import x", False),
        (ServerError("No such cache"), "Service `my.service` failed, cid abc: No such cache", True),
        (KeyError("x"), "Service `my.service` failed, cid abc", True),
        (SystemExit(1), "Service `my.service` failed, cid abc", True),
    ],
)
def test_everything_else_stays_in_the_log(
    error: BaseException, line: str, has_traceback: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """The caller gets a 500 without any details of it."""
    told = refused(error, "my.service", "abc")
    assert (told.status, told.details) == (500, "Internal server error")
    assert [record.getMessage() for record in caplog.records] == [line]
    assert bool(caplog.records[0].exc_info) is has_traceback
