"""What is chosen of a run's scenarios."""

import pytest

from apitest import events
from tests.apitest.runner.running import ONE, Run, Runs

TWO = "Feature: F\n  @smoke\n  Scenario: Log in\n    Given x\n  @slow\n  Scenario: Log out\n    Given x\n"


def told(run: Run) -> tuple[str, str]:
    """What is said against a selection, and what to do."""
    (failed,) = run.of(events.FileFailed)
    assert run.status == 2
    assert failed.uri == "command line"
    return failed.failure.problem, failed.failure.fix.splitlines()[0]


@pytest.mark.parametrize(
    ("options", "problem", "fix"),
    [
        (["--tags=@smok"], "No scenario matches --tags @smok", "Did you mean @smoke?"),
        (["--tags=not @smoke and smok"], "No scenario matches --tags 'not @smoke and smok'", "Did you mean @smoke?"),
        (["--tags=@xyz"], "No scenario matches --tags @xyz", "The tags here are @smoke, @slow"),
        (["--tags=@smoke and @slow"], "No scenario matches --tags '@smoke and @slow'", "Each of these tags exists"),
        (["--name=Log inn"], "No scenario matches --name 'Log inn'", 'Did you mean "Log in"'),
        (["--name=xyz"], "No scenario matches --name xyz", "A name is a regular expression"),
        (["--tags=@smoke", "--name=out"], "No scenario matches --tags @smoke --name out", "Each of these tags exists"),
    ],
)
def test_nothing_is_chosen(options: list[str], problem: str, fix: str, runs: Runs) -> None:
    """It is an error that names what was asked for and what was probably meant."""
    said, remedy = told(runs({"a.feature": TWO}, *options))
    assert said == problem
    assert remedy.startswith(fix)


def test_without_tags(runs: Runs) -> None:
    """That no scenario has a tag is told."""
    assert told(runs({"a.feature": ONE}, "--tags=@a"))[1] == "No scenario has a tag"


def test_what_hooks_leave_out_was_chosen(runs: Runs) -> None:
    """A feature that its hook skips is no error."""
    hooks = "def before_feature(context, feature): feature.skip()\n"
    assert runs({"a.feature": ONE, "environment.py": hooks}).status == 0


def test_one_of_several_features(runs: Runs) -> None:
    """It is enough that one of them has what is asked for."""
    run = runs({"a.feature": ONE, "b.feature": "@b\n" + ONE}, "--tags=@b")
    assert (run.status, run.scenarios) == (0, {"S": "passed"})


def test_after_a_file_that_cannot_be_used(runs: Runs) -> None:
    """What was asked for may be in there."""
    run = runs({"a.feature": ONE, "b.feature": "x"}, "--tags=@b")
    assert [event.uri for event in run.of(events.FileFailed)] == ["features/b.feature"]
