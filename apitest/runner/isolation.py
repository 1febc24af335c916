"""Finds out what a scenario that failed depends on: it runs by itself, and then after its neighbours."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from apitest import events
from apitest.errors import ApitestError
from apitest.events import Event, Listener, ScenarioFinished
from apitest.project import Project
from apitest.report import jsonl
from apitest.runner.interruption import interruptible

_MOST = 10
_NEVER_RUN = (events.SKIPPED, events.UNTESTED)

Fails = Callable[[Sequence[ScenarioFinished], ScenarioFinished], bool]
"""Whether a scenario fails after others of its feature, in a run of their own."""


class Isolation:
    """Listens for scenarios that failed, and tells of each what it depends on when the run is over.

    Args:
        emit: is told.
        fails: runs scenarios.
    """

    def __init__(self, emit: Listener, fails: Fails) -> None:
        self._emit = emit
        self._fails = fails
        self._features: dict[str, list[ScenarioFinished]] = {}  # of those that are not over: workers run several
        self._uris: set[str] = set()
        self._workers = 1
        self._failed: list[tuple[ScenarioFinished, list[ScenarioFinished], bool]] = []

    def __call__(self, event: Event) -> None:
        """Takes an event of the run."""
        if isinstance(event, events.RunStarted):
            self._workers = event.workers
        elif isinstance(event, events.FeatureFinished):
            self._features.pop(event.uri, None)
        elif isinstance(event, ScenarioFinished) and event.status not in _NEVER_RUN and not event.tried_again:
            earlier = self._features.setdefault(event.uri, [])
            self._uris.add(event.uri)
            if event.status != events.PASSED and not event.cause:
                self._failed.append((event, earlier.copy(), len(self._uris) > 1))
            earlier.append(event)
        elif isinstance(event, events.RunFinished) and not event.aborted:
            left = len(self._failed) - self._isolated()
            if left:
                more = f"{left} more scenarios" if left > 1 else "one more scenario"
                self._emit(events.Notice(f"Of {more} that failed, nobody knows whether they fail alone"))

    def _isolated(self) -> int:
        """Tells of one after another, until that is interrupted; of how many it did."""
        told = 0
        with suppress(KeyboardInterrupt), interruptible():
            for failed, earlier, others in self._failed[:_MOST]:
                text = self._told(failed, earlier, others)
                told += 1
                self._emit(events.Notice(text))
        return told

    def _told(self, failed: ScenarioFinished, earlier: list[ScenarioFinished], others: bool) -> str:
        """What it depends on; `others` is whether scenarios of other files ran before it."""
        try:
            if self._fails((), failed):
                return f"{_named(failed)} fails by itself, too"
            found = culprits(earlier, lambda those: self._fails(those, failed))
        except ApitestError as error:
            return f"{_named(failed)} could not be run by itself: {error.problem}"
        if not found:
            beside = ", or what ran beside it matters" if self._workers > 1 else ""
            before = ", or it depends on other files that ran before it, which is not looked for" if others else ""
            return f"{_named(failed)} passes by itself, and after its neighbours, too: it is flaky{beside}{before}"
        return f"{_named(failed)} passes by itself: it fails after {' and '.join(map(_named, found))}"


def culprits(
    earlier: list[ScenarioFinished], fails: Callable[[list[ScenarioFinished]], bool]
) -> list[ScenarioFinished]:
    """The fewest of the earlier scenarios after which one fails; none if it passes after all of them.

    Takes about as many runs as halving takes where one of them is enough.
    """
    if not earlier or not fails(earlier):
        return []
    needed = earlier
    size = len(needed) // 2
    while size:
        parts = [needed[at : at + size] for at in range(0, len(needed), size)]
        alone = next((part for part in parts if len(part) < len(needed) and fails(part)), None)
        if alone is None:
            rests = ([one for one in needed if one not in part] for part in parts)
            alone = next((rest for rest in rests if 0 < len(rest) < len(needed) and fails(rest)), None)
        if alone is None:
            size //= 2
        else:
            needed = alone
            size = max(len(needed) // 2, 1) if len(needed) > 1 else 0
    return needed


def _named(scenario: ScenarioFinished) -> str:
    return f'"{scenario.name}" ({scenario.uri}:{scenario.line})'


def in_a_run_of_its_own(project: Project) -> Fails:
    """Runs scenarios as `apitest run` does, in another process, which nobody sees.

    What it leaves in the record of the last run is replaced when this run ends.
    """

    def fails(earlier: Sequence[ScenarioFinished], last: ScenarioFinished) -> bool:
        places = [f"{scenario.uri}:{scenario.line}" for scenario in (*earlier, last)]
        with tempfile.TemporaryDirectory(prefix="apitest-") as directory:
            report = Path(directory) / "events.jsonl"
            options = ["--allow-empty", f"--report=jsonl={report}", *project.choice.options]
            command = [sys.executable, "-m", "apitest", "run", *options, "--", *places]
            # Our own interpreter and module.
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603
            return _failed(report, last)

    return fails


def _failed(report: Path, scenario: ScenarioFinished) -> bool:
    try:
        with report.open(encoding="utf-8") as lines:
            for event in jsonl.read(lines, str(report)):
                if isinstance(event, ScenarioFinished) and (event.uri, event.line) == (scenario.uri, scenario.line):
                    return event.status != events.PASSED
    except OSError as error:
        raise ApitestError(f"its run told nothing: {error.strerror}") from None
    raise ApitestError("its run ended before it")
