"""The report in the Test Anything Protocol, version 13: a line a scenario, with what went wrong as YAML below it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from apitest.events import Event, Listener, RunFinished, ScenarioFinished
from apitest.report.scenarios import FAILED, PASSED, SKIPPED, Broken, Gathering, Told
from apitest.report.target import Target
from apitest.report.text import clean
from apitest.report.written import opened_file

FILE = "report.tap"
wants_exchanges = False
wants_passed = False


@contextmanager
def opened(target: Target) -> Iterator[Listener]:
    """Lines for a TAP harness; the plan comes last, when the number of scenarios is known."""
    with opened_file(target.path, "tap") as file:
        report = _Tap(file)
        yield report
        report.finish()


class _Tap:
    """Writes a numbered line for each scenario, broken file or hook."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._number = 0
        self._gather = Gathering(self._scenario, self._broken)
        self._aborted = ""
        file.write("TAP version 13\n")

    def __call__(self, event: Event) -> None:
        """Takes an event of the run."""
        self._gather(event)
        if isinstance(event, RunFinished):
            self._aborted = event.aborted
        if isinstance(event, ScenarioFinished | RunFinished):
            self._file.flush()

    def finish(self) -> None:
        """Writes the plan."""
        if self._aborted:
            self._file.write(f"Bail out! {_described(self._aborted)}\n")
        skipped = "" if self._number else " # SKIP No scenario ran"
        self._file.write(f"1..{self._number}{skipped}\n")

    def _scenario(self, told: Told) -> None:
        described = f"{told.feature.name or told.ended.uri}: {told.name}"
        if told.ended.tried_again:
            self._file.write(f"# {_described(described)}: try {told.began.attempt} did not pass\n")
        elif told.outcome == SKIPPED:
            self._line("ok", f"{_described(described)} # SKIP {told.ended.status}")
        elif told.outcome == PASSED:
            self._line("ok", _described(described))
        else:
            failures = told.failures
            problem = failures[0][1].problem if failures else told.ended.status
            severity = "fail" if told.outcome == FAILED else "error"
            self._line("not ok", _described(described))
            self._details(severity, problem, told.place, told.explanation)

    def _broken(self, broken: Broken) -> None:
        self._line("not ok", _described(broken.name))
        place = broken.place or broken.failure.where or broken.name
        self._details("error", broken.failure.problem, place, broken.explanation)

    def _line(self, result: str, described: str) -> None:
        self._number += 1
        self._file.write(f"{result} {self._number} - {described}\n")

    def _details(self, severity: str, problem: str, place: str, explanation: str) -> None:
        lines = [
            "---",
            f"message: {_quoted(problem)}",
            f"severity: {severity}",
            f"at: {_quoted(place)}",
            "explanation: |",
        ]
        lines += [f"  {clean(line)}" for line in explanation.split("\n")]
        self._file.write("".join(f"  {line}\n" for line in [*lines, "..."]))


def _described(text: str) -> str:
    """A text as a description: on one line, and nothing in it begins a directive."""
    return re.sub(r"([\\#])", r"\\\1", " ".join(clean(text).split()))


def _quoted(text: str) -> str:
    """A text as YAML writes a string, which is as JSON does."""
    return json.dumps(text)
