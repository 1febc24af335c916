"""What each scenario of a project came to when it last ran, and how long it took: ``.apitest/results.jsonl``.

A line a scenario: its file relative to the project's directory, line, name, status and seconds. What a run leaves out
keeps the line that it had, as long as its file is there. A file of which something else failed, such as a hook of its
feature, has a line with the number 0 besides, until all of it has run without that. So has each file of a run of which
a hook of the whole run failed, or that did not come to its end. The directory keeps itself out of Git.
"""

import json
import os
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TextIO

from apitest import events
from apitest.errors import ApitestError
from apitest.events import Event, Listener

DIRECTORY, NAME = ".apitest", "results.jsonl"
HEARD = (events.ScenarioFinished, events.RuleFailed, events.FeatureFinished, events.FileFailed, events.RunFinished)
"""What a record is made of."""

_NOT_RUN = (events.SKIPPED, events.UNTESTED)

Files = Callable[[], Iterable[tuple[str, bool]]]
"""The files that a run was asked for, and whether that is all of each."""


class Result(NamedTuple):
    """How a scenario went.

    Attributes:
        uri: its file, relative to the project's directory, with slashes.
        line: in the file, at that time; 0 for the file itself, where a scenario is not all that failed of it.
        name: that of a row of an outline ends with the number of the row.
        status: its final state.
        seconds: how long it took.
    """

    uri: str
    line: int
    name: str
    status: str
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether it did not pass."""
        return self.status != events.PASSED

    @property
    def of_file(self) -> bool:
        """Whether it is that of a whole file."""
        return not self.line


def path_of(root: Path, shard: str = "") -> Path:
    """Where the record of a project is, or would be.

    A shard has one of its own, such as that of ``2/5``: the durations that all shards are split by stay as they are.
    """
    number, _, total = shard.partition("/")
    return root / DIRECTORY / (f"results-{number}-of-{total}.jsonl" if shard else NAME)


def read(path: Path) -> Iterator[Result]:
    """The results in a file, the older ones of a scenario that has several first; lines that are none are left out.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            result = _result(line)
            if result is not None:
                yield result


def of_project(root: Path) -> list[Result]:
    """The results in the record of a project; none where it has none that can be read."""
    try:
        return list(read(path_of(root)))
    except OSError:
        return []


def forget(root: Path, gone: Container[Result]) -> None:
    """Takes results of scenarios that are not there any more out of the record; one that cannot be written stays."""
    path = path_of(root)
    beside = path.with_name(f"{NAME}.{os.getpid()}")
    with suppress(OSError):
        beside.write_text("".join(_line(result) for result in of_project(root) if result not in gone), "utf-8")
        beside.replace(path)


def _line(result: Result) -> str:
    return json.dumps(dict(zip(Result._fields, result, strict=True))) + "\n"  # a third of the time of _asdict


