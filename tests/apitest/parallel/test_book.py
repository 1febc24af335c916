"""The parent's book: what is told of what workers say, what they run, and what is left when one dies."""

from typing import Any

import pytest

from apitest import events
from apitest.events import Failure
from apitest.parallel.book import Book
from apitest.parallel.reached import PlannedStep, Reached
from apitest.parallel.tally import Tally
from apitest.parallel.units import Unit

DIED = Failure("WorkerDied", 1, "it died")
FEATURE = events.FeatureStarted("a.feature", 1, "A", ())
UNITS = [Unit("a.feature", 0, 3, "one"), Unit("a.feature", 1, 5, "two"), Unit("a.feature", 2, 7, "three")]


def start(line: int) -> events.ScenarioStarted:
    """A scenario begins."""
    return events.ScenarioStarted("a.feature", line, f"s{line}", ())


def step(status: str = "passed", failure: Failure | None = None) -> events.StepFinished:
    """A step."""
    return events.StepFinished("Given", "x", 4, status, 0.1, failure, None, None)


def end(line: int, status: str = "passed") -> events.ScenarioFinished:
    """A scenario is over."""
    return events.ScenarioFinished("a.feature", line, f"s{line}", status, 0.1, None)


@pytest.fixture
def told() -> list[Any]:
    """What the reports are told."""
    return []


def of(kind: type, told: list[Any]) -> list[Any]:
    """The events of a kind."""
    return [event for event in told if type(event) is kind]


def test_a_feature_of_two_workers(told: list[Any]) -> None:
    """Scenarios know their worker, and the feature ends once, with the worst state and the seconds of all parts."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS[:2])
    book.hand_out(2, UNITS[2:])
    for worker, lines, status in ((1, (3, 5), "passed"), (2, (7,), "failed")):
        book.take(worker, FEATURE, 0.0)
        for line in lines:
            for event in (start(line), step(status), end(line, status)):
                book.take(worker, event, 0.0)
        book.take(worker, events.FeatureFinished("a.feature", "A", status, 0.5, None), 0.0)
        counts = {"features": {status: 1}, "scenarios": {status: len(lines)}, "steps": {status: len(lines)}}
        book.done(worker, Tally(counts, (1,) if status == "failed" else (), failed=status == "failed"))
    assert [event.worker for event in of(events.ScenarioStarted, told)] == [1, 1, 2]
    assert of(events.FeatureFinished, told) == [events.FeatureFinished("a.feature", "A", "failed", 1.0, None)]
    tally = book.close()
    assert tally.counts == {
        "features": {"failed": 1},
        "scenarios": {"passed": 2, "failed": 1},
        "steps": {"passed": 2, "failed": 1},
    }
    assert (tally.exit_statuses, tally.failed, book.finished) == ((1,), True, 3)


def test_a_worker_dies_in_a_scenario(told: list[Any]) -> None:
    """What it had finished counts, what it ran is an error with its name, and the rest is left for another."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    for event in (FEATURE, start(3), step(), end(3), start(5), step("failed", DIED._replace(exit_status=3))):
        book.take(1, event, 1.0)
    assert {number: running.scenario.line for number, running in book.running.items()} == {1: 5}
    left, lines = book.died(1, DIED, 3.5)
    assert (left, lines) == ([UNITS[2]], {3, 5})
    assert of(events.ScenarioFinished, told)[-1] == events.ScenarioFinished("a.feature", 5, "s5", "error", 2.5, DIED)
    assert book.running == {}
    assert of(events.FeatureFinished, told) == []
    book.hand_out(2, left)
    for event in (FEATURE, start(7), step(), end(7), events.FeatureFinished("a.feature", "A", "passed", 0.1, None)):
        book.take(2, event, 4.0)
    book.done(2, Tally({"features": {"passed": 1}, "scenarios": {"passed": 1}, "steps": {"passed": 1}}))
    assert of(events.FeatureFinished, told)[0].status == "error"
    tally = book.close()
    assert tally.counts["scenarios"] == {"passed": 2, "error": 1}
    assert tally.counts["features"] == {"error": 1}
    assert (tally.exit_statuses, tally.failed) == ((1, 3), True)


