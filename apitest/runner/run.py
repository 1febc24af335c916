"""One run of a project: behave's Runner, walking the model by itself and telling everything as events."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING, NamedTuple

from behave.runner import Runner
from behave.step_registry import registry as behave_registry

from apitest import compat, errors, events
from apitest.context import RunState
from apitest.language.registry import Registry
from apitest.runner import failures, parsing, redacted, walk
from apitest.runner.capture import StepCapture
from apitest.runner.feature_state import FeatureState
from apitest.runner.formatters import tell
from apitest.runner.interruption import Interruption
from apitest.runner.layers import LeanContext
from apitest.runner.matching import ProjectRegistry
from apitest.runner.model import Config, Feature, Item, Place, Statement
from apitest.runner.places import locations
from apitest.runner.selection import Selection
from apitest.runner.tasks import Part, Source
from apitest.runner.telling import Teller

if TYPE_CHECKING:
    from apitest.shared import Stored


class Rules(NamedTuple):
    """What a run lets pass.

    Attributes:
        strict: a scenario that checks nothing fails.
        allow_empty: a selection may choose nothing.
        retries: how often a scenario that failed is tried again.
    """

    strict: bool = False
    allow_empty: bool = False
    retries: int = 0


class ProjectRunner(Runner):  # type: ignore[misc]  # behave ships no types
    """Runs the features of a project.

    Args:
        config: behave's configuration, its paths set.
        state: what the features of the run share.
        builtin: the built-in sentences.
        rules: what the run lets pass; None for what `Rules` says by itself.

    Attributes:
        halted: no further scenario runs, whether or not one failed.
        part: what of the features runs, where that is not all of them in their order.
    """

    def __init__(self, config: Config, state: RunState, builtin: Registry, rules: Rules | None = None) -> None:
        super().__init__(config)
        self.rules = rules or Rules()
        self.state = state
        self.builtin = builtin
        self.teller = Teller(state, builtin)
        self.capture = StepCapture(self)
        self.clean = partial(redacted.cleaned, secrets=state.secrets)
        self.has_step_hooks = False
        self.selection = Selection(config)
        self.halted = False
        self.interruption = Interruption(self)
        self.part: Part | None = None

    # ------------------------------------------------------------------ loading

    def setup_paths(self) -> None:
        """Behave's base directory is the project's features directory, whether or not it holds any Python."""
        self.base_dir = str(self.state.project.features)
        self.path_manager.add(self.base_dir)
        self.path_manager.add(str(Path.cwd()))

    def run_with_paths(self) -> bool:
        """Loads the project's Python, then runs its features, each parsed when its turn comes."""
        with compat.installed(self.state), redacted.streams(self.state.secrets), self._ending():
            return self._load_and_run()

    def _ending(self) -> AbstractContextManager[None]:
        """What happens when the project's own Python ends the process."""
        features, config = self.state.project.features, self.config
        if not ((features / config.environment_file).exists() or (features / config.steps_dir).exists()):
            return nullcontext()
        from apitest.runner import process_end  # here, since nothing else can end it

        return process_end.told()

    def _load_and_run(self) -> bool:
        self.context = LeanContext(self)
        self.feature_state = FeatureState(self.context, self.state)
        self._load("environment.py", self.load_hooks)
        self._load("steps", self._load_steps)
        notice = lambda text: self.state.emit(events.Notice(text, verbose_only=True))  # noqa: E731
        is_old = self.state.project.is_old
        self.step_registry = ProjectRegistry(behave_registry, self.builtin, notice, is_old=is_old)
        self.state.once = self._once
        self.has_step_hooks = "before_step" in self.hooks or "after_step" in self.hooks
        places = self._places()
        self.formatters = redacted.formatters(self.config, self.state.secrets)
        return self.run_model(self._features(places))

    def _features(self, places: list[Place]) -> Iterator[parsing.Parsed]:
        if self.part is None:
            return parsing.features(places, self._reader())
        self.selection.settle(chosen=self.part.chosen)
        source = Source(self._reader(), self.state.project.name_of)
        return source.all(self.part.tasks, self.teller.count_left_out)

    def _once(self, file: Path) -> "Stored":
        from apitest.runner.once import Once  # here, since most runs have nothing that is done once

        self.state.once = Once(self, self.state, self._reader)
        return self.state.once(file)

    def _reader(self) -> parsing.Reader:
        """Old projects are told of what other projects may not have in their files."""
        old = self.state.project.is_old
        lenient = (lambda text: self.state.emit(events.Notice(text))) if old else None
        return parsing.Reader(self.config.lang, self.step_registry.defines, lenient)

    def _places(self) -> list[Place]:
        if self.part is not None:
            return []
        places = locations(self.config.paths, self.config.exclude, self.state.project.apart)
        if not places:
            problem = f"No .feature file found in {' or '.join(self.config.paths)}"
            raise errors.UsageError(problem, fix="`apitest init DIRECTORY` makes a project with one")
        return places

    def _load_steps(self) -> None:
        if (Path(self.base_dir) / self.config.steps_dir).is_dir():
            self.load_step_definitions()

    def _load(self, what: str, load: Callable[[], object]) -> None:
        """Runs the project's own Python of that name; what goes wrong there is the user's to see in full."""
        try:
            load()
        except (Exception, SystemExit) as error:
            raise failures.loading(what, self.base_dir, error) from None

    # ------------------------------------------------------------------ the run

    def run_model(self, features: Iterable[parsing.Parsed] = ()) -> bool:
        """Runs the features; true if anything failed."""
        with self.interruption:
            return self._run_model(features)

    def _run_model(self, features: Iterable[parsing.Parsed]) -> bool:
        started = perf_counter()
        self._tell_start()
        if self.state.verbose:
            self.state.emit(events.Notice(self.state.project.requests_told, verbose_only=True))
        self.hook_failures = 0
        try:
            self.run_hook("before_all")
            failed = self._run_features(features)
            self.interruption.settle()
        except KeyboardInterrupt:  # between two features, or in the hook: what that has begun is for after_all to end
            self.abort(reason="KeyboardInterrupt")
            failed = 1
        failed += not self._finish()
        failed += self._found_empty()
        failed += bool(self.aborted or self.hook_failures or self.undefined_steps)
        self._tell_end(failed, perf_counter() - started)
        return bool(failed)

    def _tell_start(self) -> None:
        state, choice = self.state, self.state.project.choice
        state.emit(
            events.RunStarted(
                str(state.project.root),
                state.verbose,
                seed=state.seed,
                environment=choice.environment,
                at=time(),
                options=choice.options,
                **(self.part.share._asdict() if self.part else {}),
            )
        )

    def _found_empty(self) -> bool:
        """Tells of a selection that chose nothing; true if that is an error."""
        if not self.selection.empty or self.teller.files_failed or self.aborted:
            return False
        if self.rules.allow_empty or self.state.project.is_old:
            self.state.emit(events.Notice(self.selection.note()))
            return False
        self.teller.fail_file("command line", self.selection.error())
        return True

    def _run_features(self, features: Iterable[parsing.Parsed]) -> int:
        """Runs each feature, or only counts and reports it once the run is to stop; how many failed."""
        go_on = not self.aborted
        failed = 0
        for feature in features:
            if isinstance(feature, tuple):
                self.teller.fail_file(*feature)
                failed += 1
                continue
            self.selection.see(feature)
            if go_on and not self.halted:
                this_failed = self._run_feature(feature)
                failed += this_failed
                go_on = not (this_failed and (self.config.stop or self.aborted))
            self.teller.count(feature)
            if self.config.reporters or self.formatters:  # a formatter may look at all of it when the run is over
                redacted.redact_feature(feature, self.state.secrets)
            for reporter in self.config.reporters:
                reporter.feature(feature)
        return failed

    def _run_feature(self, feature: Feature) -> bool:
        self.feature = feature
        tell(self, "uri", feature.filename)
        started = perf_counter()
        try:
            failed = walk.run_container(feature, self)
        except KeyboardInterrupt:
            self.abort(reason="Interrupted")
            failed = True
        self.teller.finish_feature(feature, perf_counter() - started)
        return failed

    def _finish(self) -> bool:
        self.run_hook_with_capture("after_all")
        clean = True
        for clean_up in (self.context._do_remaining_cleanups, self.state.clients.close):
            try:
                clean_up()
            except Exception as error:
                clean = False
                self.teller.fail_file("environment.py, a clean-up of the run", error)
        tell(self, "close")
        for reporter in self.config.reporters:
            reporter.end()
        return clean

    def _tell_end(self, failed: int, seconds: float) -> None:
        if failed:
            self.teller.exit_statuses.add(1)
        counts = {kind: dict(counter) for kind, counter in self.teller.counts.items()}
        teller, ended = self.teller, (counts, seconds, self.exit_status, self.context.abort_reason)
        numbers = (teller.unchecked, teller.consequences, teller.flaky)
        self.state.emit(events.RunFinished(*ended, *numbers, self.selection.chosen))

    @property
    def exit_status(self) -> int:
        """What the process exits with."""
        return failures.exit_status(self.teller.exit_statuses, self.context.abort_reason)

    def is_turn_of(self, item: Item) -> bool:
        """Whether a scenario or a rule runs now; all do, in turn, unless a runner is asked for them one by one."""
        return True

    # ------------------------------------------------------------------ hooks

    def run_hook(self, hook_name: str, *arguments: object) -> bool:
        """Calls a hook as behave does; an error in it marks what it belongs to and is told in that one's event."""
        if not self.should_run_hook(hook_name):
            return True
        try:
            with self.interruption.allowed():
                self.context.run_in_user_mode(self.hooks[hook_name], *arguments)
        except (KeyboardInterrupt, SystemExit) as error:
            self.abort(reason=f"{type(error).__name__} in {hook_name}")
            self._hook_failed(hook_name, arguments, error)
        except BaseException as error:
            if hook_name == "before_all":
                self.abort(reason="before_all failed")
            self._hook_failed(hook_name, arguments, error)
        else:
            return True
        return False

    def _hook_failed(self, hook_name: str, arguments: tuple[object, ...], error: BaseException) -> None:
        self.hook_failures += 1
        statement: Statement | None = arguments[0] if arguments and "all" not in hook_name else None  # type: ignore[assignment]  # what hooks are given
        if "tag" in hook_name:
            layers = (getattr(self.context, name, None) for name in ("scenario", "rule", "feature"))
            statement = next((layer for layer in layers if layer), None)
        if statement is None:
            self.teller.fail_file(f"environment.py, {hook_name}", error)
            return
        statement.hook_failed = True
        tag = f"(tag={arguments[0]})" if "tag" in hook_name else ""
        message = f"HOOK-ERROR in {hook_name}{tag}: {type(error).__name__}: {errors.said(error).rstrip()}"
        if statement.error_message:
            statement.error_message += f"\n{message}"
        else:
            failures.store(statement, error)
            statement.error_message = message
