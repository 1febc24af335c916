"""The .feature files and scenarios of a project as pytest has tests."""

import io
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from apitest import events
from apitest import project as projects
from apitest.config_layers import Choice
from apitest.errors import ApitestError
from apitest.events import Event, Failure
from apitest.project import Project
from apitest.report.failure import failure_lines
from apitest.report.style import Style
from apitest.report.terminal import TerminalReport
from apitest.runner.model import Feature
from apitest.runner.on_request import running
from apitest.runner.on_request.desk import END_FEATURE, Desk, Wish

_WIDTH = 100
_OPEN = pytest.StashKey["Open"]()
_OURS = pytest.StashKey[set[str]]()


class Open:
    """The project that runs; one at a time, since behave knows the steps of one."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.desk = Desk(partial(running.run, project))

    def end_feature(self) -> list[Event]:
        """What that told; nothing where the project cannot be used, which its scenarios have told."""
        try:
            return list(self.desk.ask(END_FEATURE))
        except ApitestError:
            return []


def close(session: pytest.Session) -> list[Event]:
    """Ends the run of the project that is open, if one is: its hooks and clean-ups run; what that told."""
    current = session.stash.get(_OPEN, None)
    if current is None:
        return []
    del session.stash[_OPEN]
    return [*current.end_feature(), *current.desk.end()]


def feature_file(path: Path, parent: pytest.Collector) -> "FeatureFile | None":
    """A file, if the features of its project are what pytest was started for; None for any other."""
    choice = Choice(str(parent.config.getoption("--apitest-env")))
    try:
        project = projects.find(path, choice)
    except ApitestError as error:
        raise pytest.Collector.CollectError("\n".join(_lines(Failure.of(error)))) from None
    named = [Path(argument.partition("::")[0]).resolve() for argument in parent.config.args]
    if not any(each == project.features or project.features in each.parents for each in named):
        return None
    here = path.resolve()
    if project.apart is not None and project.apart in here.parents and here not in named:
        return None
    file: FeatureFile = FeatureFile.from_parent(parent, path=path)
    file.project = project
    return file


class FeatureFile(pytest.File):
    """A .feature file."""

    project: Project

    def collect(self) -> Iterator["ScenarioItem"]:
        """Its scenarios, and the rows of its outlines.

        Raises:
            CollectError: it cannot be parsed.
        """
        feature = self._feature()
        seen: set[str] = set()
        for scenario in feature.walk_scenarios():
            name = scenario.name.strip() or f"line {scenario.line}"
            if name in seen:
                name = f"{name} (line {scenario.line})"
            seen.add(name)
            item: ScenarioItem = ScenarioItem.from_parent(self, name=name)
            item.line = scenario.line
            item.tell_tags([str(tag) for tag in scenario.effective_tags])
            yield item

    def _feature(self) -> Feature:
        """The feature in it."""
        try:
            return running.read(self.path, self.project)
        except ApitestError as error:
            raise self.CollectError("\n".join(_lines(Failure.of(error)))) from None


class ScenarioItem(pytest.Item):
    """A scenario, or a row of an outline."""

    parent: FeatureFile
    line: int

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
        told = self._desk().ask(Wish(str(self.path), self.line))
        ended = [event for event in told if isinstance(event, events.ScenarioFinished)]
        if ended and ended[-1].status == events.PASSED:
            return
        if ended and ended[-1].status == events.SKIPPED:
            pytest.skip("left out by the [behave] options in config.ini, or by itself")
        pytest.fail(_shown(told).strip() or "It did not run: the run was stopped by an earlier scenario", pytrace=False)

    def _desk(self) -> Desk:
        """That of the project, which is opened with its first scenario; the one that ran before ends."""
        stash = self.session.stash
        current = stash.get(_OPEN, None)
        if current is None or current.project != self.parent.project:
            close(self.session)
            current = stash[_OPEN] = Open(self.parent.project)
        return current.desk

    def leave(self, following: pytest.Item | None) -> None:
        """Ends the feature after its last scenario, and the run of the project after its last one.

        Fails if a hook or a clean-up goes wrong there.
        """
        current = self.session.stash.get(_OPEN, None)
        if current is None or (following is not None and following.parent is self.parent):
            return
        told = current.end_feature()
        if not isinstance(following, ScenarioItem) or following.parent.project != self.parent.project:
            told += close(self.session)
        if any(getattr(event, "failure", None) for event in told):
            pytest.fail(_shown(told), pytrace=False)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What a person reads of a failure."""
        error = excinfo.value
        if isinstance(error, pytest.fail.Exception):
            return str(error)
        if isinstance(error, ApitestError):
            return "\n".join(_lines(Failure.of(error)))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it is, and a heading; one that ends like the name of the test would have its dots replaced."""
        return self.path, self.line - 1, f"Scenario: {self.name}"


def _lines(failure: Failure) -> list[str]:
    return failure_lines(failure, Style(width=_WIDTH), _WIDTH)


def _shown(told: Sequence[Event]) -> str:
    """What happened, as a run shows it; the first line, of which pytest makes its summary, says what is wrong."""
    problems = [failure.problem for event in told if (failure := getattr(event, "failure", None))]
    stream = io.StringIO()
    report = TerminalReport(stream, color=False, unicode=True, width=_WIDTH, verbose=False)
    for event in told:
        if not isinstance(event, events.RunFinished | events.FeatureStarted):
            report(event)
    return "\n".join([*(problem.splitlines()[0] for problem in problems[:1] if problem), stream.getvalue().strip("\n")])
