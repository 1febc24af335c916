"""Why a scenario that was asked for did not run, in words."""

from typing import Protocol

from apitest.runner.model import Config, Context, Feature, Scenario, Statement


class Run(Protocol):
    """The runner, as far as it knows why it does not go on."""

    config: Config
    context: Context
    aborted: bool


def why_skipped(scenario: Scenario, config: Config) -> str:
    """What a hook or a step gave as the reason; what left the scenario out, where nobody gave one."""
    if scenario.skip_reason:
        return str(scenario.skip_reason)
    chosen = scenario.should_run_with_tags(config.tag_expression) and scenario.should_run_with_name_select(config)
    return "skipped by a hook or a step" if chosen else "left out by the [behave] options in config.ini"


def why_untested(scenario: Scenario, feature: Feature, run: Run) -> str:
    """What kept a scenario from running that was not skipped."""
    broken = next((each for each in _around(scenario, feature) if each.hook_failed), None)
    if broken is not None:
        return broken.error_message or "a hook of its feature or rule failed"
    if run.aborted:
        return f"the run was aborted: {run.context.abort_reason}"
    if run.config.dry_run:
        return "[behave] options in config.ini ask for a dry run"
    return "the run was stopped by an earlier scenario" if run.config.stop else "the runner passed it by"


def _around(scenario: Scenario, feature: Feature) -> list[Statement]:
    """The feature, and the rule that the scenario is in."""
    return [feature, *(rule for rule in feature.rules if scenario in rule.walk_scenarios())]
