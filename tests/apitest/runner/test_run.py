"""A run of a project, from its first event to its last."""

from types import SimpleNamespace
from typing import Any

import pytest

from apitest import events
from apitest.context import RunState
from apitest.errors import AmbiguousStep, ProjectError, Unreachable, UsageError
from apitest.runner.redacted import redact_feature
from tests.apitest.runner.running import ONE, Runs
from tests.apitest.web import WebServer

OWN = "from behave import given, step\n"


class TestEvents:
    """The stream of events."""

    def test_a_run_in_order(self, runs: Runs) -> None:
        """Run, feature, scenario, step, and each of them finished."""
        run = runs({"a.feature": ONE})
        names = [type(event).__name__ for event in run.events]
        assert names == [
            "RunStarted",
            "FeatureStarted",
            "ScenarioStarted",
            "StepFinished",
            "ScenarioFinished",
            "FeatureFinished",
            "RunFinished",
        ]
        assert run.events[-1].counts == {"features": {"passed": 1}, "scenarios": {"passed": 1}, "steps": {"passed": 1}}
        assert run.status == 0

    def test_steps_carry_plain_data(self, runs: Runs) -> None:
        """The text and the table of a step are text and tuples of text, so that any process can read them."""
        feature = 'Feature: F\n  Scenario: S\n    Given own\n      """\n      text\n      """\n    And own\n'
        feature += "      | a | b |\n      | 1 | 2 |\n"
        own = OWN + "@step('own')\ndef own(context): pass\n"
        text, table = runs({"a.feature": feature, "steps/own.py": own}).of(events.StepFinished)
        assert type(text.text) is str
        assert text.text == "text"
        assert table.table == (("a", "b"), ("1", "2"))

    def test_what_is_deselected_stays_silent(self, runs: Runs) -> None:
        """Neither a feature nor a scenario that is not to run is told of; they are counted."""
        run = runs({"a.feature": ONE}, "--tags=@none")
        assert run.of(events.FeatureStarted) == run.of(events.ScenarioFinished) == run.of(events.FeatureFinished) == []
        assert run.events[-1].counts["scenarios"] == {"skipped": 1}

    def test_a_scenario_skipped_by_its_feature_was_never_started(self, runs: Runs) -> None:
        """No event tells that it finished."""
        hooks = "def before_feature(context, feature): feature.skip()\n"
        run = runs({"a.feature": ONE, "environment.py": hooks})
        assert run.of(events.ScenarioFinished) == []
        assert run.status == 0

    def test_a_scenario_that_behave_ran_itself(self, runs: Runs) -> None:
        """A scenario whose run method was replaced is told of from what it left behind."""
        hooks = (
            "from behave.contrib.scenario_autoretry import patch_scenario_with_autoretry as patch\n"
            "def before_feature(context, feature):\n"
            "    for scenario in feature.scenarios: patch(scenario, max_attempts=2)\n"
        )
        own = OWN + "@given('own')\ndef own(context): assert 0, 'no'\n"
        feature = "Feature: F\n  Scenario: A\n    Given own\n  Scenario: B\n    Given nobody knows this\n"
        run = runs({"a.feature": feature, "environment.py": hooks, "steps/own.py": own})
        assert run.steps == {"own": "failed", "nobody knows this": "undefined"}
        assert [failure.kind for failure in run.failures] == ["AssertionError", "UndefinedStep"]
        assert run.status == 2