def test_a_worker_dies_in_a_step(told: list[Any]) -> None:
    """The step that ran is an error with the reason; it counts, as does the try that the scenario was at."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    for event in (FEATURE, start(5)._replace(attempt=2), step()):
        book.take(1, event, 1.0)
    before, untold, running = (PlannedStep("When", name, 6, "text", (("a",),)) for name in ("x", "y", "it dies"))
    book.reached(1, Reached(((before, 0.1), (untold, 0.2)), running, 2.0))
    book.died(1, DIED, 3.5)
    assert told[-3:] == [
        events.StepFinished("When", "y", 6, "passed", 0.2, None, "text", (("a",),)),
        events.StepFinished("When", "it dies", 6, "error", 1.5, DIED, "text", (("a",),)),
        events.ScenarioFinished("a.feature", 5, "s5", "error", 2.5, None, attempt=2),
    ]
    assert book.close().counts["steps"] == {"passed": 2, "error": 1}


@pytest.mark.parametrize("running", [None, PlannedStep("When", "it is told already", 6, None, None)])
def test_a_worker_dies_after_a_step(told: list[Any], running: PlannedStep | None) -> None:
    """Where no step runs, or one whose end was told already, the scenario has the failure; what passed is told once."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    for event in (FEATURE, start(5), step()):
        book.take(1, event, 1.0)
    book.reached(1, Reached(() if running else ((PlannedStep("Given", "x", 4, None, None), 0.1),), running))
    book.died(1, DIED, 3.5)
    assert told[-2:] == [step(), events.ScenarioFinished("a.feature", 5, "s5", "error", 2.5, DIED)]


def test_what_a_dead_worker_had_finished_counts(told: list[Any]) -> None:
    """So does what else is counted: scenarios that check nothing, that others made fail, that passed later."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    ends = (end(3)._replace(checked=False), end(5, "failed")._replace(cause="a:3"), end(7)._replace(attempt=2))
    for finished in ends:
        for event in (FEATURE, start(finished.line), finished):
            book.take(1, event, 1.0)
    assert book.died(1, None, 2.0) == ([], {3, 5, 7})
    tally = book.close()
    assert (tally.unchecked, tally.consequences, tally.flaky, tally.failed) == (1, 1, 1, False)
    assert tally.counts["scenarios"] == {"passed": 2, "failed": 1}


def test_a_worker_dies_between_scenarios(told: list[Any]) -> None:
    """What is left is for another worker, as long as each of them comes further."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    for event in (FEATURE, start(3), step(), end(3)):
        book.take(1, event, 1.0)
    left, lines = book.died(1, DIED, 2.0)
    assert (left, lines) == (UNITS[1:], {3})
    assert of(events.FileFailed, told) == [events.FileFailed("a.feature", DIED)]
    book.hand_out(2, left)
    assert book.died(2, DIED, 3.0) == ([], frozenset())


def test_a_worker_dies_in_a_whole_feature(told: list[Any]) -> None:
    """The feature itself is left, without the scenarios that ran."""
    whole = Unit("a.feature", 0)
    book = Book(told.append, [whole])
    book.hand_out(1, [whole])
    for event in (FEATURE, start(3), end(3), start(5)):
        book.take(1, event, 1.0)
    assert book.died(1, DIED, 2.0) == ([whole], {3, 5})


def test_a_worker_dies_outside_of_scenarios(told: list[Any]) -> None:
    """The file that it had is told of, and not tried again; without one, the worker is."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    assert book.died(1, DIED, 2.0) == ([], frozenset())
    assert book.died(2, DIED, 2.0) == ([], frozenset())
    assert told == [events.FileFailed("a.feature", DIED), events.FileFailed("workers", DIED)]
    assert book.close().counts["features"] == {"error": 1}


def test_a_worker_that_was_killed_outside_of_scenarios(told: list[Any]) -> None:
    """Its units are for another worker, and what they come to counts as that of any others."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    assert book.died(1, DIED, 2.0, blameless=True) == (UNITS, frozenset())
    assert told == [events.FileFailed("a.feature", DIED)]
    book.hand_out(2, UNITS)
    assert book.died(2, DIED, 3.0) == ([], frozenset())
    assert book.close().counts["features"] == {"error": 1}


def test_a_worker_that_was_told_to_end(told: list[Any]) -> None:
    """A worker that ran nothing when the run was ended leaves nothing to tell."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    book.died(1, None, 2.0)
    assert told == []
    assert not book.close().failed


def test_what_each_worker_finds_is_told_once(told: list[Any]) -> None:
    """The same note and the same broken file are told once, exchanges outside of scenarios each time."""
    book = Book(told.append, UNITS)
    exchange = events.Exchange("HTTP", "GET /")
    for worker in (1, 2):
        for event in (events.Notice("x"), events.FileFailed("f", DIED), exchange):
            book.take(worker, event, 0.0)
    assert told == [events.Notice("x"), events.FileFailed("f", DIED), exchange, exchange]


def test_events_of_a_scenario_stay_in_it(told: list[Any]) -> None:
    """A note within a scenario is told within it, even if another worker said the same before."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    book.take(2, events.Notice("x"), 0.0)
    for event in (FEATURE, start(3), events.Notice("x"), end(3)):
        book.take(1, event, 0.0)
    assert told == [events.Notice("x"), FEATURE, start(3), events.Notice("x"), end(3)]


