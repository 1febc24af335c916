"""Divided runs come to what a run of one process comes to: the same verdicts, numbers and exit status."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from apitest.runner import divided
from tests.apitest.command_line import here

STEP, CHECK = 'Given I store "{0}" under "x"', 'Then variable "#x" is "{1}"'


def scenario(name: str, value: int = 1, expected: int = 1, indent: str = "  ", tags: str = "") -> str:
    """A scenario that passes if the value is what is expected."""
    lines = [tags] if tags else []
    lines += [f"Scenario: {name}", f"  {STEP.format(value)}", f"  {CHECK.format(0, expected)}"]
    return "".join(f"{indent}{line}\n" for line in lines)


_MARKS = """
from behave import then, when

marks = []

@when("nothing happens")
def nothing(context):
    pass

@when("a mark is left")
def leave(context):
    marks.append(1)

@then("there is no mark")
def check(context):
    assert not marks
"""
OUTLINE = """  Scenario Outline: row
    Given I store "<value>" under "x"
    Then variable "#x" is "2"
    Examples:
      | value |
      | 1     |
      | 2     |
      | 3     |
"""
FILES = {
    "a.feature": "Feature: A\n" + "".join(scenario(f"a{n}", n % 2) for n in range(7)),
    "b.feature": "@serial\nFeature: B\n" + OUTLINE + scenario("b", tags="@slow"),
    "c.feature": 'Feature: C\n  Background:\n    Given I store "0" under "y"\n'
    + "  Rule: R\n"
    + scenario("c1", indent="    ")
    + scenario("c2", 2, indent="    ", tags='@lock("db")')
    + "  Rule: S\n"
    + scenario("c3", indent="    ", tags="@slow"),
    "d.feature": "Feature: D\n" + scenario("d1", tags="@slow") + scenario("d2", tags="@slow"),
    "e.feature": "Feature: E\n  Scenario: undefined\n    Given nothing knows this\n",
    "f.feature": "Feature: F\n  Scenrio: broken\n",
    "g.feature": "Feature: G\n" + scenario("g", tags="@lock(db)"),
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with features of many kinds, some of which fail."""
    (tmp_path / "features").mkdir()
    for name, text in FILES.items():
        (tmp_path / "features" / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Verdicts:
    """What a run came to, of each scenario and in all.

    Args:
        arguments: of the command line.
    """

    def __init__(self, *arguments: str) -> None:
        self.status = here("run", "--report", "jsonl=events.jsonl", *arguments).status
        self.events = [json.loads(line) for line in Path("events.jsonl").read_text("utf-8").splitlines()]

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        """The events of a kind."""
        return [event for event in self.events if event["type"] == kind]

    @property
    def scenarios(self) -> Counter[object]:
        """Each scenario with its state, and how often it ran."""
        return Counter(
            (event["uri"], event["line"], event["name"], event["status"]) for event in self.of("ScenarioFinished")
        )

    @property
    def features(self) -> Counter[object]:
        """Each feature with its state."""
        return Counter((event["uri"], event["status"]) for event in self.of("FeatureFinished"))

    @property
    def files(self) -> Counter[object]:
        """Each file that cannot be used, with the reason."""
        return Counter((event["uri"], event["failure"]["problem"]) for event in self.of("FileFailed"))

    @property
    def counts(self) -> object:
        """The numbers at the end."""
        return self.of("RunFinished")[0]["counts"]

    @property
    def all(self) -> tuple[object, ...]:
        """Everything that is to be the same."""
        return self.status, self.scenarios, self.features, self.files, self.counts


@pytest.mark.parametrize("selection", [(), ("--tags", "not @slow"), ("--name", "row|c1"), ("--dry-run",)], ids="-".join)
def test_workers_come_to_the_same(root: Path, selection: tuple[str, ...]) -> None:
    """By feature and by scenario, whatever is chosen, workers have the verdicts and numbers of one process."""
    serial = Verdicts(*selection)
    assert Verdicts("-j", "3", *selection).all == serial.all
    assert Verdicts("-j", "3", "--by", "scenario", *selection).all == serial.all


@pytest.mark.parametrize("by", ["feature", "scenario"])
def test_random_orders_come_to_the_same(root: Path, by: str) -> None:
    """In a random order the verdicts and numbers of one process are the same, and the order is told and repeated."""
    serial = Verdicts()
    shuffled = Verdicts("--random", "5", "--by", by)
    assert shuffled.all == serial.all
    ran = [[event["name"] for event in each.of("ScenarioFinished")] for each in (serial, shuffled)]
    assert ran[0] != ran[1]
    assert shuffled.of("RunStarted")[0]["order"] == 5
    assert [event["name"] for event in Verdicts("--random", "5", "--by", by).of("ScenarioFinished")] == ran[1]


@pytest.mark.parametrize("by", ["feature", "scenario"])
def test_shards_run_everything_once(root: Path, by: str) -> None:
    """All shards together have the verdicts of one process, and no scenario runs in two of them."""
    serial = Verdicts()
    shards = [Verdicts("--shard", f"{number}/3", "--by", by) for number in (1, 2, 3)]
    assert sum((each.scenarios for each in shards), Counter()) == serial.scenarios
    assert sum((each.files for each in shards), Counter()) == serial.files
    assert all(each.scenarios for each in shards)
    started = [each.of("RunStarted")[0] for each in shards]
    assert [event["shard"] for event in started] == ["1/3", "2/3", "3/3"]
    assert len({event["split"] for event in started}) == 1


def test_places_and_workers(root: Path) -> None:
    """Lines of files mean the same to several workers."""
    places = ["features/a.feature:2", "features/a.feature:8", "features/b.feature:8"]
    assert Verdicts(*places, "-j", "2").all == Verdicts(*places).all
    assert Verdicts(*places, "-j", "2", "--by", "scenario").all == Verdicts(*places).all


def test_random_values_are_the_same(root: Path) -> None:
    """With a seed, a scenario draws the same random values whoever runs it."""
    for path in (root / "features").iterdir():
        path.unlink()
    lines = ['Given I store a random string under "x"', 'Then variable "#x" is "?"']
    for name in "abc":
        text = f"Feature: {name}\n" + "".join(f"  Scenario: {n}\n    {lines[0]}\n    {lines[1]}\n" for n in range(3))
        (root / "features" / f"{name}.feature").write_text(text)

    def drawn(*arguments: str) -> dict[str, str]:
        steps: dict[str, str] = {}
        place = ""
        for event in Verdicts("--seed", "3", *arguments).events:
            place = f"{event['uri']}:{event['line']}" if event["type"] == "ScenarioStarted" else place
            if event["type"] == "StepFinished" and event["failure"]:
                steps[place] = event["failure"]["actual"]
        return steps

    serial = drawn()
    assert len(set(serial.values())) == 9
    assert drawn("-j", "2") == drawn("-j", "2", "--by", "scenario") == drawn("--random") == serial


def test_a_shard_with_nothing_to_run(root: Path) -> None:
    """More shards than features leave some with nothing, which is told and passes."""
    ran = here("run", "--shard", "9/9")
    assert ran.status == 0
    assert "Shard 9/9 has nothing to run" in ran.output


def test_a_selection_that_chooses_nothing(root: Path) -> None:
    """A tag that does not exist is the same mistake for workers, shards and random orders."""
    (root / "features" / "f.feature").unlink()
    for options in ((), ("-j", "2"), ("-j", "2", "--by", "scenario"), ("--shard", "1/2"), ("--random",)):
        ran = here("run", "--tags", "@slwo", *options)
        assert ran.status == 2, options
        assert "No scenario matches --tags @slwo" in ran.output
        assert "Did you mean @slow?" in ran.output
        assert here("run", "--tags", "@slwo", "--allow-empty", *options).status == 0


def test_mistakes(root: Path, tmp_path: Path) -> None:
    """What does not go together is refused, with what to do."""
    for arguments, told in (
        (("--shard", "1/2", "features/a.feature:3"), "--shard divides whole files"),
        (("-j", "2", "-f", "plain"), "--format plain cannot be written by several workers"),
        (("-j", "2", "-o", "x.txt"), "cannot be written by several workers"),
    ):
        ran = here("run", *arguments)
        assert (ran.status, told in ran.output) == (2, True), ran.output
    (tmp_path / "empty" / "features").mkdir(parents=True)
    ran = here("run", "-j", "2", tmp_path / "empty")
    assert (ran.status, "No .feature file found" in ran.output) == (2, True)


def test_junit_reports(root: Path) -> None:
    """--junit writes a report of all workers' scenarios."""
    here("run", "-j", "2", "--junit", "--junit-directory", "reports")
    reports = "".join(path.read_text("utf-8") for path in (root / "reports").iterdir())
    assert all(f'name="{name}"' in reports for name in ("a1", "c1", "g"))


def test_options_of_config_ini(root: Path) -> None:
    """Formatters that config.ini asks for are left out, with a note; the number of workers there counts."""
    for name in "abcdef":
        (root / "features" / f"{name}.feature").unlink()
    (root / "features" / "h.feature").write_text("Feature: H\n" + scenario("h"))
    (root / "features" / "config.ini").write_text("[behave]\noptions = --format pretty --jobs 2\n")
    ran = here("run", "--report", "jsonl=events.jsonl")
    assert ran.status == 0, ran.output
    assert "note  --format pretty in config.ini is left out: several workers run" in ran.output
    assert json.loads((root / "events.jsonl").read_text().splitlines()[1])["workers"] == 2


@pytest.mark.parametrize("options", [(), ("--by", "scenario"), ("--random", "3")], ids="-".join)
def test_what_failed_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]) -> None:
    """The first worker begins with the file whose scenario failed last time, wherever that stands and however long."""
    (tmp_path / "features").mkdir()
    for name in "abcdef":
        text = f"Feature: {name}\n" + scenario(name, expected=2 if name == "e" else 1)
        (tmp_path / "features" / f"{name}.feature").write_text(text)
    monkeypatch.chdir(tmp_path)
    Verdicts("features")
    started = Verdicts("features", "-j", "2", "--last-failed-first", *options).of("ScenarioStarted")
    assert min((each["at"], each["name"]) for each in started if each["worker"] == 1)[1] == "e"


