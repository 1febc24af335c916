"""PURE  What a service gets of a file: the names that existing services know, and its content."""

import csv
from datetime import datetime
from io import StringIO
from posixpath import join

from apitest_server.errors import BadRequest
from apitest_server.invoke.message_body import payload_of

PARSERS = ("", "json", "csv")
Document = dict[str, object]


def document(directory: str, name: str, now: datetime, content: bytes | None, encoding: str, parser: str) -> Document:
    """Its ``raw_data`` is text, or bytes where it is not in the encoding; its ``data`` what the parser makes of it.

    Args:
        directory: that the file was found in.
        name: the file's.
        now: when it was taken.
        content: of the file; ``None`` where it was not read.
        encoding: of the text in it.
        parser: ``json``, ``csv`` - a list of the rows, each a dictionary by the names in the first line - or nothing.

    Raises:
        BadRequest: it cannot be parsed.
    """
    known = {
        "base_dir": directory,
        "relative_dir": ".",
        "file_name": name,
        "full_path": join(directory, name),
        "ts_utc": now.isoformat(),
        "has_raw_data": content is not None,
    }
    if content is None:
        return {**known, "size": None, "raw_data": None, "data": None}
    raw = _text(content, encoding)
    return {**known, "size": len(content), "raw_data": raw, "data": _parsed(content, raw, parser)}


def _text(content: bytes, encoding: str) -> str | bytes:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content


def _parsed(content: bytes, raw: str | bytes, parser: str) -> object:
    if parser == "json":
        return payload_of(content if isinstance(raw, bytes) else raw.encode("utf-8"), "json")
    if parser == "csv":
        if isinstance(raw, bytes):
            raise BadRequest("The file is not text in the channel's encoding")
        try:
            return list(csv.DictReader(StringIO(raw.removeprefix("\ufeff"), newline=""), restkey="", strict=True))
        except csv.Error as error:
            raise BadRequest(f"The file is not valid CSV: {error}") from None
    return raw