def test_what_the_step_that_died_had_exchanged(told: list[Any]) -> None:
    """It is that step's own, and the last of it is what the failure shows."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    for event in (FEATURE, start(3)):
        book.take(1, event, 0.0)
    book.exchanged(1, events.Exchange("HTTP", "GET /before"), before=True)
    exchanges = (events.Exchange("HTTP", "GET /1", response="200 OK"), events.Exchange("HTTP", "GET /2"))
    for exchange in exchanges:
        book.exchanged(1, exchange)
    book.reached(1, Reached(running=PlannedStep("When", "x", 4, None, None)))
    book.died(1, DIED, 1.0)
    (found,) = of(events.StepFinished, told)
    assert found.exchanges == exchanges
    assert found.failure == DIED._replace(exchange=exchanges[1])


def test_what_was_exchanged_before_the_step_that_died(told: list[Any]) -> None:
    """The failure shows it where the step itself had sent nothing."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    for event in (FEATURE, start(3)):
        book.take(1, event, 0.0)
    book.exchanged(1, before := events.Exchange("HTTP", "GET /before"), before=True)
    book.reached(1, Reached(running=PlannedStep("When", "x", 4, None, None)))
    book.died(1, DIED, 1.0)
    (found,) = of(events.StepFinished, told)
    assert (found.exchanges, found.failure) == ((), DIED._replace(exchange=before))


def test_steps_that_were_not_told_count(told: list[Any]) -> None:
    """Those of a scenario that passed before its worker died, where no report wanted them."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS)
    for event in (FEATURE, start(3), end(3)._replace(steps=4), start(5)):
        book.take(1, event, 0.0)
    book.died(1, DIED, 1.0)
    assert book.close().counts["steps"] == {"passed": 4}


def test_what_waits_is_told_in_time(told: list[Any]) -> None:
    """Results of a feature that is not shown are told once time has gone by."""
    other = Unit("b.feature", 3)
    book = Book(told.append, [*UNITS, other])
    book.hand_out(1, UNITS)
    book.hand_out(2, [other])
    for event in (FEATURE, start(3), end(3)):
        book.take(1, event, 0.0)
    b = [
        events.FeatureStarted("b.feature", 1, "B", ()),
        start(9)._replace(uri="b.feature"),
        end(9)._replace(uri="b.feature"),
    ]
    for event in b:
        book.take(2, event, 0.0)
    book.tick(0.5)
    assert len(of(events.ScenarioFinished, told)) == 1
    book.tick(5.0)
    assert len(of(events.ScenarioFinished, told)) == 2


def test_a_scenario_that_is_tried_again_counts_once(told: list[Any]) -> None:
    """Only its last attempt does."""
    book = Book(told.append, UNITS[:1])
    book.hand_out(1, UNITS[:1])
    book.take(1, FEATURE, 0.0)
    for status, again in (("failed", True), ("passed", False)):
        book.take(1, start(3), 0.0)
        book.take(1, end(3, status)._replace(tried_again=again), 0.0)
    book.take(1, events.FeatureFinished("a.feature", "A", "passed", 0.5, None), 0.0)
    assert (book.finished, book.failed) == (1, 0)
    assert [event.status for event in of(events.ScenarioFinished, told)] == ["failed", "passed"]


def test_a_worker_with_nothing_in_its_hands(told: list[Any]) -> None:
    """The end of its feature says nothing; what it tells when it ends itself counts."""
    book = Book(told.append, UNITS[:1])
    book.hand_out(1, [])
    book.take(1, events.FeatureFinished("a.feature", "A", "passed", 0.5, None), 0.0)
    assert of(events.FeatureFinished, told) == []
    book.ended(Tally({"scenarios": {"passed": 2}}, (), failed=False))
    assert book.close().counts["scenarios"]["passed"] == 2


def test_how_far_it_is_is_told_now_and_then(told: list[Any]) -> None:
    """Not at every tick."""
    book = Book(told.append, UNITS)
    for now in (100.0, 100.0, 1000.0):
        book.tick(now)
    assert len(told) == 2


def test_a_rule_that_fails_in_two_workers(told: list[Any]) -> None:
    """It is told once, and with its feature."""
    book = Book(told.append, UNITS)
    book.hand_out(1, UNITS[:2])
    book.hand_out(2, UNITS[2:])
    failed = events.RuleFailed("a.feature", 2, "R", DIED)
    for worker in (1, 2):
        book.take(worker, FEATURE, 0.0)
        book.take(worker, failed, 0.0)
        book.take(worker, failed._replace(line=9), 0.0)
    assert told == [FEATURE, failed, failed._replace(line=9)]
