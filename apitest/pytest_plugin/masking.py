"""What pytest shows of a scenario has no secrets in it: it captures output, log records and warnings by itself."""

import logging
import warnings
from collections.abc import Iterator, Set
from contextlib import contextmanager
from typing import TextIO

import pytest

from apitest.redaction import redact_string
from apitest.runner import redacted


class MaskingFormatter(logging.Formatter):
    """Writes log records as another formatter does, without secrets.

    Args:
        formatter: the other one; None for that of logging.
        secrets: values to hide.
    """

    def __init__(self, formatter: logging.Formatter | None, secrets: Set[str]) -> None:
        super().__init__()
        self._formatter = formatter or logging.Formatter()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The text of a record."""
        return redact_string(self._formatter.format(record), self._secrets)


@contextmanager
def hidden(secrets: Set[str]) -> Iterator[None]:
    """As long as the project's own code runs, what it prints, logs and warns of is passed on without secrets."""
    handlers = [(handler, handler.formatter) for handler in logging.getLogger().handlers]
    for handler, formatter in handlers:
        handler.setFormatter(MaskingFormatter(formatter, secrets))
    try:
        with redacted.streams(secrets), _warnings(secrets):
            yield
    finally:
        for handler, formatter in handlers:
            handler.setFormatter(formatter)


@contextmanager
def _warnings(secrets: Set[str]) -> Iterator[None]:
    kept = warnings.showwarning

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        masked = redact_string(str(message), secrets)
        if isinstance(message, Warning) and masked != str(message):
            message = UserWarning(masked)  # what is shown is the name of the category
        kept(message, category, filename, lineno, file, line)

    warnings.showwarning = show
    try:
        yield
    finally:
        warnings.showwarning = kept


def mask(report: pytest.TestReport, secrets: Set[str]) -> None:
    """Takes secrets out of a report: out of what processes wrote that the project started, and out of errors."""
    report.sections = [(name, _masked(text, secrets)) for name, text in report.sections]
    found = report.longrepr
    if isinstance(found, tuple):
        path, line, reason = found
        report.longrepr = (path, line, _masked(reason, secrets))
    elif found is not None and (masked := _masked(str(found), secrets)) != str(found):
        report.longrepr = masked


def _masked(text: str, secrets: Set[str]) -> str:
    return whole(redact_string(text, secrets))


def whole(text: str) -> str:
    """Text without halves of characters, which pytest-xdist cannot send, and other plug-ins not write."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
