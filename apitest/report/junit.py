"""The report that CI servers read: JUnit's XML, in one file or a file a feature, as Jenkins and Maven describe it."""

import os
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TextIO

from apitest.events import Event, Listener, RunStarted
from apitest.expressions import expression
from apitest.report.junit_case import broken_case, case, markup
from apitest.report.scenarios import ERROR, FAILED, SKIPPED, Broken, Gathering, Told
from apitest.report.target import Target
from apitest.report.written import made_directory, opened_file, refused

FILE = "junit.xml"
wants_exchanges = False
wants_passed = True

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_IN_NAMES = expression(r"[^\w.-]+")


@contextmanager
def opened(target: Target) -> Iterator[Listener]:
    """A file whose name ends with .xml, else a directory with a file a feature.

    Raises:
        UsageError: it cannot be written.
    """
    path = target.path
    with tempfile.TemporaryFile() as spool:
        if path is None or (path.suffix == ".xml" and not path.is_dir()):
            with opened_file(path, "junit") as file:
                report = _JUnit(spool)
                yield report
                report.write_one(file)
            return
        try:
            made_directory(path)
        except OSError as error:
            raise refused("junit", path, error) from None
        report = _JUnit(spool)
        yield report
        report.write_many(path)


class _Suite:
    """The test cases of a feature: where each is in the spool, and what they came to."""

    def __init__(self, name: str, file: str, began: float) -> None:
        self.name = name
        self.file = file
        self.began = began
        self.places = array("q")
        self.counts = {FAILED: 0, ERROR: 0, SKIPPED: 0}
        self.seconds = 0.0

    @property
    def tag(self) -> str:
        """The start tag, with the numbers that are known at the end only."""
        when = datetime.fromtimestamp(self.began, UTC).strftime("%Y-%m-%dT%H:%M:%S") if self.began else ""
        numbers = {"failures": self.counts[FAILED], "errors": self.counts[ERROR], "skipped": self.counts[SKIPPED]}
        fields = {"name": self.name, "tests": len(self.places) // 2, **numbers, "time": f"{self.seconds:.3f}"}
        return markup("testsuite", fields | ({"timestamp": when} if when else {}))


class _JUnit:
    """Gathers test cases by feature: in a temporary file, since a suite's numbers stand before its cases."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self._end = 0
        self._project = ""
        self._names: set[str] = set()
        self._suites: dict[str, _Suite] = {}
        self._tries: dict[str, list[Told]] = {}
        self._gather = Gathering(self._scenario, self._broken)

    def __call__(self, event: Event) -> None:
        """Takes an event of the run."""
        if isinstance(event, RunStarted):
            self._project = event.project
        self._gather(event)

    def _scenario(self, told: Told) -> None:
        if told.ended.tried_again:
            self._tries.setdefault(told.place, []).append(told)
            return
        tries = self._tries.pop(told.place, [])
        suite = self._suite(told.ended.uri, told.feature.name, told.began.at)
        class_name = f"{suite.file}.{told.feature.name or suite.file}"
        self._add(suite, told.outcome, told.ended.seconds, case(told, class_name, tries))

    def _broken(self, broken: Broken) -> None:
        suite = self._suite(broken.uri, broken.feature, 0.0)
        class_name = f"{suite.file}.{broken.feature}" if broken.feature else suite.file
        self._add(suite, ERROR, 0.0, broken_case(broken, class_name))

    def _suite(self, uri: str, name: str, began: float) -> _Suite:
        if uri not in self._suites:
            file = self._file_name(uri)
            self._suites[uri] = _Suite(f"{file}.{name or file}" if began or name else file, file, began)
        suite = self._suites[uri]
        suite.began = suite.began or began
        return suite

    def _file_name(self, uri: str) -> str:
        """A feature's name by its file, as behave makes it: without the directory that all are in, dots for slashes."""
        inside = Path(os.path.relpath(uri, self._project or ".")).as_posix()
        inside = uri.rpartition("features/")[2] if inside.startswith("..") else inside.removeprefix("features/")
        name = _NOT_IN_NAMES.sub(".", inside.removesuffix(".feature"))
        free = next(one for one in _numbered(name) if one not in self._names)
        self._names.add(free)
        return free

    def _add(self, suite: _Suite, came_to: str, seconds: float, text: str) -> None:
        data = text.encode("utf-8")
        self._spool.seek(self._end)
        self._spool.write(data)
        suite.places.extend((self._end, len(data)))
        self._end += len(data)
        suite.seconds += seconds
        if came_to in suite.counts:
            suite.counts[came_to] += 1

    def _finish(self) -> list[_Suite]:
        """All suites; of what was to be tried again when the run ended, the last try counts."""
        for tries in [*self._tries.values()]:
            self._tries[tries[-1].place] = tries[:-1]
            self._scenario(tries[-1]._replace(ended=tries[-1].ended._replace(tried_again=False)))
        return list(self._suites.values())

    def write_one(self, file: TextIO) -> None:
        """Writes all suites into one file."""
        suites = self._finish()
        total = {
            "tests": sum(len(suite.places) // 2 for suite in suites),
            "failures": sum(suite.counts[FAILED] for suite in suites),
            "errors": sum(suite.counts[ERROR] for suite in suites),
            "time": f"{sum(suite.seconds for suite in suites):.3f}",
        }
        file.write(_HEAD + markup("testsuites", total) + "\n")
        for suite in suites:
            self._write(suite, file)
        file.write("</testsuites>\n")

    def write_many(self, directory: Path) -> None:
        """Writes a file a suite."""
        for suite in self._finish():
            made_directory(directory)
            with (directory / f"TESTS-{suite.file}.xml").open("w", encoding="utf-8", newline="\n") as file:
                file.write(_HEAD)
                self._write(suite, file)

    def _write(self, suite: _Suite, file: TextIO) -> None:
        file.write(suite.tag + "\n")
        for begin, length in zip(suite.places[::2], suite.places[1::2], strict=True):
            self._spool.seek(begin)
            file.write(self._spool.read(length).decode("utf-8"))
        file.write("</testsuite>\n")


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 1
    while True:
        number += 1
        yield f"{name}-{number}"
