"""What there is to run, found out before a run that is divided."""

from pathlib import Path

import pytest
from behave.model_type import FileLocation

from apitest import project
from apitest.parallel.durations import Durations
from apitest.parallel.units import Keep
from apitest.runner import options
from apitest.runner.survey import Survey, Wishes

FILES = {
    "a.feature": "Feature: A\n  @slow\n  Scenario: one\n    Given x\n    Given y\n"
    '  @lock("db")\n  Scenario: two\n    Given x\n',
    "b.feature": "@serial\nFeature: B\n  Scenario: three\n    Given x\n",
    "c.feature": "Feature: C\n  Scenario: four\n    Given x\n",
    "d.feature": "Fature: D\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of four files, one of which cannot be parsed."""
    (tmp_path / "features").mkdir()
    for name, text in FILES.items():
        (tmp_path / "features" / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def survey(root: Path, wishes: Wishes, *arguments: str, lines: tuple[int | None, ...] = (None,)) -> Survey:
    """A survey of all files."""
    found = project.find(root)
    config = options.configuration(found, ["features"], list(arguments))
    places = [FileLocation(str(root / "features" / name), line) for name in FILES for line in lines]
    return Survey(places, config, wishes, found.name_of, Durations([("features/a.feature", "one", 5.0)]))


def test_features(root: Path) -> None:
    """Each file is a unit with what keeps it apart; files that nothing is kept apart in are not looked into."""
    found = survey(root, Wishes())
    assert [(unit.file, unit.line, unit.seconds, unit.keep) for unit in found.units] == [
        ("features/a.feature", 0, 10.0, Keep(False, frozenset({"db"}))),
        ("features/b.feature", 0, 5.0, Keep(True)),
        ("features/c.feature", 0, 5.0, Keep()),
        ("features/d.feature", 0, 5.0, Keep()),
    ]
    assert found.chosen is True
    (task,) = [found.task(found.units[2:3])]
    assert (task.file, task.lines, task.partial) == (str(root / "features" / "c.feature"), None, False)


def test_scenarios(root: Path) -> None:
    """Each scenario that is chosen is a unit; what is not is counted once, with the first of its file."""
    found = survey(root, Wishes(by_scenario=True), "--tags", "not @slow")
    assert [(unit.file, unit.line, unit.name) for unit in found.units] == [
        ("features/a.feature", 7, "two"),
        ("features/b.feature", 3, "three"),
        ("features/c.feature", 2, "four"),
        ("features/d.feature", 0, ""),
    ]
    task = found.task(found.units[:1])
    assert (task.lines, task.left_out, task.partial) == ({7}, (1, 2), True)
    assert found.task(found.units[:1]).left_out == (0, 0)


def test_nothing_is_chosen(root: Path) -> None:
    """A thorough survey knows that tags or names choose nothing; one of features alone does not."""
    assert survey(root, Wishes(thorough=True), "--tags", "@none").chosen is False
    assert survey(root, Wishes(), "--tags", "@none").chosen is None
    assert survey(root, Wishes(by_scenario=True), "--name", "nobody").chosen is False


def test_places(root: Path) -> None:
    """Only scenarios at the lines that are asked for are handed out."""
    found = survey(root, Wishes(by_scenario=True), lines=(3,))
    assert [(unit.file, unit.line) for unit in found.units][:2] == [
        ("features/a.feature", 3),
        ("features/b.feature", 3),
    ]
    assert found.task(found.units[:1]).places == (3,)


def test_a_random_order(root: Path) -> None:
    """Scenarios are in a random order only where they are handed out one by one."""
    by_scenario, by_feature = (survey(root, Wishes(by, seed=7)) for by in (True, False))
    assert by_scenario.task(by_scenario.units[:1]).seed == 7
    assert by_feature.task(by_feature.units[:1]).seed is None
