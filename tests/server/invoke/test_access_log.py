"""Tests of apitest_server.invoke.access_log."""

import logging
from time import perf_counter

import pytest

from apitest_server.invoke.access_log import Origin, log_access

ORIGIN = Origin("GET", "/a", "192.0.2.1")


def test_a_message_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """What is not known is a dash."""
    with caplog.at_level(logging.INFO, "apitest.access"):
        log_access("abc", ORIGIN, "my.service", 200, perf_counter(), "u")
        log_access("abd", ORIGIN, "", 404, perf_counter(), "")
    first, second = caplog.messages
    assert first.startswith("cid=abc method=GET path=/a service=my.service status=200 ms=")
    assert first.endswith(" remote=192.0.2.1 user=u")
    assert "service=- status=404" in second
    assert second.endswith(" user=-")


def test_nothing_is_written_above_the_level_of_information(caplog: pytest.LogCaptureFixture) -> None:
    """A server with log_level WARNING has no access log."""
    with caplog.at_level(logging.WARNING, "apitest.access"):
        log_access("abc", ORIGIN, "my.service", 200, perf_counter(), "u")
    assert caplog.messages == []
