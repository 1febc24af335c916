"""What a record of the log says: a line of fields, as logfmt or JSON.

A request is one line: ``time=… level=INFO logger=apitest.access cid=… method=GET path=/x service=a.b status=200
ms=1.234 remote=127.0.0.1 user=-``. What services and rooms log while they work on a request carries its ``cid`` as
well. A traceback follows its line, indented; in JSON it is a field. Query strings, headers and bodies are never
logged: that is where secrets travel. Passwords of URLs, and what is a credential by its shape, are masked in messages
and tracebacks.

Whatever stands in a value, it begins no line and no field of its own, and does nothing to the terminal that shows it.
"""

import json
import logging
import re
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from apitest_server.invoke.current import current_cid
from apitest_server.redaction import without_credentials

ACCESS = "apitest.access"
ACCESS_FIELDS = ("cid", "method", "path", "service", "status", "ms", "remote", "user")
_PLAIN = re.compile(r"[!#-<>-\[\]-~]+").fullmatch  # Printable ASCII without blank, quote, equals sign, backslash
# Control characters, those that say in which direction text is written, and those that cannot be seen
_UNSEEN = (
    r"\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    r"\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff"
)
_unseen = re.compile(f"[{_UNSEEN}]")
_unsafe = re.compile(rf"[\x00-\x08\x0a-\x1f{_UNSEEN}]")
_REMEMBERED = 200  # characters of a path whose part of the line is kept; callers choose paths
_json = msgspec.json.Encoder().encode


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a record says, field by field."""
    fields: dict[str, Any] = {
        "time": _time(int(record.created * 1000)),
        "level": record.levelname,
        "logger": record.name,
    }
    if record.name == ACCESS and isinstance(record.args, tuple):
        fields.update(zip(ACCESS_FIELDS, record.args, strict=False))
        return fields
    cid = current_cid.get()
    if cid:
        fields["cid"] = cid
    fields["message"] = without_credentials(record.getMessage())
    if record.exc_info:
        fields["traceback"] = without_credentials(logging.Formatter().formatException(record.exc_info))
    return fields


def access_line(record: logging.LogRecord, values: tuple[Any, ...]) -> str:
    """What ``as_logfmt`` makes of a request's fields, made quicker: there is one for each request."""
    cid, method, path, service, status, ms, remote, user = values
    where = _where if len(path) <= _REMEMBERED else _where.__wrapped__
    begun = _begun(int(record.created * 1000), record.levelname)
    if not (cid.isalnum() and cid.isascii()):
        cid = _value(cid)
    return f"{begun}{cid}{where(method, path, service)}{status} ms={ms:.3f}{_who(remote, user)}"


@lru_cache(maxsize=4)
def _begun(milliseconds: int, level: str) -> str:
    return f"time={_time(milliseconds)} level={level} logger={ACCESS} cid="


@lru_cache(maxsize=256)
def _where(method: str, path: str, service: str) -> str:
    return f" method={_value(method)} path={_value(path)} service={_value(service)} status="


@lru_cache(maxsize=256)
def _who(remote: str, user: str) -> str:
    return f" remote={_value(remote)} user={_value(user)}"


def as_json(fields: Mapping[str, Any]) -> str:
    """One line of JSON."""
    try:
        line = _json(fields).decode("utf-8")
    except UnicodeEncodeError:  # Half of a surrogate pair, which only the standard library writes
        line = json.dumps(fields, ensure_ascii=False, default=str)
    return _unseen.sub(_escaped, line)


def as_logfmt(fields: Mapping[str, Any]) -> str:
    """``key=value`` pairs, values in quotes where they need them; a traceback in lines of its own."""
    line = " ".join([f"{key}={_value(value)}" for key, value in fields.items() if key != "traceback"])
    trace = fields.get("traceback")
    return line + "".join(f"\n    {_unsafe.sub(_escaped, part)}" for part in trace.split("\n")) if trace else line


FORMATS = {"logfmt": as_logfmt, "json": as_json}


def line_of(record: logging.LogRecord, form: str) -> str:
    """A record as a line of a format of ``FORMATS``, without the line's end."""
    if form == "logfmt" and record.name == ACCESS and isinstance(record.args, tuple):
        return access_line(record, record.args)
    return FORMATS[form](fields_of(record))


def _time(milliseconds: int) -> str:
    """ISO 8601 in UTC."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{_second(seconds)}.{rest:03}Z"


@lru_cache(maxsize=4)
def _second(whole: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole))


def _value(value: Any) -> str:
    text = f"{value:.3f}" if isinstance(value, float) else str(value)
    return text if _PLAIN(text) else _unseen.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
