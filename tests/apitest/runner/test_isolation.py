"""What a scenario that failed depends on."""

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest import events, project
from apitest.errors import ApitestError
from apitest.events import ScenarioFinished
from apitest.runner import isolation
from apitest.runner.isolation import Isolation, culprits

ALL = [ScenarioFinished("a.feature", 2 * number, f"S{number}", "passed", 0.1, None) for number in range(1, 9)]
LAST = ScenarioFinished("a.feature", 99, "Last", "failed", 0.1, None)


@given(st.sets(st.sampled_from(ALL), min_size=1))
def test_the_fewest_that_are_needed_are_found(needed: set[ScenarioFinished]) -> None:
    """Whatever scenarios together make one fail, these and no others are named, in their order."""
    found = culprits(ALL, lambda those: needed <= set(those))
    assert found == [one for one in ALL if one in needed]


def test_one_is_found_by_halving() -> None:
    """Among eight it takes no more than eight runs."""
    runs: list[Sequence[ScenarioFinished]] = []
    assert culprits(ALL, lambda those: runs.append(those) or ALL[5] in those) == [ALL[5]]  # type: ignore[func-returns-value]
    assert len(runs) <= 8


def told(fails: isolation.Fails, *happened: Any) -> list[str]:
    """What is told at the end of a run."""
    notices: list[Any] = []
    listener = Isolation(notices.append, fails)
    listener(events.FeatureStarted("a.feature", 1, "A", ()))
    for event in happened:
        listener(event)
    listener(events.RunFinished({}, 1.0, 1, ""))
    return [notice.text for notice in notices]


def test_what_is_told() -> None:
    """A scenario fails by itself, or after another one, or only now and then."""
    assert told(lambda earlier, last: True, ALL[0], LAST) == ['"Last" (a.feature:99) fails by itself, too']
    assert told(lambda earlier, last: ALL[1] in earlier, *ALL, LAST) == [
        '"Last" (a.feature:99) passes by itself: it fails after "S2" (a.feature:4)'
    ]
    assert told(lambda earlier, last: False, ALL[0], LAST) == [
        '"Last" (a.feature:99) passes by itself, and after its neighbours, too: it is flaky'
    ]


def test_ctrl_c() -> None:
    """Who does not want to wait for all of it presses Ctrl-C, also in a run that does not let itself be interrupted."""

    def fails(earlier: Sequence[ScenarioFinished], last: ScenarioFinished) -> bool:
        if last.line == 98:
            signal.raise_signal(signal.SIGINT)
        return True

    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        lines = told(fails, LAST, LAST._replace(line=98), LAST)
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        assert lines == [
            '"Last" (a.feature:99) fails by itself, too',
            "Of 2 more scenarios that failed, nobody knows whether they fail alone",
        ]
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        assert len(told(fails, LAST._replace(line=98), LAST)) == 2
    finally:
        signal.signal(signal.SIGINT, before)


def test_features_that_run_beside_each_other() -> None:
    """The scenarios of a feature are told apart from those of others between them, and what is over is forgotten."""
    other = LAST._replace(uri="b.feature", status="passed")
    again = events.FeatureStarted("a.feature", 1, "A", ())
    happened = (events.RunStarted("p", False, 2), ALL[0], other, again, LAST)
    assert told(lambda earlier, last: list(earlier) == [ALL[0]], *happened) == [
        '"Last" (a.feature:99) passes by itself: it fails after "S1" (a.feature:2)'
    ]
    over = events.FeatureFinished("a.feature", "A", "passed", 0.1, None)
    (line,) = told(lambda earlier, last: ALL[0] in earlier, *happened[:2], over, LAST)
    assert line.endswith("after its neighbours, too: it is flaky, or what ran beside it matters")


def test_what_is_not_asked_about() -> None:
    """What passed, did not run, was tried again or follows from another failure does not run once more."""

    def never(earlier: object, last: object) -> bool:
        raise AssertionError("it ran")

    others = [LAST._replace(**fields) for fields in ({"status": "skipped"}, {"tried_again": True}, {"cause": "b:1"})]
    assert told(never, *ALL, *others) == []


def test_many_failures() -> None:
    """Ten are looked at, the rest is only counted."""
    lines = told(lambda earlier, last: True, *(LAST._replace(line=number) for number in range(12)))
    assert len(lines) == 11
    assert lines[-1] == "Of 2 more scenarios that failed, nobody knows whether they fail alone"


def test_a_run_that_tells_nothing() -> None:
    """An error is told, and the next scenario is looked at."""

    def broken(earlier: object, last: ScenarioFinished) -> bool:
        raise ApitestError("its run ended before it")

    assert told(broken, LAST, LAST) == ['"Last" (a.feature:99) could not be run by itself: its run ended before it'] * 2


def test_runs_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scenario really runs, alone or after others, with the environment of the run; nothing of it is shown."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "config.x.ini").write_text("[user]\nexpected = 1\n")
    (tmp_path / "features" / "a.feature").write_text(
        'Feature: A\n  Scenario: One\n    Given I store "2" under "v"\n    Then variable "v" is "2"\n'
        '  Scenario: Two\n    Given I set "v"\n    Then variable "v" is "@expected"\n'
    )
    (tmp_path / "features" / "steps").mkdir()
    (tmp_path / "features" / "steps" / "own.py").write_text(
        "from behave import given\n@given('I set \"v\"')\ndef f(context):\n"
        "    context.zato.user_ctx.setdefault('v', '1')\n"
    )
    found = project.find(tmp_path, project.Choice("x"))
    fails = isolation.in_a_run_of_its_own(found)
    one, two = (ScenarioFinished("features/a.feature", line, "S", "passed", 0.1, None) for line in (2, 5))
    assert [fails([], one), fails([], two), fails([one], two)] == [False, False, True]
    with pytest.raises(ApitestError, match="its run ended before it"):
        fails([], two._replace(line=6))


def test_what_ran_before_in_another_file() -> None:
    """It is not tried, and so what passes otherwise may depend on that, too; what ran afterwards does not matter."""
    other = LAST._replace(uri="b.feature", status="passed")
    flaky = '"Last" (a.feature:99) passes by itself, and after its neighbours, too: it is flaky'
    before = ", or it depends on other files that ran before it, which is not looked for"
    assert told(lambda earlier, last: False, other, ALL[0], LAST) == [flaky + before]
    assert told(lambda earlier, last: False, ALL[0], LAST, other) == [flaky]
    (line,) = told(lambda earlier, last: False, events.RunStarted("p", False, 2), other, LAST)
    assert line == f"{flaky}, or what ran beside it matters{before}"
