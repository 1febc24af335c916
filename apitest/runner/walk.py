"""Runs behave's parsed model, in the order and with the outcome that behave has, and tells what happens as events.

Each function says which method of behave it mirrors and where it differs; a differential test holds the two against
each other. All of them differ in cost (output is captured only around code that is not ours, statuses that are known
are not computed, nothing is looked up twice) and in that `runner.teller` is told of what happens.
"""

from time import perf_counter
from typing import cast

from behave.api.pending_step import StepNotImplementedError
from behave.matchers import NoMatch
from behave.model import Rule, ScenarioOutline
from behave.model_type import Status

from apitest import events
from apitest.errors import UsageError
from apitest.runner import failures
from apitest.runner.matching import BuiltinMatch
from apitest.runner.model import Container, Engine, Feature, Item, Outline, Scenario, Step

_STEP_HOOKS = ("before_step", "after_step")
_UNTESTED_IN_DRY_RUN = (Status.untested_undefined, Status.untested_pending)


def run_container(item: Container, runner: Engine) -> bool:
    """Runs a feature or a rule; true if it failed.

    Mirrors ScenarioContainer.run. Differs: a feature gets its state before its hooks run; no start and end time is
    kept, since nothing reads them.
    """
    item.clear_status()
    item.hook_failed = False
    kind = item.type
    context, config = runner.context, runner.config
    context._push(layer=kind)
    context.tags = set(item.tags)
    item._setup_context_for_run(context)
    if kind == "feature":
        runner.feature_state.start()
        runner.teller.start_feature(cast(Feature, item))
    untested = runner.aborted
    wanted = item.should_run(config)
    shown = wanted or config.show_skipped
    if shown:
        _tell(runner, kind, item)
        if item.background:
            _tell(runner, "background", item.background)
    failed, hooks_called = 0, False
    if wanted and not config.dry_run:
        hooks_called = True
        _call_hooks_before(item, runner)
        failed += item.hook_failed
        untested = item.hook_failed or runner.aborted
        wanted = item.should_run()
    if not untested:
        failed += _run_items(item, runner)
    item.clear_status()
    if not item.run_items and not wanted:
        item.set_status(Status.skipped)
    if hooks_called:
        failed += _call_hooks_after(item, runner)
    failed += not _leave_layer(item, runner)
    if shown:
        _tell(runner, "eof" if kind == "feature" else "rule_finished")
    return bool(failed)


def _call_hooks_before(item: Container | Scenario, runner: Engine) -> None:
    """Mirrors the hooks at the start of ScenarioContainer.run and Scenario.run."""
    runner.run_hook_tags_with_capture("before_tag", item.tags, capture_sink=item.capture_sink)
    runner.run_hook_with_capture(f"before_{item.type}", item, capture_sink=item.capture_sink)


def _call_hooks_after(item: Container | Scenario, runner: Engine) -> bool:
    """Mirrors the hooks at the end of both; true if a hook of the item failed, this one or one before."""
    runner.run_hook_with_capture(f"after_{item.type}", item, capture_sink=item.capture_sink)
    runner.run_hook_tags_with_capture("after_tag", item.tags, capture_sink=item.capture_sink)
    if item.hook_failed:
        item.set_status(Status.hook_error)
    return bool(item.hook_failed)


def _run_items(item: Container, runner: Engine) -> int:
    """Mirrors the loop of ScenarioContainer.run; how many failed."""
    config, failed = runner.config, 0
    for part in item.run_items:
        if config.name and not isinstance(part, Rule) and not part.should_run_with_name_select(config):
            part.mark_skipped()
            continue
        if run_item(part, runner):
            failed += 1
            if config.stop or runner.aborted:
                break
    return failed


def run_item(item: Item, runner: Engine) -> bool:
    """Runs a rule, an outline or a scenario; true if it failed.

    Mirrors the call of `run_item.run` in ScenarioContainer.run. Differs: what was put in place of that method is called
    and then told of from the model, everything else is walked here.
    """
    if "run" in item.__dict__:  # replaced on this object, as behave's own scenario_autoretry does
        failed = bool(item.run(runner))
        return not _replay(cast(Scenario, item), runner) or failed
    if isinstance(item, Rule):
        return run_container(cast(Container, item), runner)
    if isinstance(item, ScenarioOutline):
        return _run_outline(cast(Outline, item), runner)
    return run_scenario(cast(Scenario, item), runner)


