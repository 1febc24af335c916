"""The report as one HTML file: written while the run goes on, and complete without any other file or network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from apitest import __version__, events
from apitest.events import Listener
from apitest.report.html import document, rows
from apitest.report.html.chunks import Chunks, block, encoded
from apitest.report.style import STATES
from apitest.report.target import Target
from apitest.report.written import opened_file

FILE = "report.html"
wants_exchanges = True
wants_passed = True

_DETAILS, _INDEX = 200_000, 50_000  # characters of JSON in a block


@contextmanager
def opened(target: Target) -> Iterator[Listener]:
    """A page for a browser; its data are appended as they come."""
    with opened_file(target.path, "html") as file:
        report = _Page(file)
        yield report
        report.finish()


class _Page:
    """Writes the page, then blocks of details, and an index of them."""

    def __init__(self, file: TextIO) -> None:
        self._write = file.write
        self._details = Chunks(file.write, "details", _DETAILS)
        self._index = Chunks(file.write, "index", _INDEX)
        self._features: dict[str, int] = {}
        self._began: events.ScenarioStarted | None = None
        self._steps: list[rows.Plain] = []
        self._take: dict[type, Callable[[Any], object]] = {
            events.RunStarted: self._run_started,
            events.FeatureStarted: self._feature_started,
            events.ScenarioStarted: self._scenario_started,
            events.StepFinished: lambda step: self._steps.append(rows.step(step)),
            events.ScenarioFinished: self._scenario_finished,
            events.RuleFailed: self._rule_failed,
            events.FeatureFinished: self._feature_finished,
            events.FileFailed: self._file_failed,
            events.Notice: self._notice,
            events.RunFinished: self._run_finished,
        }
        file.write(document.head())

    def __call__(self, event: events.Event) -> None:
        """Takes an event of the run."""
        take = self._take.get(type(event))
        if take is not None:
            take(event)

    def finish(self) -> None:
        """Writes what is left, in an order that the page can read if the disk is full in between."""
        self._details.finish()
        self._index.finish()

    def _run_started(self, event: events.RunStarted) -> None:
        states = {status: [state.word, state.mark] for status, state in STATES.items()}
        fields = event._asdict() | {"version": __version__, "states": states}
        self._write(block("run", encoded(fields)))

    def _feature_started(self, event: events.FeatureStarted) -> None:
        if event.uri not in self._features:
            self._features[event.uri] = len(self._features)
            self._index.add(rows.feature(event, self._features[event.uri]))

    def _scenario_started(self, event: events.ScenarioStarted) -> None:
        self._began = event
        self._steps = []

    def _scenario_finished(self, event: events.ScenarioFinished) -> None:
        began, self._began = self._began, None
        if began is None:
            return
        self._feature_started(events.FeatureStarted(event.uri, 1, "", ()))
        details: rows.Plain = {"steps": self._steps}
        if event.failure:
            details["failure"] = rows.failure(event.failure)
        place = self._details.add(details)
        self._index.add(rows.scenario(began, event, self._features[event.uri], place, self._steps))
        self._steps = []

    def _rule_failed(self, event: events.RuleFailed) -> None:
        place, told = f"{event.uri}:{event.line}", rows.failure(event.failure)
        self._index.add({"broken": place, "name": event.told.capitalize(), "failure": told})

    def _feature_finished(self, event: events.FeatureFinished) -> None:
        if event.failure:
            self._index.add({"broken": event.uri, "name": event.name, "failure": rows.failure(event.failure)})

    def _file_failed(self, event: events.FileFailed) -> None:
        self._index.add({"broken": event.uri, "failure": rows.failure(event.failure)})

    def _notice(self, event: events.Notice) -> None:
        if not event.verbose_only:
            self._index.add({"notice": event.text})

    def _run_finished(self, event: events.RunFinished) -> None:
        self.finish()
        self._write(block("end", encoded(event._asdict())))
