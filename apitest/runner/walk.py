"""Runs behave's parsed model, in the order and with the outcome that behave has, and tells what happens as events.

Each function says which method of behave it mirrors and where it differs; a differential test holds the two against
each other. All of them differ in cost (output is captured only around code that is not ours, statuses that are known
are not computed, nothing is looked up twice) and in that `runner.teller` is told of what happens.
"""

from time import perf_counter
from typing import cast

from behave.model import Rule, ScenarioOutline
from behave.model_type import Status

from apitest.errors import ChecksNothing
from apitest.runner import failures
from apitest.runner.engine import Engine
from apitest.runner.formatters import tell
from apitest.runner.model import Container, Feature, Item, Outline, Scenario
from apitest.runner.retrying import tried
from apitest.runner.walk_step import look_up_only, run_step


def run_container(item: Container, runner: Engine) -> bool:
    """Runs a feature or a rule; true if it failed.

    Mirrors ScenarioContainer.run. Differs: a feature gets its state before its hooks run; no times are kept.
    """
    item.clear_status()
    item.hook_failed = False
    kind = item.type
    context, config = runner.context, runner.config
    context._push(layer=kind)
    context.tags = set(item.tags)
    item._setup_context_for_run(context)
    if kind == "feature":
        runner.feature_state.start(item)
        runner.teller.start_feature(cast(Feature, item))
    untested = runner.aborted
    wanted = item.should_run(config)
    shown = wanted or config.show_skipped
    if shown:
        tell(runner, kind, item)
        if item.background:
            tell(runner, "background", item.background)
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
        tell(runner, "eof" if kind == "feature" else "rule_finished")
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
    """Mirrors the loop of ScenarioContainer.run; how many failed. Differs: another worker may end the run, too."""
    config, failed = runner.config, 0
    for part in item.run_items:
        if runner.halted:
            break
        if config.name and not isinstance(part, Rule) and not part.should_run_with_name_select(config):
            part.mark_skipped()
            for scenario in getattr(part, "scenarios", (part,)):
                runner.teller.leave_out(cast(Scenario, scenario))
            continue
        if run_item(part, runner):
            failed += 1
            if config.stop or runner.aborted:
                break
    return failed


def run_item(item: Item, runner: Engine) -> bool:
    """Runs a rule, an outline or a scenario; true if it failed.

    Mirrors the call of `run_item.run` in ScenarioContainer.run. Differs: what was put in place of that method is called
    and then told of from the model, everything else is walked here; a scenario may be tried again.
    """
    if not isinstance(item, ScenarioOutline) and not runner.is_turn_of(item):
        item.mark_skipped()
        for scenario in cast(Container, item).walk_scenarios() if isinstance(item, Rule) else (cast(Scenario, item),):
            runner.teller.leave_out(scenario)
        return False
    if "run" in item.__dict__:  # replaced on this object, as behave's own scenario_autoretry does
        runner.feature_state.start_scenario(item)
        runner.teller.checked = False
        with runner.interruption.allowed():
            failed = bool(item.run(runner))
        return not _replay(cast(Scenario, item), runner) or failed
    if isinstance(item, Rule):
        failed = run_container(cast(Container, item), runner)
        runner.teller.finish_rule(cast(Container, item))
        return failed
    if isinstance(item, ScenarioOutline):
        return _run_outline(cast(Outline, item), runner)
    return tried(cast(Scenario, item), runner, run_scenario)


def _replay(scenario: Scenario, runner: Engine) -> bool:
    """Tells of a scenario that ran by behave's own code, from the model it left; false if that adds a failure."""
    teller = runner.teller
    checked = teller.checked  # by steps within steps
    teller.start_scenario(scenario)
    teller.checked = checked
    for step in scenario.all_steps:
        teller.finish_step(step, teller.failure_of(step))
        teller.checked |= step.status is Status.passed and runner.step_registry.checks(step)
    sound = not _checks_nothing(scenario, runner)
    sound &= runner.feature_state.close_scenario(scenario)
    teller.finish_scenario(scenario, scenario.duration)
    return sound


def _run_outline(outline: Outline, runner: Engine) -> bool:
    """Mirrors ScenarioOutline.run."""
    outline.clear_status()
    failed = 0
    for scenario in outline.scenarios:
        if runner.halted:
            break
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
    context, config, untested = runner.context, runner.config, runner.aborted
    wanted = scenario.should_run(config)
    dry = scenario.was_dry_run = wanted and config.dry_run
    context._push(layer="scenario")
    context.scenario = scenario
    context.tags = set(scenario.effective_tags)
    runner.capture.enter_scenario()
    if wanted or config.show_skipped:
        tell(runner, "scenario", scenario)
    failed, hooks_called = False, False
    started = perf_counter()
    if wanted:
        _start(scenario, runner)
    if wanted and not dry:
        hooks_called = True
        _call_hooks_before(scenario, runner)
        failed = scenario.hook_failed
        untested = scenario.hook_failed or runner.aborted
        wanted = scenario.should_run()
    _tell_steps(scenario, runner, wanted or config.show_skipped)
    if not untested:
        failed = _run_steps(scenario, runner, wanted and not config.dry_run, dry, failed)
    _settle(scenario, wanted)
    failed |= _checks_nothing(scenario, runner)
    if hooks_called:
        failed |= _call_hooks_after(scenario, runner)
    failed |= not _leave_layer(scenario, runner)
    failed |= not runner.feature_state.close_scenario(scenario)
    runner.capture.leave_scenario(scenario, failed)
    runner.teller.finish_scenario(scenario, perf_counter() - started)
    return failed


def _tell_steps(scenario: Scenario, runner: Engine, shown: bool) -> None:
    """Mirrors the lines of Scenario.run that tell formatters of the steps to come."""
    if runner.formatters and shown:
        for step in scenario:
            tell(runner, "step", step)


def _start(scenario: Scenario, runner: Engine) -> None:
    runner.feature_state.start_scenario(scenario)
    runner.teller.start_scenario(scenario)


def _settle(scenario: Scenario, wanted: bool) -> None:
    """The status of a scenario, once that of each step is known.

    Mirrors the lines after the steps in Scenario.run. Differs: a scenario whose steps all passed is not computed.
    """
    scenario.clear_status()
    if not scenario.hook_failed and all(step.status is Status.passed for step in scenario.all_steps):
        scenario.set_status(Status.passed)  # what compute_status would find, at a tenth of its cost
    if not wanted and not scenario.steps:
        scenario.set_status(Status.skipped)


def _checks_nothing(scenario: Scenario, runner: Engine) -> bool:
    """Fails a scenario that passed without a check, in a strict run; true if it did."""
    if not runner.rules.strict or runner.teller.checked or scenario.status is not Status.passed:
        return False
    error = ChecksNothing("This scenario checks nothing", fix="Add a Then step that checks what came")
    failures.store(scenario, error)
    scenario.error_message = str(error)
    scenario.set_status(Status.failed)
    return True


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
            look_up_only(step, runner, dry)
        else:
            step.status = Status.skipped
    return failed


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
