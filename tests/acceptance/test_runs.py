"""How a run is judged by its events, and which services its features ask for."""

from pathlib import Path

import pytest

from apitest.events import RunFinished
from tests.acceptance import runs, services

PASSED = {"features": {"passed": 1}, "scenarios": {"passed": 2}, "steps": {"passed": 9}}


def _end(**scenarios: int) -> list[RunFinished]:
    return [RunFinished({**PASSED, "scenarios": scenarios}, 1.0, 0, "")]


def test_a_run_that_passes() -> None:
    """There is nothing wrong with a run in which all has passed."""
    assert runs.problems(0, _end(passed=2, skipped=0), may_skip=False) == []


@pytest.mark.parametrize("state", ["failed", "skipped", "undefined", "untested", "error"])
def test_anything_but_passed_is_wrong(state: str) -> None:
    """A single scenario that did anything but pass is told, also where the exit status is 0."""
    assert runs.problems(0, _end(passed=2, **{state: 1}), may_skip=False) == [f"1 scenarios are {state}"]


def test_what_may_be_skipped() -> None:
    """Where a service is missing, scenarios may be skipped, but nothing else, and not all of them."""
    assert runs.problems(0, _end(passed=2, skipped=1), may_skip=True) == []
    assert runs.problems(0, _end(passed=2, failed=1), may_skip=True) == ["1 scenarios are failed"]
    assert runs.problems(0, _end(skipped=3), may_skip=True) == ["no scenario passes"]


def test_a_run_without_an_end() -> None:
    """A run that broke off is wrong, whatever it exits with."""
    assert runs.problems(3, [], may_skip=True) == ["it exits with 3", "it does not come to its end"]


def test_tags_of_features(tmp_path: Path) -> None:
    """Tags of features, scenarios and examples are found."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.feature").write_text("@vault\nFeature: A\n  @mysql @x\n  Scenario: B\n    Given c\n")
    (tmp_path / "sub" / "b.feature").write_text(
        "Feature: B\n  Scenario Outline: C\n    Given <d>\n    @cassandra\n    Examples:\n      | d |\n      | e |\n"
    )
    assert services.tags_of(tmp_path) == {"vault", "mysql", "x", "cassandra"}


def test_services_that_run_already_are_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service whose address is known, and a tag that is none, start nothing."""
    from contextlib import ExitStack

    monkeypatch.setattr(services, "SERVICES", {})
    with ExitStack() as stack:
        assert services.start({"mysql", "x"}, {"APITEST_MYSQL_URL": "mysql://localhost"}, stack) == []
