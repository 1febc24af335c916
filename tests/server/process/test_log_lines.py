"""Tests of apitest_server.process.log_lines."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.invoke.current import current_cid
from apitest_server.process.log_lines import ACCESS, access_line, as_json, as_logfmt, fields_of, line_of

UNSEEN = "\x00\x07\x1b\x7f\x85\x9b\u061c\u200b\u200f\u2028\u202e\u2066\ufeff\U000e0041\ud800"


def record(message: str, *args: object, name: str = "a.service", level: int = logging.INFO) -> logging.LogRecord:
    made = logging.LogRecord(name, level, "", 0, message, args, None)
    made.created = 1_700_000_000.25
    return made


def request(path: str = "/a", remote: str = "127.0.0.1", user: str = "-", method: str = "GET") -> logging.LogRecord:
    return record("…", "c1", method, path, "a.service", 200, 1.23456, remote, user, name=ACCESS)


def failed(error: Exception) -> logging.LogRecord:
    made = record("It failed")
    try:
        raise error
    except Exception as raised:
        made.exc_info = (type(raised), raised, raised.__traceback__)
    return made


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
    made = request("/a b")
    assert line_of(made, "logfmt").partition(f"{ACCESS} ")[2] == (
        'cid=c1 method=GET path="/a b" service=a.service status=200 ms=1.235 remote=127.0.0.1 user=-'
    )
    told = json.loads(line_of(made, "json"))
    assert (told["status"], told["ms"], told["path"]) == (200, 1.23456, "/a b")


@pytest.mark.parametrize(
    "text",
    ["/a\nlevel=ERROR", '/"quoted"', "/a=b", "/\x1b[31m", "/ü", "", "/back\\slash", "1.2.3.4 user=admin", *UNSEEN],
)
@pytest.mark.parametrize("field", ["path", "remote", "user", "method"])
def test_no_field_of_a_request_forges_another(field: str, text: str) -> None:
    """What is not plain is in quotes, with escapes; it is the same text once they are resolved."""
    made = request(**{field: text})
    line = line_of(made, "logfmt")
    assert line == as_logfmt(fields_of(made))
    assert line == access_line(made, made.args)  # type: ignore[arg-type]  # a tuple, always
    assert line.isprintable()
    value, _ = json.JSONDecoder().raw_decode(line.partition(f" {field}=")[2])
    assert value == text
    told = line_of(made, "json")
    assert told.isprintable()
    assert json.loads(told)[field] == text


@given(st.text(st.characters(), max_size=30))
def test_no_message_begins_a_line_or_a_field(text: str) -> None:
    """Nor can any text change how the terminal shows a line."""
    for form in ("logfmt", "json"):
        line = line_of(record("%s", text), form)
        assert "\n" not in line
        assert not any(char in line for char in UNSEEN)
    assert json.loads(line)["message"] == text


def test_a_traceback_follows_its_line() -> None:
    """Indented; in JSON it is a field."""
    made = failed(ZeroDivisionError("division by zero"))
    first, *rest = as_logfmt(fields_of(made)).split("\n")
    assert first.endswith('message="It failed"')
    assert rest[-1] == "    ZeroDivisionError: division by zero"
    assert all(line.startswith("    ") for line in rest)
    assert "ZeroDivisionError" in json.loads(as_json(fields_of(made)))["traceback"]


def test_a_traceback_forges_no_line() -> None:
    """Whatever the error says."""
    text = as_logfmt(fields_of(failed(ValueError(f"a\r\ntime=now level=INFO\x0bx\x85y\u2028z{UNSEEN}"))))
    first, *rest = text.split("\n")
    assert first.endswith('message="It failed"')
    assert all(line.startswith("    ") and line.isprintable() for line in rest)
    assert rest[-2:] == [
        "    ValueError: a\\r",
        "    time=now level=INFO\\u000bx\\u0085y\\u2028z" + json.dumps(UNSEEN)[1:-1],
    ]
