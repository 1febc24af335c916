from datetime import UTC, datetime

import pytest

from apitest_server.errors import BadRequest
from apitest_server.transfer.document import Document, document

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def made(content: bytes | None, encoding: str = "utf-8", parser: str = "") -> Document:
    return document("/in", "a.csv", NOW, content, encoding, parser)


def test_what_a_service_finds() -> None:
    """Where the file was, and what is in it: text, or bytes where it is not in the encoding."""
    assert made("Zoë".encode()) == {
        "base_dir": "/in",
        "relative_dir": ".",
        "file_name": "a.csv",
        "full_path": "/in/a.csv",
        "ts_utc": "2026-11-27T00:00:00+00:00",
        "has_raw_data": True,
        "size": 4,
        "raw_data": "Zoë",
        "data": "Zoë",
    }
    assert made(b"\xff")["data"] == b"\xff"
    assert made(b"\xeb", "latin-1")["data"] == "ë"


def test_a_file_that_is_not_read_is_a_path() -> None:
    """Its size is not known either."""
    found = made(None)
    assert (found["full_path"], found["has_raw_data"], found["raw_data"], found["size"]) == (
        "/in/a.csv", False, None, None,
    )  # fmt: skip


def test_what_parsers_make_of_it() -> None:
    """JSON as it is, in the channel's encoding; the rows of CSV as dictionaries."""
    assert made(b'{"a": [1]}', parser="json")["data"] == {"a": [1]}
    assert made('"ë"'.encode("latin-1"), "latin-1", "json")["data"] == "ë"
    rows = made(b'\xef\xbb\xbfname,n\r\n"a,\r\nb",1\nc,2,3\n', parser="csv")["data"]
    assert rows == [{"name": "a,\r\nb", "n": "1"}, {"name": "c", "n": "2", "": ["3"]}]


@pytest.mark.parametrize(
    ("content", "parser", "problem"),
    [
        (b"{", "json", "not valid JSON"),
        (b"\xff", "json", "not valid JSON"),
        (b"\xff", "csv", "not text in the channel's encoding"),
        (b'a\n"b', "csv", "not valid CSV"),
    ],
)
def test_what_cannot_be_parsed_is_told(content: bytes, parser: str, problem: str) -> None:
    """And why."""
    with pytest.raises(BadRequest, match=problem):
        made(content, parser=parser)
