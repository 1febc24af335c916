"""What is told of a step."""

from behave.model import Row, Step, Table
from behave.model_type import Status

from apitest import events
from apitest.parallel.reached import PlannedStep
from apitest.runner import step_events

EXCHANGE = events.Exchange("HTTP", "GET /")
ATTEMPT = events.Attempt(0.0, 0.1, "not yet")


def step() -> Step:
    """A step with a text and a table."""
    made = Step("a.feature", 3, "Given", "given", "this", text="text")
    made.table = Table(["a", "b"], rows=[Row(["a", "b"], ["1", "2"])])
    made.status, made.duration = Status.passed, 0.5
    return made


def test_a_step_that_is_over() -> None:
    """All of it is there, with what it did."""
    failure = events.Failure("CheckFailed", 1, "It is not")
    told = step_events.finished(step(), failure, "", ((EXCHANGE,), (ATTEMPT,), 2))
    table = (("a", "b"), ("1", "2"))
    assert told == events.StepFinished(
        *("Given", "this", 3, "passed", 0.5, failure, "text", table, "", (EXCHANGE,), (ATTEMPT,), 2)
    )


def test_a_step_that_may_run() -> None:
    """What it says, and nothing of what comes of it."""
    assert step_events.planned(step()) == PlannedStep("Given", "this", 3, "text", (("a", "b"), ("1", "2")))


def test_a_step_without_text_and_table() -> None:
    """Neither is there."""
    bare = Step("a.feature", 3, "When", "when", "that")
    assert step_events.planned(bare) == PlannedStep("When", "that", 3, None, None)
    told = step_events.finished(bare, None, "the step in line 2 did not pass")
    assert (told.text, told.table, told.reason, told.exchanges) == (None, None, "the step in line 2 did not pass", ())