def test_what_a_scenario_depends_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of features that run beside each other, --isolate finds the scenario after which another one fails."""
    (tmp_path / "features" / "steps").mkdir(parents=True)
    (tmp_path / "features" / "steps" / "own.py").write_text(_MARKS)
    for name in "ab":
        scenarios = (
            ("one", "When nothing happens"),
            ("two", "When a mark is left"),
            ("three", "Then there is no mark"),
        )
        text = "".join(f"  Scenario: {name} {each}\n    {step}\n" for each, step in scenarios)
        (tmp_path / "features" / f"{name}.feature").write_text(f"Feature: {name}\n{text}")
    monkeypatch.chdir(tmp_path)
    notices = [each["text"] for each in Verdicts("features", "-j", "2", "--isolate").of("Notice")]
    for name in "ab":
        culprit = f'it fails after "{name} two" (features/{name}.feature:4)'
        assert f'"{name} three" (features/{name}.feature:6) passes by itself: {culprit}' in notices


def test_units_in_a_random_order() -> None:
    """Files come one after another, their scenarios in a random order, too."""
    units = [divided.Unit(file, n, n) for n, file in enumerate("aaaabbbbcccc")]
    shuffled = divided._shuffled(units, 1)
    assert sorted(shuffled, key=lambda unit: unit.position) == units
    assert shuffled != units
    files = [unit.file for unit in shuffled]
    assert len([n for n in range(1, 12) if files[n] != files[n - 1]]) == 2
