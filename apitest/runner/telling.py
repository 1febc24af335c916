"""What a run tells of features, scenarios and steps, as events, and what it counts."""

from collections import Counter
from typing import Any

from behave.model_type import Status
from behave.runner import Runner

from apitest import events
from apitest.context import FeatureContext, RunState
from apitest.language.registry import Registry
from apitest.runner import failures, parsing


class TellingRunner(Runner):  # type: ignore[misc]  # behave ships no types
    """A runner of behave's that tells what its walk does.

    Args:
        config: behave's configuration, its paths set.
        state: what the features of the run share.
        builtin: the built-in sentences.
    """

    def __init__(self, config: Any, state: RunState, builtin: Registry) -> None:
        super().__init__(config)
        self.state = state
        self.emit = state.emit
        self.builtin = builtin
        self.exit_statuses: set[int] = set()
        self.counts: dict[str, Counter[str]] = {kind: Counter() for kind in ("features", "scenarios", "steps")}
        self._unannounced: events.FeatureStarted | None = None
        self._started = False

    def start_feature(self, feature: Any) -> None:
        """Gives the feature its state; called in its layer, before its hooks."""
        self.context.zato = self.state.feature = FeatureContext(self.state)
        self.context.add_cleanup(self._close_clients)
        tags = tuple(map(str, feature.tags))
        self._unannounced = events.FeatureStarted(parsing.shown(feature.filename), feature.line, feature.name, tags)

    def announce_feature(self) -> None:
        """Tells that the feature began, once there is something of it to tell: a deselected one stays silent."""
        if self._unannounced is not None:
            self.emit(self._unannounced)
            self._unannounced = None

    def finish_feature(self, feature: Any, seconds: float) -> None:
        """A feature has its final state; one with nothing to run in it stays silent."""
        failure = self.failure_outside_steps(feature)
        if failure:
            self.announce_feature()
        if self._unannounced is None:
            place = parsing.shown(feature.filename)
            self.emit(events.FeatureFinished(place, feature.name, feature.status.name, seconds, failure))

    @property
    def _zato(self) -> FeatureContext | None:
        """The state of the feature; None where the project's own code has put something else in its place."""
        zato = getattr(self.context, "zato", None)
        return zato if isinstance(zato, FeatureContext) else None

    def _close_clients(self) -> None:
        if self._zato is not None:
            self._zato.close()

    def start_scenario(self, scenario: Any) -> None:
        """A scenario that is to run begins."""
        self.announce_feature()
        self._started = True
        place = parsing.shown(scenario.filename)
        if not scenario.steps:  # what a misspelt keyword makes of a scenario: its steps become its description
            told = f"{place}:{scenario.line} has no steps; a step starts with Given, When, Then, And, But or *"
            self.emit(events.Notice(told, verbose_only=False))
        tags = tuple(map(str, scenario.tags))
        self.emit(events.ScenarioStarted(place, scenario.line, scenario.name.rstrip(), tags))

    def finish_scenario(self, scenario: Any, seconds: float) -> None:
        """A scenario has its final state; one that was never to run stays silent."""
        if not self._started:
            return
        self._started = False
        status = scenario.status
        failure = None if status is Status.passed else self.failure_outside_steps(scenario)
        place = parsing.shown(scenario.filename)
        self.emit(events.ScenarioFinished(place, scenario.line, scenario.name.rstrip(), status.name, seconds, failure))

    def close_scenario(self, scenario: Any) -> bool:
        """Ends what lives as long as a scenario, such as its cookies or a transaction; false if that fails."""
        zato = self._zato
        if zato is None:
            return True
        try:
            zato.start_scenario()
        except Exception as error:
            scenario.set_status(Status.cleanup_error)
            failures.store(scenario, error, self.state.secrets)
            return False
        return True

    def finish_step(self, step: Any, failure: events.Failure | None) -> None:
        """A step has its final state; what it failed with counts for the exit status."""
        if failure is None and step.hook_failed:
            failure = self.failure_outside_steps(step)
        if failure is not None:
            self.exit_statuses.add(failure.exit_status)
            failure = failures.masked(failure, self.state.secrets)
        table = step.table and (tuple(step.table.headings), *(tuple(row.cells) for row in step.table.rows))
        self.emit(
            events.StepFinished(
                step.keyword,
                step.name,
                step.line,
                step.status._name_,
                step.duration,
                failure,
                None if step.text is None else str(step.text),
                table,
            )
        )

    def failure_outside_steps(self, statement: Any) -> events.Failure | None:
        """A hook's or a clean-up's failure, if that is what went wrong with a feature, scenario or step."""
        outside = statement.hook_failed or statement.status is Status.cleanup_error
        if not outside or statement.exception is None:
            return None
        failure = failures.of(statement.exception)
        self.exit_statuses.add(failure.exit_status)
        where = (
            (statement.error_message or "").partition(":")[0].removeprefix("HOOK-ERROR in ")
            if statement.hook_failed
            else "a clean-up"
        )
        return failures.masked(failure._replace(where=failure.where or where), self.state.secrets)

    def replay(self, scenario: Any) -> bool:
        """Tells of a scenario that ran by behave's own code, from the model it left; false if closing it fails."""
        self.start_scenario(scenario)
        for step in scenario.all_steps:
            self.finish_step(step, self._failure_of(step))
        closed = self.close_scenario(scenario)
        self.finish_scenario(scenario, scenario.duration)
        return closed

    def _failure_of(self, step: Any) -> events.Failure | None:
        """The failure of a step that ran by behave's own code."""
        if step.status is Status.undefined:
            return failures.undefined(step.name, self.builtin)
        return failures.of(step.exception) if step.exception is not None else None

    def failed_substep(self, step: Any) -> AssertionError:
        """The error of a step that ran others, one of which did not pass."""
        failure = self._failure_of(step) or events.Failure("SystemExit", 1, "a hook ended the run")
        return failures.of_substep(step.status.name, f"{step.keyword} {step.name}", failure)

    def last_exchange(self) -> events.Exchange | None:
        """The request that led to a failure, if the feature made one."""
        return self._zato.last_exchange() if self._zato is not None else None

    def count(self, feature: Any) -> None:
        """Counts the final states of a feature, its scenarios and their steps."""
        self.counts["features"][feature.status.name] += 1
        for scenario in feature.walk_scenarios():
            self.counts["scenarios"][scenario.status.name] += 1
            steps = self.counts["steps"]
            for step in scenario.all_steps:
                steps[step.status._name_] += 1