def _result(line: str) -> Result | None:
    try:
        fields = json.loads(line)
        return Result(
            str(fields["uri"]),
            int(fields["line"]),
            str(fields["name"]),
            str(fields["status"]),
            float(fields["seconds"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


@contextmanager
def recorded(root: Path, emit: Listener, shard: str = "", files: Files = tuple) -> Iterator[Listener]:
    """A listener that keeps the results of a run; they take the place of older ones when the context ends.

    Args:
        root: the project's directory.
        emit: is told, once, if the results cannot be kept; the run goes on.
        shard: the part that runs, such as ``2/5``; empty for all.
        files: is asked at the end, if at all.
    """
    record = _Record(root, emit, path_of(root, shard), _Broken(root, files))
    try:
        yield record
    finally:
        record.finish()


def _counts(scenario: events.ScenarioFinished) -> bool:
    return scenario.status not in _NOT_RUN and not scenario.tried_again


class _Broken:
    """The files of which something else failed than scenarios.

    Args:
        root: the project's directory.
        files: those of the run.
    """

    def __init__(self, root: Path, files: Files) -> None:
        self._root = root
        self._files = files
        self._start = Path.cwd()  # what the names of files in events are relative to
        self._failed: set[str] = set()
        self._sound: set[str] = set()
        self._whole_run, self._status = False, -1

    def __call__(self, event: Event) -> None:
        """Takes an event of the run."""
        if isinstance(event, events.RunFinished):
            self._status = event.exit_status
        elif isinstance(event, events.FeatureFinished) and event.failure is None:
            self._sound.add(self.relative(event.uri))
        elif isinstance(event, events.FeatureFinished | events.RuleFailed | events.FileFailed):
            self._fail(event.uri)

    def _fail(self, uri: str) -> None:
        if (self._start / uri).is_file():
            self._failed.add(self.relative(uri))
        elif uri != "command line":
            self._whole_run = True

    def relative(self, uri: str) -> str:
        """A file relative to the project's directory, by its name in an event."""
        return Path(os.path.relpath(self._start / uri, self._root)).as_posix()

    def found(self) -> tuple[set[str], set[str]]:
        """The files that have to run again as a whole, and those that need not, whatever was known of them."""
        asked: dict[str, bool] = {}
        with suppress(ApitestError, OSError), chdir(self._start):
            for file, whole in self._files():
                asked[self.relative(file)] = whole or asked.get(self.relative(file), False)
        failed = self._failed.union(asked) if self._whole_run or self._status < 0 else self._failed
        sound = set(asked) if self._status == 0 else self._sound
        return failed, {file for file in sound if asked.get(file, False)} - failed


class _Record:
    """Writes results beside the record that there is, and replaces it at the end."""

    def __init__(self, root: Path, emit: Listener, path: Path, broken: _Broken) -> None:
        self._root = root
        self._broken = broken
        self._emit = emit
        self._path = path
        self._beside = self._path.with_name(f"{path.name}.{os.getpid()}")
        self._file: TextIO | None = None
        self._usable = True
        self._seen: set[int] = set()  # hashes: a few bytes a scenario, however many there are
        self._uris: dict[str, str] = {}

    def __call__(self, event: Event) -> None:
        """Takes an event of the run."""
        if not isinstance(event, events.ScenarioFinished):
            self._broken(event)
        elif _counts(event) and self._usable:
            uri = self._relative(event.uri)
            self._seen.add(hash((uri, event.name)))
            try:
                self._write([Result(uri, event.line, event.name, event.status, round(event.seconds, 6))])
            except OSError as error:
                self._give_up(error)

    def _relative(self, uri: str) -> str:
        known = self._uris.get(uri)
        if known is None:
            known = self._uris[uri] = self._broken.relative(uri)
        return known

    def _give_up(self, error: OSError) -> None:
        """A full disk or a directory that cannot be written is told of, once, and does not end the run."""
        self._usable = False
        self._discard()
        told = f"Results and durations are not kept: {self._path.parent}: {error.strerror or error}"
        self._emit(events.Notice(told))

    def _write(self, results: Iterable[Result]) -> TextIO:
        if self._file is None:
            self._path.parent.mkdir(exist_ok=True)
            self._file = self._beside.open("w", encoding="utf-8")
        self._file.writelines(map(_line, results))
        return self._file

    def finish(self) -> None:
        """Puts the results in the place of the record, with what this run did not touch."""
        failed, sound = self._broken.found() if self._usable else (set[str](), set[str]())
        if self._file is None and not failed and not (sound and self._path.exists()):
            return
        try:
            self._write(Result(file, 0, "", events.ERROR, 0.0) for file in sorted(failed))
            self._write(self._kept(failed | sound)).close()
            self._beside.replace(self._path)
            ignored = self._path.with_name(".gitignore")
            if not ignored.exists():
                ignored.write_text("*\n", "utf-8")
        except OSError as error:
            self._give_up(error)

    def _kept(self, files: Container[str]) -> Iterator[Result]:
        """Older results of scenarios that did not run this time, and of other files than these."""
        there: dict[str, bool] = {}
        if not self._path.exists():
            return
        for result in read(self._path):
            if result.uri not in there:
                there[result.uri] = (self._root / result.uri).is_file()
            known = result.uri in files if result.of_file else hash((result.uri, result.name)) in self._seen
            if there[result.uri] and not known:
                yield result

    def _discard(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):  # what is buffered cannot be written, either
                file.close()
            self._beside.unlink(missing_ok=True)
