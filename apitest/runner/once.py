"""Runs a feature once a run, on behalf of the steps that ask for it."""

from collections.abc import Callable
from pathlib import Path

from behave.model_type import FileLocation

from apitest.clients.http.client import kept_cookies
from apitest.context import FeatureContext, RunState
from apitest.runner import failures, parsing
from apitest.runner.engine import Engine
from apitest.runner.model import Feature, Scenario
from apitest.shared import Shared, Stored


class Once:
    """Runs the scenarios of a file the first time that a step of the run asks for it.

    They have a state of their own, their hooks are not called, and what they check is not a check of the scenario
    that asked. A failure of one of their steps is a failure of the step that asked.

    Args:
        runner: of the run.
        state: of the run.
        reader: of .feature files.
    """

    def __init__(self, runner: Engine, state: RunState, reader: Callable[[], parsing.Reader]) -> None:
        self._runner = runner
        self._state = state
        self._reader = reader
        self._shared = Shared.of(state.environ)

    def __call__(self, file: Path) -> Stored:
        """What the scenarios of a file left, this time or the first time; raises as `Shared.get`."""
        return self._shared.get(parsing.relative(str(file)), lambda: self._run(file))

    def _run(self, file: Path) -> Stored:
        known = set(self._state.secrets)
        own = FeatureContext(self._state)
        cookies: list[dict[str, object]] = []
        teller = self._runner.teller
        checked = teller.checked
        try:
            with self._runner.context.instead("zato", own):
                for scenario in _feature(file, self._reader()).walk_scenarios():
                    own.start_scenario()
                    self._run_steps(own, scenario)
                    cookies += kept_cookies(own).stored()
                    own.finish_scenario()
        finally:
            teller.checked = checked
            own.close()
        return Stored(own.user_ctx, tuple(cookies), tuple(self._state.secrets - known))

    def _run_steps(self, own: FeatureContext, scenario: Scenario) -> None:
        for step in scenario.all_steps:
            try:
                self._runner.context.run_within([step])
            except AssertionError as error:
                failures.place_in_file(error, step, own.last_exchange())
                raise


def _feature(file: Path, reader: parsing.Reader) -> Feature:
    found = next(parsing.features([FileLocation(str(file))], reader))
    if isinstance(found, tuple):
        raise found[1]
    return found
