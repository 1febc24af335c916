"""Joins the events of several runs, such as the shards of one, into those of a single run, in the order of the files.

Memory does not grow with what scenarios did: of each, only its place in its file is kept, and it is read again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from apitest import events
from apitest.errors import UsageError
from apitest.events import Event
from apitest.parallel.tally import added, state_of
from apitest.report import jsonl
from apitest.report.reckoning import Reckoning

_FIX = "Give files that `apitest run --report jsonl=FILE` wrote"


class Block(NamedTuple):
    """Events of a scenario or a rule in a file: its line in its feature, and the bytes from the first to the last."""

    line: int
    file: int
    start: int
    end: int


class Part:
    """A file with the events of a run.

    Args:
        path: the file.
        number: its place among the files that are joined.

    Raises:
        UsageError: it cannot be read, or holds no run.
    """

    def __init__(self, path: Path, number: int) -> None:
        self.path = path
        self.started: events.RunStarted | None = None
        self.finished: events.RunFinished | None = None
        self.blocks: dict[str, list[Block]] = {}
        self.headings: dict[str, events.FeatureStarted] = {}
        self.ends: dict[str, events.FeatureFinished] = {}
        self.others: list[Event] = []
        self._number = number
        self._begun: tuple[int, events.ScenarioStarted] | None = None
        self._reckoning = Reckoning()
        try:
            with path.open("rb") as file:
                self._scan(file)
        except OSError as error:
            raise UsageError(f"The file cannot be read: {error.strerror or error}", str(path), _FIX) from None
        self._look_at_ends()

    def _look_at_ends(self) -> None:
        if self.started is None:
            raise UsageError("The file has no run in it", str(self.path), _FIX)
        if self.finished is None:
            self._fail("The run did not come to its end: its last line is missing or cut off. All before it is kept")
            for uri in self._reckoning.ended.keys() - self.ends.keys():
                name = self.headings[uri].name if uri in self.headings else uri
                self.ends[uri] = self._reckoning.feature(uri, name)
            self.finished = self._reckoning.run(Counter(end.status for end in self.ends.values()))

    def _scan(self, file: BinaryIO) -> None:
        start = 0
        for number, line in enumerate(file, 1):
            try:
                event = cast(Event, jsonl.decode(line.decode("utf-8")))
            except (UsageError, UnicodeDecodeError):
                if line.endswith(b"\n"):
                    self._fail(f"Line {number} is not an event: it is left out")
                event = None
            end = start + len(line)
            if event is not None:
                self._take(event, start, end)
            start = end

    def _take(self, event: Event, start: int, end: int) -> None:
        self._reckoning.take(event)
        if isinstance(event, events.ScenarioStarted):
            self._begun = start, event
        elif isinstance(event, events.ScenarioFinished):
            begun, scenario = self._begun or (start, event)
            self.blocks.setdefault(event.uri, []).append(Block(scenario.line, self._number, begun, end))
            self._begun = None
        elif isinstance(event, events.RuleFailed):
            self.blocks.setdefault(event.uri, []).append(Block(event.line, self._number, start, end))
        elif isinstance(event, events.FeatureStarted):
            self.headings.setdefault(event.uri, event)
        elif isinstance(event, events.FeatureFinished):
            self.ends[event.uri] = event
        elif isinstance(event, events.RunStarted):
            self.started = event
        elif isinstance(event, events.RunFinished):
            self.finished = event
        elif self._begun is None:
            self.others.append(event)

    def _fail(self, problem: str) -> None:
        self.others.append(events.FileFailed(str(self.path), events.Failure("UsageError", 2, problem, fix=_FIX)))


def joined(paths: Sequence[Path]) -> Iterator[Event]:
    """The events of all files as those of one run.

    Raises:
        UsageError: a file cannot be read, or they do not belong together.
    """
    parts = [Part(path, number) for number, path in enumerate(paths)]
    _refuse_strangers(parts)
    first = min((part.started for part in parts if part.started), key=lambda started: started.at)
    yield first._replace(shard="", workers=sum(part.started.workers for part in parts if part.started))
    others = list(dict.fromkeys(event for part in parts for event in (*part.others, *_missing(parts))))
    yield from others
    for uri in sorted({uri for part in parts for uri in (*part.blocks, *part.ends)}):
        yield from _feature(uri, parts)
    yield _end(parts, others)


def _refuse_strangers(parts: Sequence[Part]) -> None:
    """Refuses shards of different runs, and the same one twice.

    Raises:
        UsageError: with the two files.
    """
    seen: dict[str, Part] = {}
    for part in parts:
        shard = part.started.shard if part.started else ""
        for other, before in seen.items():
            if before.started and part.started and before.started.split != part.started.split:
                problem = f"{before.path} and {part.path} are not parts of one run: shards {other} and {shard}"
                fix = "Shards belong together if their features, tags, N and durations are the same"
                raise UsageError(problem, fix=fix)
        if shard and shard in seen:
            problem = f"Shard {shard} is there twice: {seen[shard].path} and {part.path}"
            raise UsageError(problem, fix="Give one file of each shard")
        seen[shard] = part


def _missing(parts: Sequence[Part]) -> Iterator[Event]:
    """Shards that nobody gave."""
    given = {part.started.shard for part in parts if part.started and part.started.shard}
    totals = {int(shard.partition("/")[2]) for shard in given}
    for number in range(1, max(totals, default=0) + 1):
        shard = f"{number}/{max(totals)}"
        if shard not in given:
            problem = f"Shard {shard} is missing: nothing is known of what it ran"
            yield events.FileFailed("shards", events.Failure("UsageError", 2, problem, fix="Give its file, too"))


def _feature(uri: str, parts: Sequence[Part]) -> Iterator[Event]:
    """A feature's events, its scenarios in their order, whichever part has them."""
    heading = next((part.headings[uri] for part in parts if uri in part.headings), None)
    if heading is not None:
        yield heading
    for block in sorted(block for part in parts for block in part.blocks.get(uri, ())):
        with parts[block.file].path.open("rb") as file:
            file.seek(block.start)
            text = file.read(block.end - block.start).decode("utf-8", "replace")
        yield from _readable(text.splitlines())
    ends = [part.ends[uri] for part in parts if uri in part.ends]
    if ends:
        failure = next((end.failure for end in ends if end.failure), None)
        seconds = sum(end.seconds for end in ends)
        yield ends[0]._replace(status=state_of(end.status for end in ends), seconds=seconds, failure=failure)


def _readable(lines: Iterable[str]) -> Iterator[Event]:
    for line in lines:
        try:
            yield cast(Event, jsonl.decode(line))
        except UsageError:  # told of when the file was looked through
            continue


def _end(parts: Sequence[Part], others: Iterable[Event]) -> events.RunFinished:
    ends = [part.finished for part in parts if part.finished]
    counts = added(end.counts for end in ends)
    states = [
        [part.ends[uri].status for part in parts if uri in part.ends] for uri in {u for p in parts for u in p.ends}
    ]
    features = Counter(counts["features"])
    features.subtract(state for each in states for state in each)
    features.update(map(state_of, states))
    counts["features"] = {state: number for state, number in features.items() if number}
    statuses = {*(end.exit_status for end in ends), *(2 for event in others if isinstance(event, events.FileFailed))}
    status = next((each for each in (130, 143, 2, 3, 1) if each in statuses), 0)
    return events.RunFinished(
        counts,
        max((end.seconds for end in ends), default=0.0),
        status,
        next((end.aborted for end in ends if end.aborted), ""),
        sum(end.unchecked for end in ends),
        sum(end.consequences for end in ends),
        sum(end.flaky for end in ends),
        any(end.chosen for end in ends),
    )
