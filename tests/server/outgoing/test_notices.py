"""Tests of apitest_server.outgoing.notices."""

import logging

import pytest

from apitest_server.outgoing.notices import Notices


def test_each_change_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """A first connection is nothing to tell; a lost one that is replaced is."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    notices = Notices("Files `a`")
    notices.connected()
    for _ in range(2):
        notices.away("refused")
    for _ in range(2):
        notices.connected()
    notices.lost()
    notices.connected()
    assert [record.getMessage() for record in caplog.records] == [
        "Files `a` cannot be used until further notice: refused",
        "Files `a` is connected again",
        "Files `a` is connected again",
    ]