def _replay(scenario: Scenario, runner: Engine) -> bool:
    """Tells of a scenario that ran by behave's own code, from the model it left; false if closing it fails."""
    teller = runner.teller
    teller.start_scenario(scenario)
    for step in scenario.all_steps:
        teller.finish_step(step, teller.failure_of(step))
    closed = runner.feature_state.close_scenario(scenario)
    teller.finish_scenario(scenario, scenario.duration)
    return closed


def _run_outline(outline: Outline, runner: Engine) -> bool:
    """Mirrors ScenarioOutline.run."""
    outline.clear_status()
    failed = 0
    for scenario in outline.scenarios:
        runner.context._set_root_attribute("active_outline", scenario._row)
        if run_item(scenario, runner):
            failed += 1
            if runner.config.stop or runner.aborted:
                break
    runner.context._set_root_attribute("active_outline", None)
    return failed > 0


def run_scenario(scenario: Scenario, runner: Engine) -> bool:
    """Runs a scenario; true if it failed.

    Mirrors Scenario.run. Differs: capture is set up when the first step of the project's own needs it; what lives as
    long as a scenario (cookies, a transaction) is closed after its hooks, and a failure of that is one of the scenario.
    """
    scenario.clear_status()
    scenario.hook_failed = False
    context, config = runner.context, runner.config
    untested = runner.aborted
    wanted = scenario.should_run(config)
    dry = scenario.was_dry_run = wanted and config.dry_run
    context._push(layer="scenario")
    context.scenario = scenario
    tags = scenario.effective_tags
    context.tags = set(tags)
    runner.capture.enter_scenario()
    shown = wanted or config.show_skipped
    if shown:
        _tell(runner, "scenario", scenario)
    failed, hooks_called = False, False
    started = perf_counter()
    if wanted:
        runner.teller.start_scenario(scenario)
    if wanted and not dry:
        hooks_called = True
        _call_hooks_before(scenario, runner)
        failed = scenario.hook_failed
        untested = scenario.hook_failed or runner.aborted
        wanted = scenario.should_run()
    if runner.formatters and (wanted or config.show_skipped):
        for step in scenario:
            _tell(runner, "step", step)
    if not untested:
        failed = _run_steps(scenario, runner, wanted and not config.dry_run, dry, failed)
    _settle(scenario, wanted)
    if hooks_called:
        failed |= _call_hooks_after(scenario, runner)
    failed |= not _leave_layer(scenario, runner)
    failed |= not runner.feature_state.close_scenario(scenario)
    runner.capture.leave_scenario(scenario, failed)
    runner.teller.finish_scenario(scenario, perf_counter() - started)
    return failed


def _settle(scenario: Scenario, wanted: bool) -> None:
    """The status of a scenario, once that of each step is known.

    Mirrors the lines after the steps in Scenario.run. Differs: a scenario whose steps all passed is not computed.
    """
    scenario.clear_status()
    if not scenario.hook_failed and all(step.status is Status.passed for step in scenario.all_steps):
        scenario.set_status(Status.passed)  # what compute_status would find, at a tenth of its cost
    if not wanted and not scenario.steps:
        scenario.set_status(Status.skipped)


def _run_steps(scenario: Scenario, runner: Engine, run: bool, dry: bool, failed: bool) -> bool:
    """Mirrors the loop over the steps in Scenario.run; true if one failed."""
    for step in scenario.all_steps:
        if run:
            if not run_step(step, runner):
                run = scenario.continue_after_failed_step and step.has_failed()
                runner.context._set_root_attribute("failed", True)
                failed = True
                # What hooks see until the scenario is over.
                pending = step.status in (Status.undefined, Status.pending)
                scenario.set_status(Status.error if pending else step.status)
            elif scenario.should_skip:
                run = False
        elif failed or dry:
            _look_up_only(step, runner, dry)
        else:
            step.status = Status.skipped
    return failed


