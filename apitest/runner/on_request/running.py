"""The runner of a project whose scenarios are asked for one by one."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from behave.model_type import FileLocation, Status
from behave.step_registry import registry

from apitest import compat
from apitest.clients.vault import client as vault_access
from apitest.context import RunState
from apitest.language.registry import load
from apitest.project import Project
from apitest.runner import options, parsing
from apitest.runner.model import Config, Container, Feature, Item, Place, Scenario
from apitest.runner.on_request import outcome
from apitest.runner.on_request.desk import END_RULE, Desk, Wish
from apitest.runner.run import ProjectRunner, Rules
from apitest.runner.telling import Teller
from apitest.steps import MODULES


def run(project: Project, desk: Desk) -> None:
    """Runs what is asked for at the desk.

    Raises:
        ApitestError: the project, its config.ini or its Python cannot be used.
    """
    registry.steps = {kind: [] for kind in registry.steps}  # those of a project that ran before
    config = options.configuration(project, [str(project.features)], [])
    options.leave_output_to_reports(config)
    state = RunState(project, emit=desk.tell)
    desk.secrets.update(state.secrets)
    state.secrets = desk.secrets
    state.vault = vault_access.reader(state)
    DeskRunner(config, state, desk).run()


def read(path: Path, project: Project, line: int | None = None) -> Feature:
    """The feature in a file; steps of the project's own are not known yet, so that some mistakes are told when it runs.

    Args:
        path: of the file.
        project: that it belongs to.
        line: the scenarios that FILE:LINE does not mean are marked as skipped.

    Raises:
        ApitestError: it cannot be read, something in it would never run, or it does not have the line.
    """
    builtin = load(MODULES)
    lenient = (lambda text: None) if project.is_old else None
    reader = parsing.Reader(None, lambda text: builtin.find("given", text) is not None, lenient)
    found = next(parsing.features([FileLocation(str(path), line)], reader))
    if isinstance(found, tuple):
        raise found[1]
    return found


class DeskTeller(Teller):
    """Says of each scenario, besides what is told of it, when the runner is done with it, silent ones included.

    Args:
        runner: whose scenarios it tells of.
    """

    def __init__(self, runner: "DeskRunner") -> None:
        super().__init__(runner.state, runner.builtin)
        self._runner = runner

    def finish_scenario(self, scenario: Scenario, seconds: float) -> None:
        """A scenario has its final state."""
        super().finish_scenario(scenario, seconds)
        if not self.tries_again:
            self._runner.ended(scenario)

    def leave_out(self, scenario: Scenario) -> None:
        """A scenario was not selected; if it is the one that is asked for, nothing more comes of it."""
        super().leave_out(scenario)
        if self._runner.is_turn_of(scenario):
            self._runner.ended(scenario)

    def finish_rule(self, rule: Container) -> None:
        """A rule is over."""
        super().finish_rule(rule)
        self._runner.rule_ended(rule)


class DeskRunner(ProjectRunner):
    """Runs each scenario when it is asked for, and leaves out those of its feature that nobody asks for.

    Args:
        config: behave's configuration.
        state: of the run.
        desk: where scenarios are asked for.
    """

    def __init__(self, config: Config, state: RunState, desk: Desk) -> None:
        super().__init__(config, state, load(MODULES), Rules(state.project.strict))
        self._desk = desk
        self._turn: Scenario | None = None
        self.teller = DeskTeller(self)

    def run_with_paths(self) -> bool:
        """Loads the project's Python and runs what is asked for; pytest captures the output."""
        with compat.installed(self.state):
            return self._load_and_run()

    def _places(self) -> list[Place]:
        return []

    def _found_empty(self) -> bool:
        return False

    def run_model(self, features: Iterable[parsing.Parsed] = ()) -> bool:
        """Runs the features of which scenarios are asked for, in that order."""
        return super().run_model(self._asked_for())

    def _asked_for(self) -> Iterator[parsing.Parsed]:
        tried: Wish | None = None
        found: parsing.Parsed | None = None
        while (wish := self._wish()) is not None:
            if wish.ends:
                self._desk.take()
                self._desk.answer()
            elif wish is tried:
                self._desk.take()
                self._pass_by(wish, found)
            else:
                tried = wish
                found = next(parsing.features([FileLocation(wish.file)], self._reader()))
                yield found

    def _wish(self) -> Wish | None:
        """What is asked for, between two features: a scenario in the middle of which the feature ended is over, too."""
        if self._turn is not None:
            self.ended(self._turn)
        return self._desk.next()

    def is_turn_of(self, item: Item) -> bool:
        """Whether this scenario is the one that is asked for, or this rule the one that it is in."""
        if item.type == "rule":
            return any(self._is_asked_for(scenario) for scenario in cast(Container, item).walk_scenarios())
        if self._turn is None and self._is_asked_for(item):
            self._desk.take()
            self._turn = cast(Scenario, item)
        return item is self._turn

    def _is_asked_for(self, item: Item) -> bool:
        wish = self._desk.next()
        return wish is not None and wish.line == item.line and _is_same(wish.file, item.filename)

    def ended(self, scenario: Scenario) -> None:
        """The runner is done with a scenario: if it is the one that was asked for, that is answered."""
        if scenario is self._turn:
            self._turn = None
            self._answer(scenario, self.feature)

    def rule_ended(self, rule: Container) -> None:
        """The runner is done with a rule, and with scenarios of it that a hook kept from running by its failure."""
        for scenario in rule.walk_scenarios() if rule.hook_failed else ():
            if scenario.status is Status.untested and self.is_turn_of(scenario):
                self.ended(scenario)
        if self._desk.next() is END_RULE:
            self._desk.take()
            self._desk.answer()

    def _pass_by(self, wish: Wish, found: parsing.Parsed | None) -> None:
        """The feature was run, and the scenario that is asked for was not."""
        if found is None or isinstance(found, tuple):  # which was told
            self._desk.answer()
            return
        there = next((each for each in found.walk_scenarios() if each.line == wish.line), None)
        if there is None:
            self._desk.answer(reason=f"the feature has no scenario in line {wish.line} any more")
        else:
            self._answer(there, found)

    def _answer(self, scenario: Scenario, feature: Feature) -> None:
        if scenario.status is Status.skipped:
            self._desk.answer(skipped=True, reason=self.clean(outcome.why_skipped(scenario, self.config)))
        elif scenario.status is Status.untested:
            self._desk.answer(reason=self.clean(outcome.why_untested(scenario, feature, self)))
        else:
            self._desk.answer()


def _is_same(one: str, other: str) -> bool:
    return Path(one).resolve() == Path(other).resolve()
