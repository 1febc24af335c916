"""The runner of a project whose scenarios are asked for one by one."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from behave.model_type import FileLocation
from behave.step_registry import registry

from apitest import compat, events
from apitest.clients.vault import client as vault_access
from apitest.context import RunState
from apitest.events import Event
from apitest.language.registry import load
from apitest.project import Project
from apitest.runner import options, parsing
from apitest.runner.model import Config, Feature, Place, Scenario
from apitest.runner.on_request.desk import END_FEATURE, Desk, Wish
from apitest.runner.run import ProjectRunner, Rules
from apitest.steps import MODULES


def run(project: Project, desk: Desk) -> None:
    """Runs what is asked for at the desk.

    Raises:
        ApitestError: the project, its config.ini or its Python cannot be used.
    """
    registry.steps = {kind: [] for kind in registry.steps}  # those of a project that ran before
    config = options.configuration(project, [str(project.features)], [])
    options.leave_output_to_reports(config)
    state = RunState(project, emit=lambda event: _tell(desk, event))
    state.vault = vault_access.reader(state)
    DeskRunner(config, state, desk).run()


def read(path: Path, project: Project) -> Feature:
    """The feature in a file; steps of the project's own are not known yet, so that some mistakes are told when it runs.

    Raises:
        FeatureFileError: it cannot be read, or something in it would never run.
    """
    builtin = load(MODULES)
    lenient = (lambda text: None) if project.is_old else None
    reader = parsing.Reader(None, lambda text: builtin.find("given", text) is not None, lenient)
    found = next(parsing.features([FileLocation(str(path))], reader))
    if isinstance(found, tuple):
        raise found[1]
    return found


def _tell(desk: Desk, event: Event) -> None:
    desk.tell(event)
    if isinstance(event, events.ScenarioFinished) and not event.tried_again:
        desk.answer()


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
        while (wish := self._desk.next()) is not None:
            if wish is END_FEATURE or wish is tried:
                self._desk.take()
                self._desk.answer()
                continue
            tried = wish
            place = FileLocation(wish.file)
            yield from parsing.features([place], self._reader())

    def is_turn_of(self, scenario: Scenario) -> bool:
        """Whether this scenario is the one that is asked for."""
        wish = self._desk.next()
        found = wish is not None and wish.line == scenario.line and _is_same(wish.file, scenario.filename)
        if found:
            self._desk.take()
        return found


def _is_same(one: str, other: str) -> bool:
    return Path(one).resolve() == Path(other).resolve()
