"""Tests of apitest_server.logs.entries."""

import logging
import sys

import pytest

from apitest_server.invoke.current import current_cid
from apitest_server.logs.entries import Entry, entry_of
from apitest_server.process.log_lines import line_of

CID = "0123456789abcdef01234567"


def line(form: str, message: str, *args: object, fails: bool = False) -> str:
    """What the log has of a message."""
    error = None
    if fails:
        try:
            raise ValueError("it broke")
        except ValueError:
            error = sys.exc_info()
    record = logging.LogRecord("shop", logging.ERROR, "", 0, message, args, error)
    token = current_cid.set(CID)
    try:
        return line_of(record, form)
    finally:
        current_cid.reset(token)


@pytest.mark.parametrize("form", ["logfmt", "json"])
def test_what_was_logged_is_read(form: str) -> None:
    """In either format, with quotes and line breaks as they were."""
    found = entry_of(line(form, 'The "order" %s\nhas failed', "a=b"))
    assert (found.level, found.logger, found.cid) == ("ERROR", "shop", CID)
    assert found.text == 'The "order" a=b\nhas failed'
    assert found.time.endswith("Z")


@pytest.mark.parametrize("form", ["logfmt", "json"])
def test_a_traceback_is_below_its_message(form: str) -> None:
    """As Python writes it."""
    lines = entry_of(line(form, "Failed", fails=True)).text.split("\n")
    assert lines[:2] == ["Failed", "Traceback (most recent call last):"]
    assert lines[-1] == "ValueError: it broke"


@pytest.mark.parametrize("form", ["logfmt", "json"])
def test_a_request(form: str) -> None:
    """Its fields are the text."""
    args = (CID, "GET", "/x y", "shop.quote", 200, 1.5, "127.0.0.1", "maria")
    found = entry_of(line_of(logging.LogRecord("apitest.access", logging.INFO, "", 0, "", args, None), form))
    assert found.cid == CID
    assert "service=shop.quote status=200 ms=1.5" in found.text


@pytest.mark.parametrize("form", ["logfmt", "json"])
def test_secrets_are_masked(form: str) -> None:
    """Also those that a service has logged."""
    text = entry_of(line(form, 'Calling with {"password": "hush"} and api_key=hush')).text
    assert "hush" not in text
    assert "Calling with" in text


@pytest.mark.parametrize("text", ["printed by a service", "[1, 2]", '{"a": ', "time=x level", "[" * 100_000])
def test_what_a_service_has_printed(text: str) -> None:
    """Is shown as it is, without a time."""
    found = entry_of(text)
    assert found == Entry(text=found.text)
    assert found.text.startswith(text[:100])


def test_an_entry_that_is_cut() -> None:
    """Is shown as far as it was read."""
    assert entry_of('time=t level=INFO logger=l message="so far').text == '"so far'
