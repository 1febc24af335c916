"""Runs a small project in this process and keeps what it told."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from behave import step_registry
from behave.api.step_matchers import use_step_matcher

from apitest import events, project
from apitest.context import RunState
from apitest.language.registry import load
from apitest.runner import options
from apitest.runner.run import ProjectRunner, Rules
from apitest.steps import MODULES

ONE = 'Feature: F\n  Scenario: S\n    Given I store "1" under "x"\n'


class Run(NamedTuple):
    """What a run came to.

    Attributes:
        status: what the process would exit with.
        events: all of them, in order.
        runner: as it was left.
    """

    status: int
    events: list[Any]
    runner: ProjectRunner

    def of(self, kind: type) -> list[Any]:
        """The events of a kind."""
        return [event for event in self.events if type(event) is kind]

    @property
    def steps(self) -> dict[str, str]:
        """The states of the steps by their sentences."""
        return {step.name: step.status for step in self.of(events.StepFinished)}

    @property
    def scenarios(self) -> dict[str, str]:
        """The states of the scenarios by their names."""
        return {scenario.name: scenario.status for scenario in self.of(events.ScenarioFinished)}

    @property
    def failures(self) -> list[events.Failure]:
        """Everything that went wrong."""
        return [event.failure for event in self.events if getattr(event, "failure", None) is not None]


Runs = Callable[..., Run]


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    """Writes a project's files (``features/`` left out of their names) and runs it with behave's options."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    registry = step_registry.registry
    kept = registry.steps

    def run(
        files: dict[str, str],
        *arguments: str,
        prepare: Callable[[RunState], None] | None = None,
        rules: Rules | None = None,
    ) -> Run:
        registry.steps = {kind: [] for kind in kept}
        for name, text in files.items():
            path = tmp_path / "features" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        found = project.find(tmp_path / "features")
        config = options.configuration(found, ["features"], list(arguments))
        options.leave_output_to_reports(config)
        told: list[Any] = []
        state = RunState(found, seed=1, emit=told.append)
        if prepare:
            prepare(state)
        runner = ProjectRunner(config, state, load(MODULES), rules)
        runner.run()
        return Run(runner.exit_status, told, runner)

    yield run
    registry.steps = kept
    use_step_matcher("parse")
