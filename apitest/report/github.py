"""Annotations for GitHub Actions: each failure is shown at its line of the feature file, in the change under review."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from apitest.events import Event, Failure, Listener, RunFinished
from apitest.report.scenarios import FAILED, PASSED, SKIPPED, Broken, Gathering, Told, explained
from apitest.report.target import Target
from apitest.report.written import opened_file

FILE = ""
wants_exchanges = False
wants_passed = False


@contextmanager
def opened(target: Target) -> Iterator[Listener]:
    """Commands that the runner of GitHub Actions reads from the output of a step."""
    with opened_file(target.path, "github") as file:
        yield _Annotations(file, target.environ)


class _Annotations:
    """Writes an error a failure, a warning for what passed only when it was tried again, and the totals."""

    def __init__(self, file: TextIO, environ: Mapping[str, str]) -> None:
        self._file = file
        self._root = environ.get("GITHUB_WORKSPACE", "")
        self._gather = Gathering(self._scenario, self._broken)

    def __call__(self, event: Event) -> None:
        """Takes an event of the run."""
        self._gather(event)
        if isinstance(event, RunFinished):
            numbers = ", ".join(f"{number} {status}" for status, number in event.counts.get("scenarios", {}).items())
            self._write("notice", "", 0, "apitest", f"Scenarios: {numbers or 'none'}")

    def _scenario(self, told: Told) -> None:
        if told.ended.tried_again or told.outcome == SKIPPED:
            return
        if told.outcome == PASSED:
            if told.began.attempt > 1:
                said = f"It passed only at try {told.began.attempt}"
                self._write("warning", told.ended.uri, told.ended.line, f"Flaky: {told.name}", said)
            return
        kind = "Failed" if told.outcome == FAILED else "Error"
        for line, failure in told.failures or [(told.ended.line, Failure("", 1, f"It ended as {told.ended.status}"))]:
            self._write("error", told.ended.uri, line, f"{kind}: {told.name}", explained(failure))

    def _broken(self, broken: Broken) -> None:
        uri, failure = broken.uri, broken.failure
        place, _, line = failure.where.rpartition(":")
        at = broken.line or (int(line) if line.isdecimal() and place == uri else 1)
        told = f"{broken.name}: {broken.explanation}"
        self._write("error", uri if uri.endswith(".feature") else "", at, failure.kind, told)

    def _write(self, level: str, uri: str, line: int, title: str, text: str) -> None:
        file = f"file={_property(self._relative(uri))},line={line}," if uri else ""
        self._file.write(f"::{level} {file}title={_property(title)}::{_message(text)}\n")
        self._file.flush()

    def _relative(self, uri: str) -> str:
        """The file's name in the repository, wherever the run was started."""
        inside = self._root and Path(uri).absolute().is_relative_to(self._root)
        return Path(os.path.relpath(uri, self._root)).as_posix() if inside else uri


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
