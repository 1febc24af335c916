"""The server's log: lines are collected and written in batches, and a disk that is full stops nobody.

What cannot be written waits for a while, within bounds. Once there is room again it is written, and a line says how
much is missing.
"""

import logging
import os
import sys
from collections import deque
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from traceback import print_exc

from apitest_server.config import Logging
from apitest_server.process.log_file import LogFile, Sink, StandardError
from apitest_server.process.log_lines import line_of

DELAY = 0.2  # seconds that a line may wait for others to be written together
_RETRY = 1.0  # seconds between two tries to write what could not be written
_KEPT = 4 * 1024 * 1024  # bytes that may wait for the disk


class BufferedHandler(logging.Handler):
    """Writes lines to a sink: warnings at once, others within ``DELAY``, as many as there are by then.

    Args:
        sink: where to.
        form: a name of ``FORMATS``.
    """

    def __init__(self, sink: Sink, form: str) -> None:
        super().__init__()
        self.sink = sink
        self.form = form
        self._lines: deque[str] = deque()
        self._unwritten = b""
        self._missing = 0  # Lines that were given up
        self._failing_since: float | None = None
        self._is_closed = False
        self._waiting = Event()
        self._end = Event()
        self._writing = Lock()
        self._thread = Thread(target=self._write_on, name="log", daemon=True)
        self._thread.start()

    def handle(self, record: logging.LogRecord) -> bool:
        """Takes a record without the lock of the standard library's: nothing here needs it."""
        if self.filters:
            return bool(super().handle(record))
        self.emit(record)
        return True

    def emit(self, record: logging.LogRecord) -> None:
        """Takes a record; its line is made now, since what it tells of may change."""
        try:
            self._lines.append(line_of(record, self.form))
        except Exception:  # A record that cannot be told must not break what it tells of
            self.handleError(record)
            return
        if record.levelno >= logging.WARNING:
            self.flush()
        elif not self._waiting.is_set():
            self._waiting.set()

    def flush(self) -> None:
        """Writes what there is, as far as that is possible."""
        with self._writing:
            if self._is_closed:
                self._lines.clear()
                return
            try:
                self._write()
            except (OSError, ValueError) as error:  # ValueError: whatever was there was closed
                self._failed(error)

    def reopen(self) -> None:
        """Goes on in the file that has the log's path now, since the one before was moved away."""
        self.flush()
        if isinstance(self.sink, LogFile):
            with self._writing:
                try:
                    self.sink.reopen()
                except OSError as error:
                    self._failed(error)

    def close(self) -> None:
        """Writes what there is, and ends."""
        self._end.set()
        self._waiting.set()
        self._thread.join(5)
        self.flush()
        with self._writing:
            if not self._is_closed:
                self._is_closed = True
                self.sink.close()
        super().close()

    def _write(self) -> None:
        while self._unwritten or self._lines or self._missing:
            if not self._unwritten:
                self._unwritten = self._batch()
            written = self.sink.write(self._unwritten)
            self._unwritten = self._unwritten[written:]
            if not self._unwritten and not self._missing:
                self._failing_since = None

    def _batch(self) -> bytes:
        lines = [self._lines.popleft() for _ in range(len(self._lines))]
        if self._missing:
            lines.insert(0, self._told_of_missing())
            self._missing = 0
        return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")

    def _told_of_missing(self) -> str:
        took = monotonic() - (self._failing_since or monotonic())
        told = "The log could not be written for %.1f s; %d lines are missing here"
        return line_of(
            logging.LogRecord("apitest.log", logging.ERROR, "", 0, told, (took, self._missing), None), self.form
        )

    def _failed(self, error: Exception) -> None:
        """Keeps the newest lines for the next try."""
        if self._failing_since is None:
            self._failing_since = monotonic()
            if not isinstance(self.sink, StandardError):
                _say(f"The log cannot be written: {error}; it goes on once that is possible")
        kept = sum(map(len, self._lines))
        while kept > _KEPT:
            kept -= len(self._lines.popleft())
            self._missing += 1

    def _write_on(self) -> None:
        while not self._end.is_set():
            self._waiting.wait(_RETRY if self._failing_since is not None else None)
            self._end.wait(DELAY)
            self._waiting.clear()
            try:
                self.flush()
            except Exception:  # The log has to go on, whatever this is
                print_exc()


def set_up(directory: Path, wanted: Logging, printed: str) -> BufferedHandler:
    """Sends everything that is logged in this process to a file, or to standard error where there is none.

    Args:
        directory: the server's.
        wanted: what server.conf says.
        printed: the file of the directory that standard error goes to where the server is in the background.

    Raises:
        OSError: the file cannot be written.
    """
    path = directory / (wanted.file or printed)
    if wanted.file or _is_standard_error(path):
        sink: Sink = LogFile(path, wanted.max_size, wanted.backups)
    else:
        sink = StandardError()
    handler = BufferedHandler(sink, wanted.format)
    # Our lines tell none of these, and finding them out costs as much as all the rest.
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(wanted.level)
    logging.getLogger("uvicorn.error").setLevel(max(logging.WARNING, root.level))
    return handler


def _is_standard_error(path: Path) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(2))
    except OSError:
        return False


def _say(text: str) -> None:
    try:
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError):  # There may be no standard error, or it is full, too
        return
