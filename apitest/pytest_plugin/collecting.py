"""The .feature files and scenarios of a project as pytest has tests."""

import io
import re
from collections.abc import Iterator, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from apitest import events
from apitest import project as projects
from apitest.config_layers import Choice
from apitest.context import RunState
from apitest.errors import ApitestError
from apitest.events import Event, Failure
from apitest.project import Project
from apitest.pytest_plugin import masking
from apitest.redaction import redact, redact_string
from apitest.report.failure import failure_lines
from apitest.report.style import Style
from apitest.report.terminal import TerminalReport
from apitest.runner.model import Feature, Scenario
from apitest.runner.on_request import running
from apitest.runner.on_request.desk import END_FEATURE, END_RULE, Answer, Desk, Wish

_WIDTH = 100
_OPEN = pytest.StashKey["Open"]()
_OURS = pytest.StashKey[set[str]]()


class Open:
    """The project that runs; one at a time, since behave knows the steps of one."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.desk = Desk(partial(running.run, project))

    def ask(self, wish: Wish) -> Answer:
        """What came of a wish.

        Raises:
            ApitestError: the project cannot be used.
        """
        with masking.hidden(self.desk.secrets):
            return self.desk.ask(wish)

    def end_feature(self) -> list[Event]:
        """What that told; nothing where the project cannot be used, which its scenarios have told."""
        return [] if self.desk.has_ended else list(self.ask(END_FEATURE).events)

    def end_rule(self) -> list[Event]:
        """Ends the rule that is open; what that told."""
        return [] if self.desk.has_ended else list(self.ask(END_RULE).events)

    def end(self) -> list[Event]:
        """Ends the feature and the run; what that told."""
        told = self.end_feature()
        with masking.hidden(self.desk.secrets):
            return [*told, *self.desk.end()]


def close(session: pytest.Session) -> list[Event]:
    """Ends the run of the project that is open, if one is: its hooks and clean-ups run; what that told."""
    current = session.stash.get(_OPEN, None)
    if current is None:
        return []
    del session.stash[_OPEN]
    return current.end()


def feature_file(path: Path, parent: pytest.Collector) -> "FeatureFile | None":
    """A file, if the features of its project are what pytest was started for; None for any other."""
    choice = Choice(str(parent.config.getoption("--apitest-env")))
    try:
        project = projects.find(path, choice)
    except ApitestError as error:
        raise pytest.Collector.CollectError(_told(error)) from None
    named = [Path(argument.partition("::")[0]).resolve() for argument in parent.config.args]
    if not any(each == project.features or project.features in each.parents for each in named):
        return None
    here = path.resolve()
    if project.apart is not None and project.apart in here.parents and here not in named:
        return None
    file: FeatureFile = FeatureFile.from_parent(parent, path=path)
    file.project = project
    return file


def at_line(argument: str, environment: str) -> list[str]:
    """What pytest calls the scenarios that ``FILE:LINE`` means.

    Args:
        argument: the file and the line, of a .feature file that is there.
        environment: that the project runs against.

    Raises:
        UsageError: the file cannot be read, or has no such line.
    """
    path, _, line = argument.rpartition(":")
    secrets: Set[str] = frozenset()
    try:
        project = projects.find(Path(path), Choice(environment))
        secrets = RunState(project).secrets
        feature = running.read(Path(path), project, int(line))
    except ApitestError as error:
        raise pytest.UsageError(_told(error, secrets)) from None
    return [f"{path}::{name}" for name, scenario in _named(feature, secrets) if not scenario.should_skip]


def _named(feature: Feature, secrets: Set[str]) -> Iterator[tuple[str, Scenario]]:
    """Its scenarios, and the rows of its outlines, by names without secrets, of which each is there once."""
    seen: set[str] = set()
    for scenario in feature.walk_scenarios():
        # Of "::" pytest makes parts of a name, none of which it would find.
        name = redact_string(scenario.name.strip(), secrets).replace("::", ":") or f"line {scenario.line}"
        if name in seen:
            name = f"{name} (line {scenario.line})"
        seen.add(name)
        yield name, scenario


class FeatureFile(pytest.File):
    """A .feature file."""

    project: Project

    def collect(self) -> Iterator["ScenarioItem"]:
        """Its scenarios, and the rows of its outlines.

        Raises:
            CollectError: it cannot be parsed.
        """
        secrets = RunState(self.project).secrets
        feature = self._feature(secrets)
        rules = {scenario.line: rule.line for rule in feature.rules for scenario in rule.walk_scenarios()}
        for name, scenario in _named(feature, secrets):
            item: ScenarioItem = ScenarioItem.from_parent(self, name=name)
            item.line = scenario.line
            item.rule = rules.get(scenario.line, 0)
            item.tell_tags([str(tag) for tag in scenario.effective_tags])
            yield item

    def _feature(self, secrets: Set[str]) -> Feature:
        """The feature in it."""
        try:
            return running.read(self.path, self.project)
        except ApitestError as error:
            raise self.CollectError(_told(error, secrets)) from None


class ScenarioItem(pytest.Item):
    """A scenario, or a row of an outline.

    Attributes:
        line: where it begins.
        rule: the line of the rule that it is in; 0 for none.
        secrets: values that no report of it may show.
    """

    parent: FeatureFile
    line: int
    rule: int = 0
    secrets: Set[str] = frozenset()

    def tell_tags(self, tags: Sequence[str]) -> None:
        """Gives it a marker for each tag; a tag that is the name of a marker of others does not become one."""
        config = self.config
        ours = config.stash.setdefault(_OURS, set())
        others = {re.split(r"[:(]", str(line), maxsplit=1)[0].strip() for line in config.getini("markers")} - ours
        for name in (re.sub(r"\W", "_", tag) for tag in tags):
            if name in others or name.startswith("_"):
                continue
            if name not in ours:
                ours.add(name)
                config.addinivalue_line("markers", f"{name}: a tag of scenarios")
            self.add_marker(name)

    def runtest(self) -> None:
        """Runs it, and fails if it did not pass."""
        current = self._open()
        self.secrets = current.desk.secrets
        answer = current.ask(Wish(str(self.path), self.line))
        status = next((event.status for event in answer.events if isinstance(event, events.ScenarioFinished)), "")
        if not _failures(answer.events):
            if status == events.PASSED:
                return
            if status == events.SKIPPED or answer.skipped:
                pytest.skip(answer.reason)
        pytest.fail(_why(answer), pytrace=False)

    def _open(self) -> Open:
        """The run of the project, which is opened with its first scenario; the one that ran before ends."""
        stash = self.session.stash
        current = stash.get(_OPEN, None)
        if current is None or current.project != self.parent.project:
            close(self.session)
            current = stash[_OPEN] = Open(self.parent.project)
        return current

    def leave(self, following: pytest.Item | None) -> None:
        """Ends the rule and the feature after their last scenario, and the run of the project after its last one.

        Fails if a hook or a clean-up goes wrong there.
        """
        current = self.session.stash.get(_OPEN, None)
        if current is None:
            return
        if not isinstance(following, ScenarioItem) or following.parent.project != self.parent.project:
            told = close(self.session)
        elif following.parent is not self.parent:
            told = current.end_feature()
        else:
            told = current.end_rule() if self.rule and following.rule != self.rule else []
        if _failures(told):
            pytest.fail(_shown(told), pytrace=False)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What a person reads of a failure."""
        error = excinfo.value
        if isinstance(error, pytest.fail.Exception):
            return str(error)
        if isinstance(error, ApitestError):
            return _told(error, self.secrets)
        return super().repr_failure(excinfo, style)

    def settle(self, report: pytest.TestReport) -> None:
        """A report of this test has no secrets in it, and the place of a scenario that was skipped is its own."""
        masking.mask(report, self.secrets)
        if isinstance(report.longrepr, tuple):
            report.longrepr = (str(self.path), self.line, report.longrepr[2])

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it is, and a heading; one that ends like the name of the test would have its dots replaced."""
        return self.path, self.line - 1, f"Scenario: {self.name}"


def _told(error: ApitestError, secrets: Set[str] = frozenset()) -> str:
    """What a person reads of an error."""
    return "\n".join(failure_lines(redact(Failure.of(error), secrets), Style(width=_WIDTH), _WIDTH))


def _failures(told: Sequence[Event]) -> list[Failure]:
    return [failure for event in told if (failure := getattr(event, "failure", None))]


def _why(answer: Answer) -> str:
    """Why a scenario did not pass: what failed; where nothing did, why it did not run."""
    shown = _shown(answer.events).strip()
    if _failures(answer.events) or (shown and not answer.reason):
        return shown
    return f"It did not run: {answer.reason}\n{shown}".strip()


def _shown(told: Sequence[Event]) -> str:
    """What happened, as a run shows it; the first line, of which pytest makes its summary, says what is wrong."""
    problems = [failure.problem for failure in _failures(told)]
    stream = io.StringIO()
    report = TerminalReport(stream, color=False, unicode=True, width=_WIDTH, verbose=False)
    for event in told:
        if not isinstance(event, events.RunFinished | events.FeatureStarted):
            report(event)
    shown = "\n".join(
        [*(problem.splitlines()[0] for problem in problems[:1] if problem), stream.getvalue().strip("\n")]
    )
    return masking.whole(shown)  # plug-ins read it of the exception
