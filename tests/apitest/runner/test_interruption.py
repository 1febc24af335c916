"""Signals while features run: what they end, and what they wait for."""

import signal
import threading
from collections.abc import Callable

import pytest

from apitest import events
from apitest.context import RunState
from apitest.runner.interruption import Interruption, Terminated
from tests.apitest.runner.running import Run, Runs

TWO = """Feature: F
  Scenario: one
    Given I store "1" under "x"
    Then variable "x" is "1"
  Scenario: two
    Given I store "1" under "x"
"""


class Aborted:
    """A runner that keeps why it was aborted."""

    halted = False
    reason = ""

    def abort(self, reason: str | None = None) -> None:
        """Keeps the reason."""
        self.reason = reason or ""


def hit(runs: Runs, which: Callable[[object], bool], number: int = signal.SIGINT) -> Run:
    """A run that is hit by a signal while a listener is told of an event, before the next listener is."""

    def prepare(state: RunState) -> None:
        after = state.emit

        def told(event: events.Event) -> None:
            if which(event):
                signal.raise_signal(number)
            after(event)

        state.emit = told

    return runs({"a.feature": TWO, "b.feature": TWO.replace(": F", ": G")}, prepare=prepare)


@pytest.mark.parametrize("kind", [events.ScenarioStarted, events.StepFinished, events.ScenarioFinished])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_is_being_told(runs: Runs, kind: type, number: int, status: int) -> None:
    """Whatever event a signal falls into, each scenario that began is told of to its end, and the numbers are those."""
    run = hit(runs, lambda event: isinstance(event, kind) and event.name != "two", number)
    begun = [(event.uri, event.name) for event in run.of(events.ScenarioStarted)]
    ended = [(event.uri, event.name) for event in run.of(events.ScenarioFinished)]
    assert begun == ended == [("features/a.feature", "one")]
    assert run.status == status
    counts = run.events[-1].counts["scenarios"]
    assert {"untested": 3, run.scenarios["one"]: 1} == counts
    assert run.events[-1].aborted == ("KeyboardInterrupt" if number == signal.SIGINT else "Terminated")


def test_the_step_that_begins_next(runs: Runs) -> None:
    """A scenario that goes on fails at its next step, which says why, without a line of our own code."""
    run = hit(runs, lambda event: isinstance(event, events.ScenarioStarted))
    assert run.steps == {'I store "1" under "x"': "error", 'variable "x" is "1"': "skipped"}
    assert [failure.problem for failure in run.failures] == ["Interrupted"]
    assert run.failures[0].traceback == ""


def test_a_step_of_the_project(runs: Runs) -> None:
    """Such a step ends at once, and its traceback ends with its own code."""
    own = "import signal\nfrom behave import step\n@step('hit')\ndef hit(context): signal.raise_signal(signal.SIGINT)\n"
    run = runs({"a.feature": "Feature: F\n  Scenario: S\n    Given hit\n", "steps/own.py": own})
    assert run.status == 130
    assert "raise_signal" in run.failures[0].traceback
    assert "interruption.py" not in run.failures[0].traceback


def test_a_step_that_runs_steps_with_hooks(runs: Runs) -> None:
    """It is interrupted as any other, after the hooks of the steps that it runs."""
    own = (
        "import signal\nfrom behave import step\n@step('outer')\ndef outer(context):\n"
        "    context.execute_steps('Given inner')\n    signal.raise_signal(signal.SIGINT)\n    context.went_on = True\n"
        "@step('inner')\ndef inner(context): pass\n"
    )
    hooks = "def before_step(context, step): pass\ndef after_step(context, step): pass\n"
    text = "Feature: F\n  Scenario: S\n    Given outer\n    And inner\n"
    run = runs({"a.feature": text, "steps/own.py": own, "environment.py": hooks})
    assert run.steps == {"outer": "error", "inner": "skipped"}
    assert run.status == 130


def test_handlers_of_others() -> None:
    """What somebody else does with a signal remains, and handlers are what they were afterwards."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interruption(Aborted()):
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        with Interruption(Aborted(), terminates=False):
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread() -> None:
    """Signals are left alone where Python does not let anybody hear them."""
    before, seen = signal.getsignal(signal.SIGINT), []

    def enter() -> None:
        with Interruption(Aborted()):
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [before]


def test_once_allowed() -> None:
    """A signal is raised where it may be, kept where it may not, and raised by a second one after a while."""
    runner = Aborted()
    interruption = Interruption(runner)
    with interruption:
        with pytest.raises(Terminated), interruption.allowed():
            signal.raise_signal(signal.SIGTERM)
        assert not runner.halted
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)  # as of a wrapper that passes on what this process has heard already
        assert runner.halted
        interruption.settle()
        assert runner.reason == "KeyboardInterrupt"
        interruption._due_since -= 2
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interruption.start_step()
        interruption.start_step()
        interruption.end_step()
        interruption.settle()
