"""Events as plain data."""

import pickle
from typing import NamedTuple, get_args

import pytest

from apitest import events
from apitest.errors import CheckFailed
from apitest.events import Event, Exchange, Failure, ScenarioFinished

EXCHANGE = Exchange("HTTP", "GET http://x", (("A", "b"),), "body", "200 OK", (("C", "d"),), "answer", 0.5)


def test_every_event_is_one_of_the_union() -> None:
    """Listeners that know the union know them all; a failure, a frame and an attempt are parts of events only."""
    declared = {cls for cls in vars(events).values() if isinstance(cls, type) and issubclass(cls, tuple)}
    assert set(get_args(Event)) == declared - {NamedTuple, Failure, events.Frame, events.Attempt}


def test_a_failure_with_all_that_belongs_to_it_can_be_pickled() -> None:
    """A parallel run's parent process reads what its children tell."""
    failure = Failure("CheckFailed", 1, "problem", diff=("- 1",), exchange=EXCHANGE)
    event = ScenarioFinished("a.feature", 2, "S", events.FAILED, 0.1, failure)
    assert pickle.loads(pickle.dumps(event)) == event


@pytest.mark.parametrize("status", ["passed", "failed", "error", "undefined", "skipped", "untested"])
def test_states_are_named_as_in_behave(status: str) -> None:
    """The constant of each is its name."""
    from behave.model_type import Status

    assert getattr(events, status.upper()) == Status[status].name


def test_a_failure_has_what_its_error_says() -> None:
    """Its type by name, and all of its fields."""
    failure = events.Failure.of(CheckFailed("p", "w", "f", expected="e", actual="a", diff=["- x"]))
    assert (failure.problem, failure.where, failure.fix) == ("p", "w", "f")
    assert (failure.expected, failure.actual, list(failure.diff)) == ("e", "a", ["- x"])
    assert (failure[0], failure.exit_status) == ("CheckFailed", CheckFailed.exit_status)


def test_what_passes_later_is_flaky() -> None:
    """At the first try it is not, and what fails at last is a failure."""
    ended = events.ScenarioFinished("a.feature", 1, "a", "passed", 0.1, None)
    assert not ended.is_flaky
    assert ended._replace(attempt=2).is_flaky
    assert not ended._replace(attempt=2, status="failed").is_flaky


def test_what_a_rule_is_called() -> None:
    """By its name, or else by its line."""
    failed = events.RuleFailed("a.feature", 3, "R", events.Failure("ValueError", 1, "no"))
    assert failed.told == 'the rule "R"'
    assert failed._replace(name="").told == "the rule in line 3"
