"""Runs a step of behave's parsed model, as behave does."""

from time import perf_counter

from behave.api.pending_step import StepNotImplementedError
from behave.matchers import Match, NoMatch
from behave.model_type import Status

from apitest import events
from apitest.context import FeatureContext
from apitest.errors import UsageError
from apitest.runner import brought, failures
from apitest.runner.engine import Engine
from apitest.runner.formatters import tell
from apitest.runner.matching import BuiltinMatch
from apitest.runner.model import Context, Step


def run_step(step: Step, runner: Engine) -> bool:
    """Runs a step; false if it failed or is undefined.

    Mirrors Step.run. Differs: nothing is captured around a built-in step without hooks; text and table are set in the
    scenario's layer without behave's bookkeeping; a SystemExit ends the run as Ctrl-C does, and not the process.
    """
    step.reset()
    match = runner.step_registry.find_match(step)
    if match is None:
        return _undefined(step, runner)
    learn(step, match, runner.context)
    if runner.formatters:
        tell(runner, "match", match)
    own_code = type(match) is not BuiltinMatch or runner.has_step_hooks
    if own_code:
        runner.capture.start()
    context, failure = runner.context, None
    runner.teller.start_step(step, runner.feature_state.last_exchange if own_code else None)
    if "before_step" in runner.hooks:
        runner.run_hook("before_step", step)
    started = perf_counter()
    if not step.hook_failed:
        context.set_step(step.text, step.table)
        try:
            _run(step, match, runner)
            if match.checks:
                runner.teller.checked = True
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
    return _finished(step, failure, runner)


def _run(step: Step, match: Match, runner: Engine) -> None:
    context, interruption = runner.context, runner.interruption
    try:
        interruption.start_step()
        match.run(context)
    finally:
        interruption.end_step()
    if context.has_unread and type(match) is BuiltinMatch:
        from apitest.runner import unread  # here, since hardly a run needs it

        unread.refuse(step, context)


def _finished(step: Step, failure: events.Failure | None, runner: Engine) -> bool:
    """Tells of a step that ran; false if it failed."""
    if runner.formatters:
        tell(runner, "result", step)
    runner.teller.finish_step(step, failure)
    return not (step.status is not Status.passed and step.status.has_failed())


def learn(step: Step, match: Match, context: Context) -> None:
    """The secrets that the step brings along are hidden from its own line on."""
    found = getattr(match, "brought", None)
    if found is None or (found is brought.NOTHING and step.text is None and step.table is None):
        return
    zato = getattr(context, "zato", None)
    if isinstance(zato, FeatureContext):
        zato.run.secrets.update(brought.secrets(found, step, zato.resolve))


def learn_of_text(step: Step, runner: Engine) -> None:
    """Those of a step that another one runs; what is a project's own is not looked for, which may convert values."""
    found = runner.step_registry.find_builtin(step)
    if found is not None:
        learn(step, BuiltinMatch(found), runner.context)


def _undefined(step: Step, runner: Engine) -> bool:
    """Mirrors the branch of Step.run where no step matches."""
    runner.undefined_steps.append(step)
    tell(runner, "match", NoMatch())
    step.status = Status.untested_undefined if runner.config.dry_run else Status.undefined
    tell(runner, "result", step)
    runner.teller.finish_step(step, failure_of_undefined(step, runner))
    return False


def failure_of_undefined(step: Step, runner: Engine) -> events.Failure:
    """The failure of a step that nothing defines, with what may have been meant."""
    registry = runner.step_registry
    return failures.undefined(step.name, registry.builtin, registry.advice(step))


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
    failure = runner.teller.causes.explained(error, failures.of(error, exchange))
    step.error_message = failures.message(error, failure)
    return failure


def look_up_only(step: Step, runner: Engine, dry: bool) -> None:
    """A step that does not run: it is only looked up, so that undefined steps are told of.

    Mirrors the branch `failed or dry_run_scenario` in Scenario.run.
    """
    match = runner.step_registry.find_match(step)
    step.status = Status.untested if dry else Status.skipped
    failure = None
    if match is None:
        step.status = Status.undefined
        runner.undefined_steps.append(step)
        failure = failure_of_undefined(step, runner)
    elif dry:
        tell(runner, "match", match)
        tell(runner, "result", step)
    runner.teller.finish_step(step, failure)
