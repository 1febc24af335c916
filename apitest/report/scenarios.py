"""Events gathered to whole scenarios, for the formats that write one at a time."""

from collections.abc import Callable
from typing import NamedTuple

from apitest import events
from apitest.events import Event, Failure, FeatureStarted, ScenarioFinished, ScenarioStarted, StepFinished
from apitest.report.failure import failure_exchange, failure_lines
from apitest.report.style import STATES, Style

PLAIN = Style(color=False, unicode=True, width=120)
"""How a failure is written into a file."""

PASSED, FAILED, ERROR, SKIPPED = "passed", "failed", "error", "skipped"
_OUTCOMES = {"passed": PASSED, "failed": FAILED, "skipped": SKIPPED, "not run": SKIPPED}


def outcome(status: str) -> str:
    """What a final state comes to where there are four: passed, failed, error or skipped."""
    if status in ("pending_warn", "untested_pending"):
        return SKIPPED
    return _OUTCOMES.get(STATES[status].word if status in STATES else status, ERROR)


class Told(NamedTuple):
    """A scenario that is over.

    Attributes:
        feature: what it belongs to.
        began: its beginning.
        steps: what it did.
        ended: its end.
    """

    feature: FeatureStarted
    began: ScenarioStarted
    steps: list[StepFinished]
    ended: ScenarioFinished

    @property
    def outcome(self) -> str:
        """passed, failed, error or skipped."""
        return outcome(self.ended.status)

    @property
    def place(self) -> str:
        """Its file and line."""
        return f"{self.ended.uri}:{self.ended.line}"

    @property
    def name(self) -> str:
        """What it is called; by its line if it has no name."""
        return self.ended.name or f"line {self.ended.line}"

    @property
    def failures(self) -> list[tuple[int, Failure]]:
        """Why it did not pass, each with its line in the feature file."""
        found = [(step.line, step.failure) for step in self.steps if step.failure]
        return found + ([(self.ended.line, self.ended.failure)] if self.ended.failure else [])

    @property
    def explanation(self) -> str:
        """All of its failures as text."""
        return "\n\n".join(explained(failure, f"{self.ended.uri}:{line}") for line, failure in self.failures)


def explained(failure: Failure, place: str = "") -> str:
    """A failure as text, with what was sent and received."""
    lines = failure_lines(failure, PLAIN, PLAIN.width, place, full=True)
    return "\n".join([*lines, *failure_exchange(failure.exchange, PLAIN, PLAIN.width, full=True)])


class Broken(NamedTuple):
    """What went wrong beside scenarios.

    Attributes:
        uri: of the file or of the feature; words for a hook of the whole run.
        failure: what went wrong.
        rule: what the rule is called whose hook or clean-up it was; empty for none.
        line: of the rule.
        feature: the name of the rule's feature.
    """

    uri: str
    failure: Failure
    rule: str = ""
    line: int = 0
    feature: str = ""

    @property
    def place(self) -> str:
        """The file and line of the rule; empty for anything else."""
        return f"{self.uri}:{self.line}" if self.rule else ""

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.place}, {self.rule}" if self.rule else self.uri

    @property
    def explanation(self) -> str:
        """The failure as text."""
        return explained(self.failure, self.place)


class Gathering:
    """A listener that hands on whole scenarios, and what is broken beside them.

    Args:
        scenario: is called with each scenario that is over.
        broken: is called with a file, feature, rule or hook that failed.
    """

    def __init__(self, scenario: Callable[[Told], None], broken: Callable[[Broken], None]) -> None:
        self._scenario = scenario
        self._broken = broken
        self._feature = FeatureStarted("", 0, "", ())
        self._began: ScenarioStarted | None = None
        self._steps: list[StepFinished] = []

    def __call__(self, event: Event) -> None:
        """Takes an event of the run."""
        if isinstance(event, StepFinished):
            self._steps.append(event)
        elif isinstance(event, ScenarioStarted):
            self._began, self._steps = event, []
        elif isinstance(event, ScenarioFinished):
            if self._began is not None:
                feature = self._feature if self._feature.uri == event.uri else FeatureStarted(event.uri, 1, "", ())
                self._scenario(Told(feature, self._began, self._steps, event))
            self._began, self._steps = None, []
        elif isinstance(event, FeatureStarted):
            self._feature = event
        elif isinstance(event, events.RuleFailed):
            name = self._feature.name if self._feature.uri == event.uri else ""
            self._broken(Broken(event.uri, event.failure, event.told, event.line, name))
        elif isinstance(event, events.FeatureFinished | events.FileFailed) and event.failure is not None:
            self._broken(Broken(event.uri, event.failure))
