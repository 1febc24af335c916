"""Tests of apitest_server.logs.log."""

from pathlib import Path

import pytest

from apitest_server.logs import log as module
from apitest_server.logs.log import Log

CID = "0123456789abcdef01234567"


def line(number: int, level: str = "INFO", cid: str = CID) -> str:
    return f"time=2026-01-01T00:00:{number:02}.000Z level={level} logger=shop cid={cid} message=number-{number}\n"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """Of two files."""
    (tmp_path / "s.log.1").write_text(line(1) + line(2, "ERROR") + line(3, cid="f" * 24))
    (tmp_path / "s.log").write_text(line(4) + "level=ERROR is what a service has printed\n")
    made = Log()
    made.goes_to(tmp_path / "s.log", 1, lambda: None)
    return made


def test_what_is_said_of_a_call(log: Log) -> None:
    """In all files, in the order in which it was written."""
    found = log.of(CID, 10)
    assert [entry.text for entry in found.entries] == ["number-1", "number-2", "number-4"]
    assert found.is_complete


def test_the_newest_are_kept(log: Log) -> None:
    """And it is said that there are others."""
    found = log.of(CID, 2)
    assert [entry.text for entry in found.entries] == ["number-2", "number-4"]
    assert not found.is_complete
    assert log.of(CID, 3).is_complete


def test_errors(log: Log) -> None:
    """By their level, whatever else has the word in it."""
    assert [entry.text for entry in log.errors(10).entries] == ["number-2"]


def test_a_search_ends_in_time(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large the files are."""
    monkeypatch.setattr(module, "PATIENCE", -1.0)
    assert log.of(CID, 10) == module.Found([], False)


def test_what_was_not_written_yet_is_written_first(tmp_path: Path) -> None:
    """So that it is found."""
    log = Log()
    log.goes_to(tmp_path / "s.log", 0, lambda: (tmp_path / "s.log").write_text(line(1)) and None)
    assert len(log.of(CID, 10).entries) == 1


def test_a_log_without_a_file() -> None:
    """Has nothing to find."""
    assert Log().of(CID, 10).entries == []