def _look_up_only(step: Step, runner: Engine, dry: bool) -> None:
    """A step that does not run: it is only looked up, so that undefined steps are told of.

    Mirrors the branch `failed or dry_run_scenario` in Scenario.run.
    """
    match = runner.step_registry.find_match(step)
    step.status = Status.untested if dry else Status.skipped
    failure = None
    if match is None:
        step.status = Status.undefined
        runner.undefined_steps.append(step)
        failure = failures.undefined(step.name, runner.step_registry.builtin)
    elif dry:
        _tell(runner, "match", match)
        _tell(runner, "result", step)
    runner.teller.finish_step(step, failure)


def run_step(step: Step, runner: Engine) -> bool:
    """Runs a step; false if it failed or is undefined.

    Mirrors Step.run. Differs: nothing is captured around a built-in step without hooks; text and table are set in the
    scenario's layer without behave's bookkeeping; a SystemExit ends the run as Ctrl-C does, and not the process.
    """
    step.reset()
    match = runner.step_registry.find_match(step)
    if match is None:
        return _undefined(step, runner)
    if runner.formatters:
        _tell(runner, "match", match)
    own_code = type(match) is not BuiltinMatch or runner.has_step_hooks
    if own_code:
        runner.capture.start()
    context = runner.context
    failure = None
    if "before_step" in runner.hooks:
        runner.run_hook("before_step", step)
    started = perf_counter()
    if not step.hook_failed:
        context.set_step(step.text, step.table)
        try:
            match.run(context)
            if step.status is Status.untested:
                step.status = Status.passed
        except BaseException as error:
            failure = _failed(step, error, runner)
    step.duration = perf_counter() - started
    if "after_step" in runner.hooks:
        runner.run_hook("after_step", step)
    if step.hook_failed:
        step.status = Status.hook_error
    if own_code:
        runner.capture.stop(step)
        failure = failure and failure._replace(captured=runner.capture.of(step))
    if runner.formatters:
        _tell(runner, "result", step)
    runner.teller.finish_step(step, failure)
    return not (step.status is not Status.passed and step.status.has_failed())


def _undefined(step: Step, runner: Engine) -> bool:
    """Mirrors the branch of Step.run where no step matches."""
    runner.undefined_steps.append(step)
    _tell(runner, "match", NoMatch())
    step.status = Status.untested_undefined if runner.config.dry_run else Status.undefined
    _tell(runner, "result", step)
    runner.teller.finish_step(step, failures.undefined(step.name, runner.step_registry.builtin))
    return False


def _failed(step: Step, error: BaseException, runner: Engine) -> events.Failure | None:
    """The status and message that an exception gives a step; None where it counts as passed.

    Mirrors the except clauses of Step.run. Differs: the message of an error of ours holds no traceback, that of any
    other only the frames of the project's own code.
    """
    if isinstance(error, AssertionError):
        step.status = Status.failed
    elif isinstance(error, StepNotImplementedError):
        in_progress = "wip" in runner.context.scenario.effective_tags
        step.status = Status.pending_warn if in_progress else Status.pending
        if in_progress:
            return None
    else:
        step.status = Status.error
        if isinstance(error, KeyboardInterrupt | SystemExit):
            runner.abort(reason=type(error).__name__)
    failures.store(step, error)
    # A mistake in the test's own text has nothing to do with what was last answered.
    exchange = None if isinstance(error, UsageError) else runner.feature_state.last_exchange()
    failure = failures.of(error, exchange)
    step.error_message = failures.message(error, failure)
    return failure


def _leave_layer(item: Container | Scenario, runner: Engine) -> bool:
    """Ends the layer of a feature, rule or scenario with its clean-ups; false if one of them failed.

    Mirrors the call of `context._pop` at the end of both `run`. Differs: the error is kept, so that it can be told,
    and Ctrl-C in a clean-up ends the run.
    """
    try:
        runner.context._pop(capture_sink=item.capture_sink)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            runner.abort(reason=type(error).__name__)
        item.set_status(Status.cleanup_error)
        failures.store(item, error)
        return False
    return True


def _tell(runner: Engine, method: str, *arguments: object) -> None:
    """Calls a method of every behave formatter that has it; one that fails ends the run with its name."""
    for formatter in runner.formatters:
        function = getattr(formatter, method, None)
        if function is not None:
            try:
                function(*arguments)
            except Exception as error:
                problem = f"The formatter {formatter.name} cannot go on: {type(error).__name__}: {error}"
                raise UsageError(problem, fix="Choose another one; `apitest run -f help` shows them all") from None
