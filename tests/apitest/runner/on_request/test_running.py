"""Scenarios that are asked for one by one."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from behave.step_registry import registry

from apitest import project as projects
from apitest.events import FeatureFinished, FileFailed, RunFinished, ScenarioFinished
from apitest.runner.on_request import running
from apitest.runner.on_request.desk import END_FEATURE, Desk, Wish

SCENARIO = '  Scenario: {0}\n    Given I store "{0}" under "v{0}"\n    Then variable "v{0}" is "{0}"\n'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Of a project of two features, a and b, each with scenarios at lines 2, 5 and 8."""
    monkeypatch.chdir(tmp_path)
    kept = registry.steps
    (tmp_path / "features").mkdir()
    for name in "ab":
        text = f"Feature: {name}\n" + "".join(map(SCENARIO.format, (1, 2, 3)))
        (tmp_path / "features" / f"{name}.feature").write_text(text)
    found = Desk(partial(running.run, projects.find(tmp_path)))
    yield found
    found.end()
    registry.steps = kept


def ended(desk: Desk, wish: Wish) -> list[tuple[str, str]]:
    """What scenarios and features came to an end: their files and names."""
    return [
        (event.uri[-9], event.name) for event in desk.ask(wish) if isinstance(event, ScenarioFinished | FeatureFinished)
    ]


def test_any_order(desk: Desk) -> None:
    """Each runs when it is asked for: a feature ends when another one, or an earlier scenario, is asked for."""
    a, b = "features/a.feature", "features/b.feature"
    assert ended(desk, Wish(a, 2)) == [("a", "1")]
    assert ended(desk, Wish(a, 8)) == [("a", "3")]
    assert ended(desk, Wish(b, 5)) == [("a", "a"), ("b", "2")]
    assert ended(desk, Wish(b, 2)) == [("b", "b"), ("b", "1")]
    assert ended(desk, END_FEATURE) == [("b", "b")]
    assert ended(desk, END_FEATURE) == []
    assert [type(event) for event in desk.end()] == [RunFinished]


def test_what_is_not_there(desk: Desk) -> None:
    """A line without a scenario, and a file that is gone, are answered, too."""
    assert ended(desk, Wish("features/a.feature", 3)) == []
    assert [type(event) for event in desk.ask(Wish("features/c.feature", 2))] == [FileFailed]
    assert ended(desk, Wish("features/a.feature", 2)) == [("a", "1")]
