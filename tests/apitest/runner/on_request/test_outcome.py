"""Why a scenario did not run."""

from types import SimpleNamespace
from typing import cast

import pytest

from apitest.runner.model import Config, Feature, Scenario
from apitest.runner.on_request import outcome


def scenario(*, tags: bool = True, name: bool = True, reason: str | None = None) -> Scenario:
    """One that options choose, or not, by its tags and its name."""
    made = SimpleNamespace(
        skip_reason=reason, should_run_with_tags=lambda tags_: tags, should_run_with_name_select=lambda config: name
    )
    return cast(Scenario, made)


def config(**options: bool) -> Config:
    made = SimpleNamespace(tag_expression=None, dry_run=False, stop=False)
    vars(made).update(options)
    return cast(Config, made)


def test_why_it_was_skipped() -> None:
    """The reason that was given, or else whether the options chose the scenario."""
    by_options = "left out by the [behave] options in config.ini"
    assert outcome.why_skipped(scenario(reason="because", tags=False), config()) == "because"
    assert outcome.why_skipped(scenario(), config()) == "skipped by a hook or a step"
    assert outcome.why_skipped(scenario(tags=False), config()) == by_options
    assert outcome.why_skipped(scenario(name=False), config()) == by_options


@pytest.mark.parametrize(
    ("broken", "aborted", "options", "reason"),
    [
        ("feature", True, {}, "HOOK-ERROR in before_feature"),
        ("rule", False, {}, "HOOK-ERROR in before_rule"),
        ("other rule", False, {}, "the runner passed it by"),
        ("", True, {"stop": True}, "the run was aborted: enough"),
        ("", False, {"dry_run": True}, "[behave] options in config.ini ask for a dry run"),
        ("", False, {"stop": True}, "the run was stopped by an earlier scenario"),
    ],
)
def test_why_it_did_not_run(broken: str, aborted: bool, options: dict[str, bool], reason: str) -> None:
    """What failed around the scenario, or else why the run does not go on."""
    it = scenario()

    def container(name: str, *within: Scenario, rules: tuple[SimpleNamespace, ...] = ()) -> SimpleNamespace:
        message = f"HOOK-ERROR in before_{name}"
        found = lambda: list(within)  # noqa: E731
        return SimpleNamespace(hook_failed=broken == name, error_message=message, rules=rules, walk_scenarios=found)

    feature = cast(Feature, container("feature", rules=(container("other rule"), container("rule", it))))
    run = SimpleNamespace(config=config(**options), context=SimpleNamespace(abort_reason="enough"), aborted=aborted)
    assert outcome.why_untested(it, feature, cast(outcome.Run, run)) == reason
