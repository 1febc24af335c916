"""One run of a project: behave's Runner, walking the model by itself and telling everything as events."""

from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

from behave.exception_util import ExceptionUtil
from behave.formatter._registry import make_formatters
from behave.model_type import Status
from behave.runner import Runner
from behave.step_registry import registry as behave_registry

from apitest import compat, errors, events
from apitest.context import FeatureContext, RunState
from apitest.registry import Registry
from apitest.runner import failures, parsing, walk
from apitest.runner.capture import StepCapture
from apitest.runner.layers import LeanContext
from apitest.runner.matching import ProjectRegistry


class ProjectRunner(Runner):  # type: ignore[misc]  # behave ships no types
    """Runs the features of a project.

    Args:
        config: behave's configuration, its paths set.
        state: what the features of the run share.
        builtin: the built-in sentences.
        emit: takes every event.
    """

    def __init__(self, config: Any, state: RunState, builtin: Registry) -> None:
        super().__init__(config)
        self.state = state
        self.emit = state.emit
        self.builtin = builtin
        self.capture = StepCapture(self)
        self.exit_statuses: set[int] = set()
        self.counts: dict[str, Counter[str]] = {kind: Counter() for kind in ("features", "scenarios", "steps")}
        self.has_step_hooks = False
        self._unannounced: events.FeatureStarted | None = None

    # ------------------------------------------------------------------ loading

    def setup_paths(self) -> None:
        """Behave's base directory is the project's features directory, whether or not it holds any Python."""
        self.base_dir = str(self.state.project.features)
        self.path_manager.add(self.base_dir)
        self.path_manager.add(str(Path.cwd()))

    def run_with_paths(self) -> bool:
        """Loads the project's Python, then runs its features, each parsed when its turn comes."""
        with compat.installed(self.state):
            return self._load_and_run()

    def _load_and_run(self) -> bool:
        self.context = LeanContext(self)
        self._load("environment.py", self.load_hooks)
        self._load("steps", self._load_steps)
        notice = lambda text: self.emit(events.Notice(text, verbose_only=True))  # noqa: E731
        self.step_registry = ProjectRegistry(behave_registry, self.builtin, notice)
        self.has_step_hooks = "before_step" in self.hooks or "after_step" in self.hooks
        places = self._places()
        self.formatters = make_formatters(self.config, self.config.outputs) if self.config.format else []
        return self.run_model(parsing.features(places, self.config.lang))

    def _places(self) -> list[Any]:
        places = parsing.locations(self.config.paths, self.config.exclude)
        if not places:
            problem = f"There is no .feature file in {' or '.join(self.config.paths)}"
            raise errors.UsageError(problem, fix="`apitest init DIRECTORY` makes a project with one")
        return list(places)

    def _load_steps(self) -> None:
        if (Path(self.base_dir) / self.config.steps_dir).is_dir():
            self.load_step_definitions()

    def _load(self, what: str, load: Any) -> None:
        """Runs the project's own Python of that name; what goes wrong there is the user's to see in full."""
        try:
            load()
        except Exception as error:
            raise failures.loading(what, self.base_dir, error) from None

    # ------------------------------------------------------------------ the run

    def run_model(self, features: Any = None) -> bool:
        """Runs the features; true if anything failed."""
        started = perf_counter()
        self.emit(events.RunStarted(str(self.state.project.root), self.state.verbose))
        self.hook_failures = 0
        self.run_hook("before_all")
        go_on = not self.aborted
        failed = 0
        for feature in features:
            if isinstance(feature, tuple):
                self.exit_statuses.add(errors.FeatureFileError.exit_status)
                self.emit(events.FileFailed(feature[0], failures.of(feature[1])))
                failed += 1
                continue
            if go_on:
                this_failed = self._run_feature(feature)
                failed += this_failed
                go_on = not (this_failed and (self.config.stop or self.aborted))
            self._count(feature)
            for reporter in self.config.reporters:
                reporter.feature(feature)
        failed += not self._finish()
        failed += bool(self.aborted or self.hook_failures or self.undefined_steps)
        self._tell_end(failed, perf_counter() - started)
        return bool(failed)

    def _run_feature(self, feature: Any) -> bool:
        self.feature = feature
        for formatter in self.formatters:
            formatter.uri(feature.filename)
        started = perf_counter()
        try:
            failed = walk.run_container(feature, self)
        except KeyboardInterrupt:
            self.abort(reason="Interrupted")
            failed = True
        failure = self._failure_outside_steps(feature)
        if failure:
            self._announce_feature()
        if self._unannounced is None:
            seconds = perf_counter() - started
            place = parsing.shown(feature.filename)
            self.emit(events.FeatureFinished(place, feature.name, feature.status.name, seconds, failure))
        return failed

    def _finish(self) -> bool:
        self.run_hook_with_capture("after_all")
        clean = True
        try:
            self.context._do_remaining_cleanups()
        except Exception as error:
            clean = False
            self._trouble("after_all", error)
        self.state.clients.close()
        for formatter in self.formatters:
            formatter.close()
        for reporter in self.config.reporters:
            reporter.end()
        return clean

    def _tell_end(self, failed: int, seconds: float) -> None:
        if failed:
            self.exit_statuses.add(1)
        counts = {kind: dict(counter) for kind, counter in self.counts.items()}
        reason = self.context.abort_reason
        self.emit(events.RunFinished(counts, seconds, self.exit_status, reason))

    @property
    def exit_status(self) -> int:
        """What the process exits with."""
        return failures.exit_status(self.exit_statuses, self.context.abort_reason)

    # ------------------------------------------------------------------ hooks

    def run_hook(self, hook_name: str, *arguments: Any) -> bool:
        """Calls a hook as behave does; an error in it marks what it belongs to and is told in that one's event."""
        if not self.should_run_hook(hook_name):
            return True
        try:
            self.context.run_in_user_mode(self.hooks[hook_name], *arguments)
        except (KeyboardInterrupt, SystemExit) as error:
            self.abort(reason=f"{type(error).__name__} in {hook_name}")
            self._hook_failed(hook_name, arguments, error)
        except Exception as error:
            if hook_name == "before_all":
                self.abort(reason="before_all failed")
            self._hook_failed(hook_name, arguments, error)
        else:
            return True
        return False

    def _hook_failed(self, hook_name: str, arguments: tuple[Any, ...], error: BaseException) -> None:
        self.hook_failures += 1
        statement = arguments[0] if arguments and "all" not in hook_name else None
        if "tag" in hook_name:
            layers = (getattr(self.context, name, None) for name in ("scenario", "rule", "feature"))
            statement = next((layer for layer in layers if layer), None)
        if statement is None:
            self._trouble(hook_name, error)
            return
        statement.hook_failed = True
        message = f"HOOK-ERROR in {hook_name}: {ExceptionUtil.describe(error).rstrip()}"
        if statement.error_message:
            statement.error_message += f"\n{message}"
        else:
            statement.store_exception_context(error)
            statement.error_message = message

    def _trouble(self, hook_name: str, error: BaseException) -> None:
        failure = failures.of(error)
        self.exit_statuses.add(failure.exit_status)
        self.emit(events.FileFailed(f"environment.py, {hook_name}", failure))

    # ------------------------------------------------------------------ what the walk tells

    def start_feature(self, feature: Any) -> None:
        """Gives the feature its state; called in its layer, before its hooks."""
        self.context.zato = self.state.feature = FeatureContext(self.state)
        self.context.add_cleanup(self._close_clients)
        tags = tuple(map(str, feature.tags))
        self._unannounced = events.FeatureStarted(parsing.shown(feature.filename), feature.line, feature.name, tags)

    def _announce_feature(self) -> None:
        """Tells that the feature began, once there is something of it to tell: a deselected one stays silent."""
        if self._unannounced is not None:
            self.emit(self._unannounced)
            self._unannounced = None

    def _close_clients(self) -> None:
        zato = getattr(self.context, "zato", None)
        if isinstance(zato, FeatureContext):
            zato.close()

    def start_scenario(self, scenario: Any) -> None:
        """A scenario that is to run begins."""
        self._announce_feature()
        self.context.zato.start_scenario()
        place = parsing.shown(scenario.filename)
        if not scenario.steps:  # what a misspelt keyword makes of a scenario: its steps become its description
            told = f"{place}:{scenario.line} has no steps; a step starts with Given, When, Then, And, But or *"
            self.emit(events.Notice(told, verbose_only=False))
        tags = tuple(map(str, scenario.tags))
        self.emit(events.ScenarioStarted(place, scenario.line, scenario.name.rstrip(), tags))

    def finish_scenario(self, scenario: Any, seconds: float) -> None:
        """A scenario has its final state."""
        status = scenario.status
        if status is Status.skipped and not scenario.should_skip:
            return
        failure = None if status is Status.passed else self._failure_outside_steps(scenario)
        place = parsing.shown(scenario.filename)
        self.emit(events.ScenarioFinished(place, scenario.line, scenario.name.rstrip(), status.name, seconds, failure))

    def finish_step(self, step: Any, failure: events.Failure | None) -> None:
        """A step has its final state; what it failed with counts for the exit status."""
        if failure is None and step.hook_failed:
            failure = self._failure_outside_steps(step)
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
                step.text,
                table,
            )
        )

    def _failure_outside_steps(self, statement: Any) -> events.Failure | None:
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

    def replay(self, item: Any) -> None:
        """Tells of a scenario that ran by behave's own code, from the model it left behind."""
        self.start_scenario(item)
        for step in item.all_steps:
            error = step.exception
            if step.status is Status.undefined:
                failure: events.Failure | None = failures.undefined(step.name, self.builtin)
            else:
                failure = failures.of(error) if error is not None else None
            self.finish_step(step, failure)
        self.finish_scenario(item, item.duration)

    def last_exchange(self) -> events.Exchange | None:
        """The request that led to a failure, if the feature made one."""
        zato = getattr(self.context, "zato", None)
        return zato.last_exchange() if isinstance(zato, FeatureContext) else None

    def _count(self, feature: Any) -> None:
        self.counts["features"][feature.status.name] += 1
        for scenario in feature.walk_scenarios():
            self.counts["scenarios"][scenario.status.name] += 1
            steps = self.counts["steps"]
            for step in scenario.all_steps:
                steps[step.status._name_] += 1
