"""Which failures are causes, and which follow from others: a step that did not pass has stored nothing."""

from collections.abc import Iterable
from typing import NamedTuple

from apitest.errors import ApitestError
from apitest.events import Failure
from apitest.expressions import expression
from apitest.language.registry import Registry
from apitest.runner.model import Scenario, Step

_QUOTED = expression(r'"([^"]+)"')
_RESPONSE = "response"


class Cause(NamedTuple):
    """A scenario or a step that failed.

    Attributes:
        what: words for it, such as ``the scenario "Log in"``.
        place: its file and line.
        exit_status: what its own failures make of the run.
    """

    what: str
    place: str
    exit_status: int


class Causes:
    """Keeps what the failures of a feature leave missing.

    Args:
        builtin: the built-in sentences, which say what they store.
    """

    def __init__(self, builtin: Registry) -> None:
        self._builtin = builtin
        self._of_feature: dict[str, Cause] = {}
        self._of_scenario: dict[str, Cause] = {}
        self._left_out: list[tuple[Scenario, str]] = []

    def start_feature(self) -> None:
        """A feature begins: it has no variables of the one before."""
        self._of_feature = {}
        self._left_out = []

    def start_scenario(self) -> None:
        """A scenario begins: none of its steps has failed."""
        self._of_scenario = {}

    def step_failed(self, step: Step, place: str, failure: Failure) -> None:
        """Takes note of what a step would have left to those after it: the first one that failed counts."""
        cause = Cause(f"the step in line {step.line}", place, failure.exit_status)
        for name in (_RESPONSE, *self._stored(step)):
            self._of_scenario.setdefault(name, cause)

    def scenario_failed(self, scenario: Scenario, place: str, exit_status: int) -> None:
        """Takes note of what a scenario would have stored for those after it."""
        cause = Cause(f'the scenario "{scenario.name.strip()}"', place, exit_status)
        for step in scenario.all_steps:
            if step.status.name != "passed":
                for name in self._stored(step):
                    self._of_feature.setdefault(name, cause)

    def left_out(self, scenario: Scenario, place: str) -> None:
        """Takes note of a scenario that does not run, since it was not chosen."""
        self._left_out.append((scenario, place))

    def _stored(self, step: Step) -> Iterable[str]:
        """The names that a step stores values under; of a step that is not built in, all that it has in quotes."""
        found = self._builtin.find(step.step_type, step.name)
        if found is None:
            return [f"#{name}" for name in _QUOTED.findall(step.name)]
        parameter = found.sentence.stores
        return [f"#{found.arguments[parameter]}"] if parameter else []

    def explained(self, error: BaseException, failure: Failure) -> Failure:
        """The failure, told as a consequence if what the error lacks would be there but for another failure."""
        needs = error.needs if isinstance(error, ApitestError) else ""
        cause = self._of_scenario.get(needs) or self._of_feature.get(needs)
        if cause is None:
            return self._with_left_out(needs, failure) if needs else failure
        end = "so nothing was sent" if needs == _RESPONSE else "so it did not store the value"
        fix = f"A consequence: {cause.what} failed, {end}\nSee {cause.place}"
        if isinstance(error, ApitestError):  # behave's formatters are told of the error itself
            error.fix = fix
        return failure._replace(fix=fix, cause=cause.place, exit_status=cause.exit_status)

    def _with_left_out(self, needs: str, failure: Failure) -> Failure:
        """The failure with the scenario that stores what is missing, where that was not chosen to run."""
        for scenario, place in self._left_out:
            if any(needs in self._stored(step) for step in scenario.steps):
                told = f'The scenario "{scenario.name.strip()}" stores it and was not chosen to run: {place}'
                return failure._replace(fix=f"{told}\n{failure.fix}".rstrip())
        return failure
