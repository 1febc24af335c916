"""What a run tells of features, scenarios and steps, as events, and what it counts."""

from collections import Counter
from collections.abc import Callable, Iterable
from time import time
from typing import TYPE_CHECKING, Protocol

from behave.model_type import Status

from apitest import events
from apitest.context import RunState
from apitest.errors import ChecksNothing, UndefinedStep
from apitest.language.registry import Registry
from apitest.runner import failures
from apitest.runner.causes import Causes
from apitest.runner.model import Container, Feature, Item, Scenario, Statement, Step
from apitest.runner.parsing import shown
from apitest.trace import NOTHING, Done

if TYPE_CHECKING:
    from apitest.parallel.tally import Tally


class Follower(Protocol):
    """Wants to know how far a scenario has come, at any time."""

    def scenario_begins(self, steps: Iterable[Step]) -> None:
        """A scenario with these steps is about to begin."""

    def step_begins(self, number: int, last: events.Exchange | None, *, own: bool) -> None:
        """A step of it begins: the first is 0; `last` was exchanged before one of the project's own code."""

    def step_ends(self, number: int) -> None:
        """A step is over."""


class Teller:
    """Tells what the walk through a feature does.

    Args:
        state: of the run, whose listeners are told.
        builtin: the built-in sentences, among which the nearest are found for an undefined step.

    Attributes:
        exit_statuses: those of everything that went wrong so far.
        files_failed: whether a file, or code of the whole run, could not be used.
        checked: whether a step of the scenario that runs has checked something.
        counts: of "features", "scenarios" and "steps": final state to number.
        unchecked: how many scenarios passed without having checked anything.
        consequences: how many scenarios failed only because others had failed before them.
        flaky: how many scenarios passed, but not at the first try.
        tries_again: whether the scenario that just ended is tried again.
        follower: somebody who wants to know of each step that begins; None for nobody.
        causes: what the failures so far leave missing.
    """

    follower: Follower | None = None

    def __init__(self, state: RunState, builtin: Registry) -> None:
        self.emit = state.emit
        self._trace = state.trace
        self.exit_statuses: set[int] = set()
        self.counts: dict[str, Counter[str]] = {kind: Counter() for kind in ("features", "scenarios", "steps")}
        self.files_failed = False
        self.checked = False
        self.unchecked = self.consequences = self.flaky = 0
        self.tries_again = False
        self._attempt = 1
        self._may_try_again: Callable[[], bool] = lambda: False
        self._statuses_before: set[int] = set()
        self.causes = Causes(builtin)
        self._failures: list[events.Failure] = []
        self._failed_step = ""
        self._untold: list[Step] = []  # that passed, for as long as nobody needs to know of them
        self._steps = 0
        self._builtin = builtin
        self._unannounced: events.FeatureStarted | None = None
        self._started = False

    def start_feature(self, feature: Feature) -> None:
        """A feature begins; it is announced once there is something of it to tell."""
        self.causes.start_feature()
        tags = tuple(map(str, feature.tags))
        self._unannounced = events.FeatureStarted(shown(feature.filename), feature.line, feature.name, tags)

    def _announce_feature(self) -> None:
        if self._unannounced is not None:
            self.emit(self._unannounced)
            self._unannounced = None

    def finish_feature(self, feature: Feature, seconds: float) -> None:
        """A feature has its final state; one with nothing to run in it stays silent."""
        failure = self._failure_outside_steps(feature)
        if failure:
            self._announce_feature()
        if self._unannounced is None:
            place = shown(feature.filename)
            self.emit(events.FeatureFinished(place, feature.name, feature.status.name, seconds, failure))

    def finish_rule(self, rule: Container) -> None:
        """A rule is over, which is told only where a hook or a clean-up of it failed."""
        failure = self._failure_outside_steps(rule)
        if failure:
            self._announce_feature()
            self.emit(events.RuleFailed(shown(rule.filename), rule.line, rule.name, failure))

    def begin_try(self, attempt: int, may_try_again: Callable[[], bool]) -> None:
        """A scenario is tried; the first attempt is 1."""
        self._attempt, self._may_try_again = attempt, may_try_again
        self._statuses_before = self.exit_statuses.copy()
        self.tries_again = False

    def start_scenario(self, scenario: Scenario) -> None:
        """A scenario that is selected begins."""
        self._announce_feature()
        self._started = True
        self.checked = False
        self._failures = []
        self._failed_step = ""
        self._untold.clear()
        self._steps = 0
        self.causes.start_scenario()
        self._trace.start()
        if self.follower is not None:
            self.follower.scenario_begins(scenario.all_steps)
        place = shown(scenario.filename)
        rule = _rule_of(scenario)
        tags = tuple(map(str, scenario.tags if rule is None else [*rule.tags, *scenario.tags]))
        begun = events.ScenarioStarted(place, scenario.line, scenario.name.rstrip(), tags, time())
        self.emit(begun._replace(attempt=self._attempt, rule=rule.name.rstrip() if rule else ""))

    def finish_scenario(self, scenario: Scenario, seconds: float) -> None:
        """A scenario has its final state; one that was not selected stays silent."""
        if not self._started:
            self.leave_out(scenario)
            return
        self._started = False
        status = scenario.status
        checked = self.checked or status is not Status.passed
        failure = None if status is Status.passed else self._failure_outside_steps(scenario)
        if status is not Status.passed:
            self._tell_passed()
        place = shown(scenario.filename)
        cause = self._cause(failure)
        failed = status is not Status.passed and bool(self._failures or status.has_failed())
        # What lacks a step, or what another scenario would have stored, lacks it at the next try, too.
        hopeless = bool(cause) or any(found.kind == UndefinedStep.__name__ for found in self._failures)
        self.tries_again = failed and not hopeless and self._may_try_again()
        told = events.ScenarioFinished(
            place,
            scenario.line,
            scenario.name.rstrip(),
            status.name,
            seconds,
            failure,
            checked,
            cause,
            self._attempt,
            self.tries_again,
            self._steps,
        )
        if self.tries_again:
            self.exit_statuses = self._statuses_before
        else:
            self._count_scenario(scenario, told, failed)
        self.emit(told)

    def _count_scenario(self, scenario: Scenario, finished: events.ScenarioFinished, failed: bool) -> None:
        self.unchecked += not finished.checked
        self.consequences += bool(finished.cause)
        self.flaky += finished.is_flaky
        if failed:
            statuses = {found.exit_status for found in self._failures} or {1}
            place = f"{finished.uri}:{scenario.line}"
            self.causes.scenario_failed(scenario, place, failures.exit_status(statuses, ""))

    def leave_out(self, scenario: Scenario) -> None:
        """A scenario that was not selected stays silent; what it would have stored may be missed."""
        self.causes.left_out(scenario, f"{shown(scenario.filename)}:{scenario.line}")

    def _cause(self, outside: events.Failure | None) -> str:
        """The place of what all failures of the scenario follow from; empty if one of them is its own."""
        causes = [found.cause for found in self._failures]
        return causes[0] if causes and all(causes) and outside is None else ""

    def start_step(self, step: Step, last_exchange: Callable[[], events.Exchange | None] | None) -> None:
        """A step begins: what is sent and received from here on belongs to it.

        Args:
            step: which.
            last_exchange: what was sent and received last; None for a step of ours, which does not end the process.
        """
        self._trace.start()
        if self.follower is not None:
            last = None if last_exchange is None else last_exchange()
            self.follower.step_begins(self._steps, last, own=last_exchange is not None)

    def finish_step(self, step: Step, failure: events.Failure | None) -> None:
        """A step has its final state; what it failed with counts for the exit status."""
        if failure is None and step.hook_failed:
            failure = self._failure_outside_steps(step)
        if failure is not None:
            step.failure = failure
            self._take(step, failure)
        number, self._steps = self._steps, self._steps + 1
        if step.status is Status.passed and failure is None and not self._trace.wants_passed:
            self._untold.append(step)
        else:
            self._tell_passed()
            reason = self._failed_step if failure is None and step.status is Status.skipped else ""
            self._tell_step(step, failure, reason, self._trace.taken())
        if self.follower is not None:
            self.follower.step_ends(number)

    def _tell_passed(self) -> None:
        """Tells of the steps that passed before one that did not."""
        for step in self._untold:
            self._tell_step(step, None, "")
        self._untold.clear()

    def _tell_step(self, step: Step, failure: events.Failure | None, reason: str, done: Done = NOTHING) -> None:
        from apitest.runner.step_events import finished  # here, since many runs tell of no step

        self.emit(finished(step, failure, reason, done))

    def _take(self, step: Step, failure: events.Failure) -> None:
        """A step failed: that counts, and those after it may lack what it would have left to them."""
        self.exit_statuses.add(failure.exit_status)
        self._failures.append(failure)
        self._failed_step = self._failed_step or f"the step in line {step.line} did not pass"
        self.causes.step_failed(step, f"{shown(step.filename)}:{step.line}", failure)

    def fail_file(self, uri: str, error: BaseException) -> events.Failure:
        """A file, the code of a hook of the whole run, or the command line cannot be used."""
        self.files_failed = True
        failure = failures.of(error)
        self.exit_statuses.add(failure.exit_status)
        self.emit(events.FileFailed(uri, failure))
        return failure

    def _failure_outside_steps(self, statement: Statement) -> events.Failure | None:
        """A hook's or a clean-up's failure, if that is what went wrong with a feature, scenario or step."""
        unchecked = isinstance(statement.exception, ChecksNothing)
        outside = statement.hook_failed or statement.status is Status.cleanup_error or unchecked
        if not outside or statement.exception is None:
            return None
        failure = failures.of(statement.exception)
        self.exit_statuses.add(failure.exit_status)
        if unchecked:
            return failure
        where = (
            (statement.error_message or "").partition(":")[0].removeprefix("HOOK-ERROR in ")
            if statement.hook_failed
            else "a clean-up"
        )
        return failure._replace(where=failure.where or where)

    def failure_of(self, step: Step) -> events.Failure | None:
        """The failure of a step that ran by behave's own code."""
        if step.status is Status.undefined:
            return failures.undefined(step.name, self._builtin)
        if step.exception is None:
            return None
        return self.causes.explained(step.exception, failures.of(step.exception))

    def count(self, feature: Feature) -> None:
        """Counts the final states of a feature, its scenarios and their steps."""
        self.counts["features"][feature.status.name] += 1
        for scenario in feature.walk_scenarios():
            self.counts["scenarios"][scenario.status.name] += 1
            steps = self.counts["steps"]
            for step in scenario.all_steps:
                steps[step.status._name_] += 1

    def count_left_out(self, scenarios: int, steps: int) -> None:
        """Counts scenarios that nobody runs, and their steps."""
        self.counts["scenarios"].update({} if not scenarios else {events.SKIPPED: scenarios})
        self.counts["steps"].update({} if not steps else {events.SKIPPED: steps})

    def taken(self, failed: bool, aborted: str) -> "Tally":
        """What was counted since this was asked for last."""
        from apitest.parallel.tally import Tally  # here, since only workers are asked

        counts = {kind: dict(numbers) for kind, numbers in self.counts.items()}
        tally = Tally(counts, tuple(self.exit_statuses), self.unchecked, self.consequences, self.flaky, failed, aborted)
        for numbers in self.counts.values():
            numbers.clear()
        self.exit_statuses.clear()
        self.unchecked = self.consequences = self.flaky = 0
        return tally


def _rule_of(scenario: Scenario) -> Item | None:
    """The rule that a scenario is in, by itself or as a row of an outline."""
    item = scenario.parent
    while item is not None and item.type != "rule":
        item = item.parent
    return item
