"""The server's log: a line of fields for each record, as logfmt or JSON, written in batches.

A request is one line: ``time=… level=INFO logger=apitest.access cid=… method=GET path=/x service=a.b status=200
ms=1.234 remote=127.0.0.1 user=-``. What services and rooms log while they work on a request carries its ``cid`` as
well. A traceback follows its line, indented; in JSON it is a field. Query strings, headers and bodies are never
logged: that is where secrets travel.
"""

import logging
import re
import sys
import time
from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Event, Lock, Thread
from typing import IO, Any

import msgspec

from apitest_server.invoke.current import current_cid

ACCESS = "apitest.access"
ACCESS_FIELDS = ("cid", "method", "path", "service", "status", "ms", "remote", "user")
DELAY = 0.2  # seconds that a line may wait for others to be written together
_PLAIN = re.compile(r"[!#-<>-\[\]-~]+").fullmatch  # Printable ASCII without blank, quote, equals sign, backslash
_json = msgspec.json.Encoder().encode


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a record says, field by field."""
    fields: dict[str, Any] = {"time": _time(record.created), "level": record.levelname, "logger": record.name}
    if record.name == ACCESS and isinstance(record.args, tuple):
        fields.update(zip(ACCESS_FIELDS, record.args, strict=False))
        return fields
    cid = current_cid.get()
    if cid:
        fields["cid"] = cid
    fields["message"] = record.getMessage()
    if record.exc_info:
        fields["traceback"] = logging.Formatter().formatException(record.exc_info)
    return fields


def access_line(record: logging.LogRecord, values: tuple[Any, ...]) -> str:
    """What ``as_logfmt`` makes of a request's fields, made quicker: there is one for each request."""
    cid, method, path, service, status, ms, remote, user = values
    return (
        f"time={_time(record.created)} level={record.levelname} logger={ACCESS} cid={cid} method={method}"
        f" path={path if _PLAIN(path) else _value(path)} service={service if _PLAIN(service) else _value(service)}"
        f" status={status} ms={ms:.3f} remote={remote} user={user if _PLAIN(user) else _value(user)}"
    )


def as_json(fields: Mapping[str, Any]) -> str:
    """One line of JSON."""
    return _json(fields).decode("utf-8")


def as_logfmt(fields: Mapping[str, Any]) -> str:
    """``key=value`` pairs, values in quotes where they need them; a traceback in lines of its own."""
    line = " ".join([f"{key}={_value(value)}" for key, value in fields.items() if key != "traceback"])
    trace = fields.get("traceback")
    return line + "".join(f"\n    {part}" for part in trace.splitlines()) if trace else line


FORMATS = {"logfmt": as_logfmt, "json": as_json}


class BufferedHandler(logging.Handler):
    """Writes lines to a stream: warnings at once, others within ``DELAY``, as many as there are by then.

    Args:
        stream: where to.
        form: fields -> line.
    """

    def __init__(self, stream: IO[str], form: str) -> None:
        super().__init__()
        self.stream = stream
        self.form = FORMATS[form]
        self._lines: deque[str] = deque()
        self._waiting = Event()
        self._end = Event()
        self._writing = Lock()
        self._thread = Thread(target=self._write_on, name="log", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Takes a record; its line is made now, since what it tells of may change."""
        try:
            self._lines.append(self._line(record))
        except Exception:  # A record that cannot be told must not break what it tells of
            self.handleError(record)
            return
        if record.levelno >= logging.WARNING:
            self.flush()
        elif not self._waiting.is_set():
            self._waiting.set()

    def _line(self, record: logging.LogRecord) -> str:
        if record.name == ACCESS and self.form is as_logfmt and isinstance(record.args, tuple):
            return access_line(record, record.args)
        return self.form(fields_of(record))

    def flush(self) -> None:
        """Writes what there is."""
        with self._writing:
            lines = [self._lines.popleft() for _ in range(len(self._lines))]
            if lines and not self.stream.closed:
                self.stream.write("\n".join(lines) + "\n")
                self.stream.flush()

    def close(self) -> None:
        """Writes what there is, and ends."""
        self._end.set()
        self._waiting.set()
        self._thread.join(5)
        self.flush()
        super().close()

    def _write_on(self) -> None:
        while not self._end.is_set():
            self._waiting.wait()
            self._end.wait(DELAY)
            self._waiting.clear()
            self.flush()


def set_up(path: Path | None, level: str, form: str) -> BufferedHandler:
    """Sends everything that is logged in this process to a file, or to standard error where there is none.

    Raises:
        OSError: the file cannot be written.
    """
    if path is None:
        stream: IO[str] = sys.stderr
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("a", encoding="utf-8", errors="backslashreplace")
    handler = BufferedHandler(stream, form)
    # Our lines tell none of these, and finding them out costs as much as all the rest.
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    logging.getLogger("uvicorn.error").setLevel(max(logging.WARNING, root.level))
    return handler


def _time(seconds: float) -> str:
    """ISO 8601 in UTC, with milliseconds."""
    whole = int(seconds)
    return f"{_second(whole)}.{int((seconds - whole) * 1000):03}Z"


@lru_cache(maxsize=4)
def _second(whole: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole))


def _value(value: Any) -> str:
    text = f"{value:.3f}" if isinstance(value, float) else str(value)
    return text if _PLAIN(text) else _json(text).decode("utf-8")
