"""Tests of apitest_server.process.log."""

import errno
import json
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.config import Logging
from apitest_server.process import log
from apitest_server.process.log import BufferedHandler, set_up
from apitest_server.process.log_file import LogFile, StandardError
from tests.server.process.test_log_lines import record


class Memory:
    """A sink that is full when it is told so."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.room = 1 << 30
        self.is_closed = False

    def write(self, data: bytes) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        part = data[: self.room]
        self.data += part
        self.room -= len(part)
        return len(part)

    def close(self) -> None:
        self.is_closed = True

    @property
    def messages(self) -> list[str]:
        return re.findall(r"message=(.*)\n", self.data.decode())


@pytest.fixture
def sink() -> Memory:
    return Memory()


@pytest.fixture
def handler(sink: Memory) -> Iterator[BufferedHandler]:
    """A handler of logfmt on a sink in memory."""
    one = BufferedHandler(sink, "logfmt")
    yield one
    one.close()


def test_a_warning_is_written_at_once(handler: BufferedHandler, sink: Memory) -> None:
    """With all that came before it."""
    handler.handle(record("first"))
    handler.handle(record("second", level=logging.WARNING))
    assert sink.messages == ["first", "second"]


def test_other_lines_are_written_soon(handler: BufferedHandler, sink: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a thread, without anybody asking."""
    monkeypatch.setattr(log, "DELAY", 0.001)
    handler.handle(record("soon"))
    for _ in range(10_000):
        if sink.data:
            break
        handler._end.wait(0.001)
    assert sink.messages == ["soon"]


def test_nothing_is_lost_at_the_end(handler: BufferedHandler, sink: Memory) -> None:
    """Closing writes what there is; what comes later goes nowhere."""
    for number in range(100):
        handler.handle(record("%d", number))
    handler.close()
    assert len(sink.messages) == 100
    assert sink.is_closed
    handler.handle(record("late", level=logging.ERROR))
    handler.close()
    assert len(sink.messages) == 100


def test_a_line_that_cannot_be_told_breaks_nothing(
    handler: BufferedHandler, sink: Memory, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mistake is told on standard error, as logging does."""
    handler.handle(record("%d", "no number"))
    assert "TypeError" in capsys.readouterr().err
    handler.handle(record("next", level=logging.ERROR))
    assert sink.messages == ["next"]


def test_what_does_not_fit_is_written_once_there_is_room(
    handler: BufferedHandler, sink: Memory, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not a byte is lost or written twice, and that it fails is told once."""
    sink.room = 100
    for number in range(10):
        handler.handle(record("number %d", number, level=logging.WARNING))
    assert len(sink.data) == 100
    sink.room = 1 << 30
    handler.flush()
    assert sink.messages == [f'"number {number}"' for number in range(10)]
    assert capsys.readouterr().err.count("The log cannot be written: [Errno 28] No space left on device") == 1


def test_lines_that_wait_for_the_disk_take_no_end_of_memory(
    handler: BufferedHandler, sink: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest are given up; their number is told where they would stand, and the newest come after it."""
    monkeypatch.setattr(log, "_KEPT", 1000)
    sink.room = 10
    for number in range(1000):
        handler.handle(record("%d", number, level=logging.WARNING))
    assert sum(map(len, handler._lines)) <= 1000
    sink.room = 1 << 30
    handler.flush()
    first, told, *rest = sink.messages
    missing = re.fullmatch(r'"The log could not be written for [\d.]+ s; (\d+) lines are missing here"', told)
    assert missing
    assert first == "0"
    assert rest == [str(number) for number in range(1 + int(missing[1]), 1000)]
    handler.handle(record("after", level=logging.WARNING))
    assert sink.messages[-1] == "after"


def test_the_thread_survives_whatever_happens(
    handler: BufferedHandler, sink: Memory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And tries again by itself, without anything being logged meanwhile."""
    monkeypatch.setattr(log, "DELAY", 0.001)
    monkeypatch.setattr(log, "_RETRY", 0.001)
    sink.room = 0
    handler.handle(record("one"))
    while handler._failing_since is None:
        handler._end.wait(0.001)
    sink.room = 1 << 30
    while not sink.data:
        handler._end.wait(0.001)
    monkeypatch.setattr(sink, "write", lambda data: 1 / 0)
    handler.handle(record("two"))
    while "ZeroDivisionError" not in capsys.readouterr().err:
        handler._end.wait(0.001)
    monkeypatch.undo()
    handler.handle(record("three", level=logging.WARNING))
    assert sink.messages == ["one", "two", "three"]


def test_a_log_that_was_moved_away_is_opened_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was logged before is in the old file; where the new one cannot be opened, the old one is used."""
    path = tmp_path / "a.log"
    handler = BufferedHandler(LogFile(path, 1000, 1), "logfmt")
    handler.handle(record("one"))
    path.rename(tmp_path / "moved")
    handler.reopen()
    assert "message=one" in path.read_text() + (tmp_path / "moved").read_text()
    path.unlink()
    path.mkdir()
    handler.reopen()
    assert "Is a directory" in capsys.readouterr().err
    handler.close()


@pytest.fixture
def undone(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    """The root logger, which is as before afterwards."""
    for name in ("logThreads", "logProcesses", "logMultiprocessing", "_srcfile"):
        monkeypatch.setattr(logging, name, getattr(logging, name))
    root = logging.getLogger()
    before = list(root.handlers)
    monkeypatch.setattr(root, "level", root.level)
    yield root
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def test_everything_that_is_logged_goes_to_the_file(tmp_path: Path, undone: logging.Logger) -> None:
    """From the level on that is set; the directory is made."""
    one = set_up(tmp_path, Logging("INFO", "logs/a.log", "json"), "server.log")
    logging.getLogger("x").info("yes")
    logging.getLogger("x").debug("no")
    one.close()
    (line,) = (tmp_path / "logs" / "a.log").read_text().splitlines()
    assert json.loads(line)["message"] == "yes"


def test_without_a_file_it_goes_to_standard_error(
    tmp_path: Path, undone: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which in the background is a file of the server's, and rotated like one."""
    assert isinstance(set_up(tmp_path, Logging(), "server.log").sink, StandardError)
    (tmp_path / "server.log").touch()
    assert isinstance(set_up(tmp_path, Logging(), "server.log").sink, StandardError)
    monkeypatch.setattr(log.os, "fstat", lambda descriptor: (tmp_path / "server.log").stat())
    assert isinstance(set_up(tmp_path, Logging(), "server.log").sink, LogFile)
