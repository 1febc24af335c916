"""Tries a scenario that failed again, from the state that it began with."""

from collections.abc import Callable

from apitest.runner.engine import Engine
from apitest.runner.model import Scenario


def tried(scenario: Scenario, runner: Engine, run: Callable[[Scenario, Engine], bool]) -> bool:
    """Runs a scenario, and again as often as the rules of the run allow, until it passes; true if it never did.

    A try that is followed by another one counts neither for the totals nor for the exit status. The variables, the
    request and the sign-in are what they were before the first one; what its hooks and steps did elsewhere stays.
    """
    retries = runner.rules.retries
    if not retries or runner.config.dry_run:
        return run(scenario, runner)
    restore = runner.feature_state.remember()
    undefined, had_failed = len(runner.undefined_steps), bool(getattr(runner.context, "failed", False))
    failed = True
    for left in range(retries, -1, -1):
        runner.teller.begin_try(retries - left + 1, lambda left=left: left > 0 and not runner.aborted)  # type: ignore[misc]
        failed = run(scenario, runner)
        if not runner.teller.tries_again:
            break
        restore()
        del runner.undefined_steps[undefined:]
        runner.context._set_root_attribute("failed", had_failed)
    return failed