class TestFailures:
    """What goes wrong, and where it is told."""

    def test_files_that_cannot_be_parsed(self, runs: Runs) -> None:
        """They are told one by one, and the others run."""
        run = runs({"b.feature": ONE, "c.feature": "x"})
        assert [event.uri for event in run.of(events.FileFailed)] == ["features/c.feature"]
        assert run.scenarios == {"S": "passed"}
        assert run.status == 2

    @pytest.mark.parametrize("hook", ["before_all", "after_all"])
    def test_hooks_of_the_run(self, runs: Runs, hook: str) -> None:
        """An error in one of them is told by itself; after one in before_all nothing runs."""
        run = runs({"a.feature": ONE, "environment.py": f"def {hook}(context): raise ValueError('bad')\n"})
        (failed,) = run.of(events.FileFailed)
        assert failed.uri == f"environment.py, {hook}"
        assert "raise ValueError" in failed.failure.traceback
        assert run.scenarios == ({} if hook == "before_all" else {"S": "passed"})
        assert run.status == 1

    @pytest.mark.parametrize(
        ("hook", "kind"),
        [
            ("before_feature", events.FeatureFinished),
            ("after_feature", events.FeatureFinished),
            ("before_scenario", events.ScenarioFinished),
            ("after_scenario", events.ScenarioFinished),
            ("before_step", events.StepFinished),
            ("after_step", events.StepFinished),
        ],
    )
    def test_hooks_in_their_own_events(self, runs: Runs, hook: str, kind: type) -> None:
        """A hook's error is told with what it belongs to."""
        run = runs({"a.feature": ONE, "environment.py": f"def {hook}(context, item): raise ValueError('bad')\n"})
        failed = [event for event in run.of(kind) if event.failure]
        assert [event.failure.where for event in failed] == [hook]
        assert run.status == 1

    def test_hooks_of_tags(self, runs: Runs) -> None:
        """Which tag it was is told; a second error is added to the first."""
        hooks = "def before_tag(context, tag): raise ValueError(tag)\n"
        run = runs({"a.feature": "@one @two\n" + ONE, "environment.py": hooks})
        (finished,) = run.of(events.FeatureFinished)
        assert finished.failure.where == "before_tag(tag=one)"
        assert finished.failure.problem == "ValueError: one"

    def test_several_hooks_of_one_scenario(self, runs: Runs) -> None:
        """The first error is the one that is told; behave's reports are given both."""
        hooks = "def before_scenario(c, s): raise ValueError(1)\ndef after_scenario(c, s): raise KeyError(2)\n"
        run = runs({"a.feature": ONE, "environment.py": hooks})
        assert [failure.problem for failure in run.failures] == ["ValueError: 1"]

    @pytest.mark.parametrize(
        ("code", "place"), [("1 +\n", "environment.py:1"), ("raise SystemExit(0)\n", ""), ("import nosuch\n", "")]
    )
    def test_code_that_cannot_be_loaded(self, runs: Runs, code: str, place: str) -> None:
        """The project is at fault, even if its code wants to exit with 0."""
        with pytest.raises(ProjectError) as raised:
            runs({"a.feature": ONE, "environment.py": code})
        assert raised.value.problem.startswith("environment.py cannot be loaded")
        assert raised.value.where.endswith(place)

    def test_steps_of_one_sentence(self, runs: Runs) -> None:
        """Two own steps of one sentence are an error with both places."""
        own = OWN + "@given('own')\ndef one(c): pass\n@given('own')\ndef two(c): pass\n"
        with pytest.raises(AmbiguousStep):
            runs({"a.feature": ONE, "steps/own.py": own})

    def test_nothing_to_run(self, runs: Runs) -> None:
        """A project without a .feature file is a usage error."""
        with pytest.raises(UsageError, match=r"No \.feature file found in features"):
            runs({"readme.txt": ""})

    @pytest.mark.parametrize(
        ("error", "status"),
        [("KeyboardInterrupt", 130), ("SystemExit(0)", 1), ("__import__('asyncio').CancelledError", 1)],
    )
    def test_what_is_no_exception(self, runs: Runs, error: str, status: int) -> None:
        """A step that exits or is interrupted ends the run in order; one that is cancelled is an error like others."""
        own = OWN + f"@given('own')\ndef own(context): raise {error}\n"
        feature = "Feature: F\n  Scenario: A\n    Given own\n"
        run = runs({"a.feature": feature, "b.feature": ONE, "steps/own.py": own})
        assert run.steps["own"] == "error"
        assert run.scenarios.get("S") == ("passed" if "Cancelled" in error else None)
        assert run.status == status
        assert type(run.events[-1]) is events.RunFinished

    @pytest.mark.parametrize("hook", ["before_scenario", "after_scenario", "before_step", "after_feature"])
    @pytest.mark.parametrize("error", ["KeyboardInterrupt", "SystemExit"])
    def test_hooks_that_end_the_run(self, runs: Runs, hook: str, error: str) -> None:
        """What comes after them is not run, and the summary is."""
        run = runs(
            {"a.feature": ONE, "b.feature": ONE, "environment.py": f"def {hook}(context, item): raise {error}\n"}
        )
        assert run.status == (130 if error == "KeyboardInterrupt" else 1)
        assert run.events[-1].counts["scenarios"]["untested"] == 1

    def test_an_interruption_of_before_all(self, runs: Runs) -> None:
        """What the hook has begun is ended by after_all; nothing runs, and the summary is there."""
        hooks = "def before_all(context): raise KeyboardInterrupt\ndef after_all(context): raise ValueError('it ran')\n"
        run = runs({"a.feature": ONE, "environment.py": hooks})
        assert [event.uri for event in run.of(events.FileFailed)] == [
            f"environment.py, {hook}_all" for hook in ("before", "after")
        ]
        assert (run.status, run.scenarios) == (130, {})
        assert type(run.events[-1]) is events.RunFinished

    def test_an_interruption_between_features(self, runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
        """It ends the run in order, too."""
        run = runs({"a.feature": ONE, "b.feature": ONE}, prepare=interrupt_at(events.FeatureFinished))
        assert run.status == 130
        assert type(run.events[-1]) is events.RunFinished

    def test_an_interruption_within_a_feature(self, runs: Runs) -> None:
        """Its layers are left, with their clean-ups."""
        hooks = "def before_feature(context, feature): context.add_cleanup(print, 'cleaned up')\n"
        run = runs({"a.feature": ONE, "environment.py": hooks}, prepare=interrupt_at(events.StepFinished))
        assert run.status == 130
        assert len(run.runner.context._stack) == 1

    @pytest.mark.parametrize(
        ("layer", "kind"), [("scenario", events.ScenarioFinished), ("feature", events.FeatureFinished)]
    )
    @pytest.mark.parametrize("error", ["ValueError", "KeyboardInterrupt"])
    def test_clean_ups(self, runs: Runs, layer: str, kind: type, error: str) -> None:
        """A clean-up that fails is told with its layer."""
        hooks = f"def bad(): raise {error}\ndef before_{layer}(context, item): context.add_cleanup(bad)\n"
        run = runs({"a.feature": ONE, "environment.py": hooks})
        (finished,) = run.of(kind)
        assert finished.status == "cleanup_error"
        assert finished.failure.where == "a clean-up"
        assert run.status == (130 if error == "KeyboardInterrupt" else 1)

    def test_clean_ups_of_the_run(self, runs: Runs) -> None:
        """One that fails is told by itself, and what the run kept open is closed all the same."""
        closed: list[str] = []
        hooks = "def bad(): raise ValueError\ndef before_all(context): context.add_cleanup(bad)\n"

        def prepare(state: RunState) -> None:
            state.clients.put("kind", "name", SimpleNamespace(close=lambda: closed.append("client")))

        run = runs({"a.feature": ONE, "environment.py": hooks}, prepare=prepare)
        assert [event.uri for event in run.of(events.FileFailed)] == ["environment.py, a clean-up of the run"]
        assert closed == ["client"]
        assert run.status == 1

    def test_clients_of_a_scenario_that_cannot_be_closed(self, runs: Runs) -> None:
        """It is the scenario's failure, and the next one runs."""
        own = OWN + (
            "from types import SimpleNamespace\n"
            "def gone(): raise OSError('connection lost')\n"
            "@given('own')\n"
            "def own(context): context.zato.scenario.put('kind', 'name', SimpleNamespace(close=gone))\n"
        )
        feature = 'Feature: F\n  Scenario: A\n    Given own\n  Scenario: B\n    Given I store "1" under "x"\n'
        run = runs({"a.feature": feature, "steps/own.py": own})
        assert run.scenarios == {"A": "cleanup_error", "B": "passed"}
        assert [failure.problem for failure in run.failures] == ["OSError: connection lost"]
        assert run.status == 1

    def test_secrets(self, runs: Runs) -> None:
        """No event and no exception that behave's reports show holds a secret of the run."""
        own = OWN + "@given('own')\ndef own(context): raise ValueError('it is s3cret-word')\n"
        hooks = (
            "def after_scenario(c, s): raise KeyError('s3cret-word')\ndef after_all(c): raise KeyError('s3cret-word')\n"
        )
        feature = "Feature: F\n  Scenario: A\n    Given own\n"
        run = runs(
            {"a.feature": feature, "steps/own.py": own, "environment.py": hooks},
            prepare=lambda state: state.secrets.add("s3cret-word"),
        )
        redact_feature(run.runner.feature, run.runner.state.secrets)
        scenario = run.runner.feature.scenarios[0]
        shown = [*map(problem_and_captured, run.failures), scenario.error_message, scenario.steps[0].error_message]
        assert "s3cret-word" not in f"{shown} {scenario.exception} {scenario.steps[0].exception}"
        assert len(run.failures) == 3


def problem_and_captured(failure: events.Failure) -> tuple[str, str]:
    """The texts of a failure that come from what was raised and printed."""
    return failure.problem, failure.captured


def interrupt_at(kind: type) -> Any:
    """Makes the first event of a kind the moment of a Ctrl-C."""

    def prepare(state: RunState) -> None:
        listen, waiting = state._listener, [True]

        def interrupting(event: Any) -> None:
            listen(event)
            if type(event) is kind and waiting:
                waiting.clear()
                raise KeyboardInterrupt

        state._listener = interrupting

    return prepare


class TestOwnSteps:
    """Steps of a project's own Python code."""

    def test_one_replaces_a_built_in_step(self, runs: Runs) -> None:
        """Its sentence is the built-in one's; a notice says so, once, and no ambiguity is an error."""
        own = OWN + '@given(\'I store "{value}" under "{name}"\')\ndef own(context, value, name): context.own = value\n'
        feature = ONE + '    And I store "2" under "y"\n'
        run = runs({"a.feature": feature, "steps/own.py": own})
        (notice,) = run.of(events.Notice)
        assert notice.verbose_only
        assert notice.text.startswith("features/steps/own.py:2 replaces the built-in step: I store")
        assert run.status == 0

    def test_values_are_resolved(self, runs: Runs) -> None:
        """They arrive as those of built-in steps do; what a converter made stays as it is."""
        own = OWN + (
            "@given('own {value} and {number:d}')\n"
            "def own(context, value, number): assert (value, number) == ('1', 5), value\n"
            "@step('own list {value}')\n"
            "def many(context, value): assert value == [1, 2], value\n"
        )
        feature = ONE + '    And own #x and 5\n    And I store JSON "[1, 2]" under "y"\n'
        run = runs({"a.feature": feature.replace('    And I store JSON "[1, 2]" under "y"\n', ""), "steps/own.py": own})
        assert run.status == 0, run.failures

    def test_an_unknown_value(self, runs: Runs) -> None:
        """It is the text of the test that is wrong: no traceback."""
        own = OWN + "@given('own {value}')\ndef own(context, value): pass\n"
        run = runs({"a.feature": "Feature: F\n  Scenario: S\n    Given own #nothing\n", "steps/own.py": own})
        assert [(failure.kind, failure.traceback) for failure in run.failures] == [("UnknownValue", "")]
        assert run.status == 2

    def test_errors_have_the_projects_own_frames_only(self, runs: Runs) -> None:
        """The traceback starts in the step."""
        own = OWN + "@given('own')\ndef own(context):\n    print('printed')\n    helper()\ndef helper(): {}['x']\n"
        run = runs({"a.feature": "Feature: F\n  Scenario: S\n    Given own\n", "steps/own.py": own})
        (failure,) = run.failures
        assert failure.problem == "KeyError: 'x'"
        assert failure.traceback.splitlines()[0] == '  File "features/steps/own.py", line 5, in own'
        assert failure.captured == "printed"

    def test_an_own_step_that_meets_an_error_of_ours(self, runs: Runs) -> None:
        """Its kind decides on the exit status."""
        own = OWN + f"from {Unreachable.__module__} import Unreachable\n"
        own += "@given('own')\ndef own(context): raise Unreachable('Nobody there', 'here')\n"
        run = runs({"a.feature": "Feature: F\n  Scenario: S\n    Given own\n", "steps/own.py": own})
        assert run.status == 3

    def test_a_context_that_the_project_took_over(self, runs: Runs) -> None:
        """Nothing of ours fails where context.zato is something else."""
        hooks = "def before_feature(context, feature): context.zato = 'mine'\n"
        own = OWN + "@given('own {value}')\ndef own(context, value): assert context.zato == 'mine'\n"
        feature = "Feature: F\n  Scenario: S\n    Given own x\n  Scenario: T\n    Given own y\n"
        assert runs({"a.feature": feature, "environment.py": hooks, "steps/own.py": own}).status == 0


class TestStepsWithinSteps:
    """`context.execute_steps`."""

    OWN = OWN + ("@given('these')\ndef these(context):\n    context.execute_steps(context.text)\n")

    def nested(self, runs: Runs, *steps: str, **files: str) -> Any:
        lines = "\n".join(f"        {step}" for step in steps)
        feature = f'Feature: F\n  Scenario: S\n    Given these\n        """\n{lines}\n        """\n'
        return runs({"a.feature": feature, "steps/own.py": self.OWN, **files})

    def test_built_in_steps(self, runs: Runs) -> None:
        """They run, and the step's own text is there again afterwards."""
        assert self.nested(runs, 'Given I store "1" under "x"', 'Then variable "#x" is "1"').status == 0

    def test_a_check_that_fails(self, runs: Runs) -> None:
        """Expected and actual are those of the step within; no traceback of apitest's is shown."""
        run = self.nested(runs, 'Given I store "1" under "x"', 'Then variable "#x" is "2"')
        (failure,) = run.failures
        assert failure.problem.startswith('Then variable "#x" is "2": ')
        assert (failure.kind, failure.traceback, failure.exit_status) == ("FailedSubstep", "", 1)
        assert failure.expected
        assert run.steps == {"these": "failed"}

    def test_an_undefined_step(self, runs: Runs) -> None:
        """The nearest sentence is named, and the step that ran it is not taken for the one to be corrected."""
        run = self.nested(runs, 'Given I stre "1" under "x"')
        (failure,) = run.failures
        assert failure.kind == "FailedSubstep"
        assert failure.fix.startswith('Did you mean: I store "1" under "x"')
        assert run.status == 2

    def test_an_undefined_step_that_was_expected(self, runs: Runs) -> None:
        """Where the step that ran it passes, nothing has failed, and the run says so."""
        self.OWN = self.OWN.replace(
            "    context.ex", "    import pytest\n    with pytest.raises(Exception): context.ex"
        )
        run = self.nested(runs, 'Given I stre "1" under "x"')
        assert (run.status, run.steps) == (0, {"these": "passed"})

    def test_an_error_in_an_own_step(self, runs: Runs) -> None:
        """Its traceback starts there."""
        self.OWN += "@given('broken')\ndef broken(context): {}['x']\n"
        (failure,) = self.nested(runs, "Given broken").failures
        assert failure.problem == "Given broken: KeyError: 'x'"
        assert failure.traceback.startswith('  File "features/steps/own.py", line 6, in broken')

    def test_a_step_of_another_keyword(self, runs: Runs) -> None:
        """What the project's own Python has it for is told, in a step within one and in a scenario."""
        (failure,) = self.nested(runs, "Then these").failures
        assert failure.problem == "Then these: Undefined step: these"
        assert "features/steps/own.py:2 defines it for Given only" in failure.fix
        scenario = "Feature: F\n  Scenario: S\n    Then these\n"
        (failure,) = runs({"a.feature": scenario, "steps/own.py": self.OWN}).failures
        assert "features/steps/own.py:2 defines it for Given only" in failure.fix

    def test_a_hook_that_exits(self, runs: Runs) -> None:
        """The run ends in order."""
        hooks = "def before_step(context, step):\n    if 'store' in step.name: raise SystemExit(0)\n"
        run = self.nested(runs, 'Given I store "1" under "x"', **{"environment.py": hooks})
        assert run.status == 1
        assert run.steps == {"these": "failed"}

    def test_outside_of_a_feature(self, runs: Runs) -> None:
        """There is nothing to run steps in, as in behave."""
        hooks = "def before_all(context): context.execute_steps('Given x')\n"
        (failure,) = runs({"a.feature": ONE, "environment.py": hooks}).failures
        assert failure.problem == "ValueError: execute_steps() called outside of feature"


class TestStatuses:
    """States of steps and scenarios that no other test comes by."""

    def test_pending_and_in_progress(self, runs: Runs) -> None:
        """A pending step is an error, but not where the scenario is in progress."""
        own = OWN + "@given('own')\ndef own(context): raise NotImplementedError\n"
        own += "from behave.api.pending_step import StepNotImplementedError\n"
        own += "@given('later')\ndef later(context): raise StepNotImplementedError('later')\n"
        feature = "Feature: F\n  Scenario: A\n    Given later\n  @wip\n  Scenario: B\n    Given later\n"
        run = runs({"a.feature": feature, "steps/own.py": own})
        assert [step.status for step in run.of(events.StepFinished)] == ["pending", "pending_warn"]
        assert run.scenarios == {"A": "error", "B": "passed"}

    def test_a_dry_run(self, runs: Runs) -> None:
        """Nothing runs; undefined steps are told of."""
        run = runs({"a.feature": ONE + "    And nobody knows this\n"}, "--dry-run")
        assert run.steps == {'I store "1" under "x"': "untested", "nobody knows this": "undefined"}
        assert run.status == 2


@pytest.mark.parametrize("levels", [500, 100_000])
@pytest.mark.parametrize("check", ['path "/a" is "x"', 'response is equal to "[]"', 'status is "404"'])
def test_json_of_many_levels(levels: int, check: str, runs: Runs, web: WebServer) -> None:
    """It fails the scenario that looks into it, and the run goes on."""
    deep = "[" * levels + "]" * levels
    text = f"""Feature: F
  Scenario: Deep
    Given address "{web.address}"
    And URL path "/body"
    And query parameter "type" is "application/json"
    And REST method "POST"
    And format "RAW"
    And response format "JSON"
    And request is
      \"\"\"
      {deep}
      \"\"\"
    When the URL is invoked
    Then {check}
  Scenario: Next
    Given I store "1" under "x"
"""
    run = runs({"a.feature": text})
    assert run.scenarios == {"Deep": "failed", "Next": "passed"}
    assert run.status == 1
    assert [failure.kind for failure in run.failures] == ["CheckFailed"]
