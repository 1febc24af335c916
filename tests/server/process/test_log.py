"""Tests of apitest_server.process.log."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.invoke.current import current_cid
from apitest_server.process import log
from apitest_server.process.log import ACCESS, BufferedHandler, access_line, as_json, as_logfmt, fields_of, set_up


def record(message: str, *args: object, name: str = "a.service", level: int = logging.INFO) -> logging.LogRecord:
    made = logging.LogRecord(name, level, "", 0, message, args, None)
    made.created = 1_700_000_000.25
    return made


@pytest.fixture
def handler() -> Iterator[BufferedHandler]:
    """A handler of logfmt on a stream in memory."""
    one = BufferedHandler(io.StringIO(), "logfmt")
    yield one
    one.close()


def written(handler: BufferedHandler) -> str:
    assert isinstance(handler.stream, io.StringIO)
    return handler.stream.getvalue()


def test_a_line_is_fields() -> None:
    """Time in UTC, level, logger and message; the cid while a call is being worked on."""
    assert as_logfmt(fields_of(record("Hello, %s", "World"))) == (
        'time=2023-11-14T22:13:20.250Z level=INFO logger=a.service message="Hello, World"'
    )
    token = current_cid.set("abc")
    assert fields_of(record("x"))["cid"] == "abc"
    current_cid.reset(token)


def test_a_request_is_a_line_of_its_own_fields() -> None:
    """JSON has the same ones, numbers as numbers."""
    made = record("…", "c1", "GET", "/a b", "a.service", 200, 1.23456, "127.0.0.1", "-", name=ACCESS)
    assert as_logfmt(fields_of(made)).partition(f"{ACCESS} ")[2] == (
        'cid=c1 method=GET path="/a b" service=a.service status=200 ms=1.235 remote=127.0.0.1 user=-'
    )
    assert access_line(made, made.args) == as_logfmt(fields_of(made))  # type: ignore[arg-type]
    told = json.loads(as_json(fields_of(made)))
    assert (told["status"], told["ms"], told["path"]) == (200, 1.23456, "/a b")


@pytest.mark.parametrize("path", ["/a\nlevel=ERROR", '/"quoted"', "/a=b", "/\x1b[31m", "/ü", "", "/back\\slash"])
def test_a_request_cannot_write_a_line_of_its_own(path: str) -> None:
    """What is not plain is in quotes, with escapes."""
    made = record("…", "c1", "GET", path, "s", 200, 1.0, "-", "-", name=ACCESS)
    line = access_line(made, made.args)  # type: ignore[arg-type]
    assert line == as_logfmt(fields_of(made))
    assert "\n" not in line and "\x1b" not in line
    quoted = line.partition(" path=")[2].partition(" service=")[0]
    assert json.loads(quoted) == path


def test_a_traceback_follows_its_line() -> None:
    """Indented; in JSON it is a field."""
    made = record("It failed")
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as error:
        made.exc_info = (type(error), error, error.__traceback__)
    first, *rest = as_logfmt(fields_of(made)).split("\n")
    assert first.endswith('message="It failed"')
    assert rest[-1] == "    ZeroDivisionError: division by zero"
    assert all(line.startswith("    ") for line in rest)
    assert "ZeroDivisionError" in json.loads(as_json(fields_of(made)))["traceback"]


def test_a_warning_is_written_at_once(handler: BufferedHandler) -> None:
    """With all that came before it."""
    handler.handle(record("first"))
    handler.handle(record("second", level=logging.WARNING))
    assert [line.rpartition("=")[2] for line in written(handler).splitlines()] == ["first", "second"]


def test_other_lines_are_written_soon(handler: BufferedHandler, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a thread, without anybody asking."""
    monkeypatch.setattr(log, "DELAY", 0.001)
    handler.handle(record("soon"))
    for _ in range(10_000):
        if written(handler):
            break
        handler._end.wait(0.001)
    assert "message=soon" in written(handler)


def test_nothing_is_lost_at_the_end(handler: BufferedHandler) -> None:
    """Closing writes what there is."""
    for number in range(100):
        handler.handle(record("%d", number))
    handler.close()
    assert len(written(handler).splitlines()) == 100


def test_a_line_that_cannot_be_told_breaks_nothing(
    handler: BufferedHandler, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mistake is told on standard error, as logging does."""
    handler.handle(record("%d", "no number"))
    assert "TypeError" in capsys.readouterr().err
    handler.handle(record("next", level=logging.ERROR))
    assert written(handler).endswith("message=next\n")


def test_everything_that_is_logged_goes_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the level on that is set; the directory is made."""
    for name in ("logThreads", "logProcesses", "logMultiprocessing", "_srcfile"):
        monkeypatch.setattr(logging, name, getattr(logging, name))
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", root.level)
    one = set_up(tmp_path / "logs" / "a.log", "INFO", "json")
    logging.getLogger("x").info("yes")
    logging.getLogger("x").debug("no")
    root.removeHandler(one)
    one.close()
    one.stream.close()
    (line,) = (tmp_path / "logs" / "a.log").read_text().splitlines()
    assert json.loads(line)["message"] == "yes"
