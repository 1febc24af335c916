"""What projects do with behave's further features, under plain behave and under apitest's runner.

What is meant to differ is told where it is left out of the comparison.
"""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.apitest.runner.differing import FIXTURES, both, run

PROJECT = FIXTURES / "differential_wide"

WHOLE = "--tags=not @exits and not @late"
RUNS = {
    "everything": [WHOLE],
    "old tags: not": ["--tags=-tagged", "--tags=-exits", "--tags=~@late"],
    "old tags: or, and": ["--tags=@examples,@continue", "--tags=~@late"],
    "user data": ["--tags=@tagged", "-D", "name=value", "-Dboth=line", "-D", "number=3", "-D", "flag"],
    "a stage": ["--tags=@late", "--stage=late"],
    "skipped ones shown": ["--tags=@tagged", "--show-skipped"],
    "stop": ["--stop", "--include=a_steps"],
    "before_all exits": ["--tags=@tagged", "-D", "exit=0"],
    "after_all exits": ["--tags=@tagged", "-D", "exit_after=1"],
    "a hook of a tag exits": ["--tags=@in_tag"],
    "a hook before exits": ["--tags=@in_before"],
    "a hook after exits": ["--tags=@in_after"],
    "a hook of a feature exits": ["--tags=@in_feature"],
    "a hook is interrupted": ["--tags=@interrupted_after"],
    "a hook is taken away in a run": ["--tags=@tagged", "-D", "no_after"],
}


OTHER_FORMATS = ["rerun", "steps.usage", "steps.missing", "tags"]


@pytest.mark.parametrize("name", RUNS)
def test_same_statuses_hooks_and_values(name: str, tmp_path: Path) -> None:
    """Steps get the same values, hooks see the same states, formatters are told the same."""
    theirs, ours = both(PROJECT, RUNS[name], tmp_path)
    assert ours.hooks == theirs.hooks, ours.output
    assert ours.record == theirs.record, ours.output
    assert ours.failed == theirs.failed, ours.output
    assert theirs.hooks, theirs.output


@pytest.fixture(scope="module")
def directories(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Where plain behave and apitest wrote their reports."""
    directory = tmp_path_factory.mktemp("reports")
    formats = ["json", *OTHER_FORMATS]
    options = [part for name in formats for part in ("-f", name, "-o", f"{{}}/{name}")]
    told = both(PROJECT, [WHOLE, *options, "--junit", "--junit-directory={}/junit"], directory)
    return [one.directory for one in told]


class TestReports:
    """Files that behave's own formatters and reporters write."""

    def test_json(self, directories: list[Path]) -> None:
        """The JSON is the same but for durations; attachments and typed arguments are in it."""
        theirs, ours = (json.loads((directory / "json").read_text("utf-8")) for directory in directories)
        assert without_durations(ours) == without_durations(theirs)
        assert "YXR0YWNoZWQ=" in json.dumps(ours)

    @pytest.mark.parametrize("name", OTHER_FORMATS)
    def test_other_formats(self, directories: list[Path], name: str) -> None:
        """Their files are the same."""
        theirs, ours = ((directory / name).read_text("utf-8") for directory in directories)
        assert ours == theirs

    def test_junit(self, directories: list[Path]) -> None:
        """The same files, suites and test cases, with the same kinds of errors; only behave tells of what did not run.

        Errors of clean-ups and of rules are told by apitest only, so these are left out here; what is undefined has its
        name with apitest only, where behave says None.
        """
        theirs, ours = (
            {path.name: suite(path) for path in sorted((directory / "junit").iterdir())} for directory in directories
        )
        assert ours == {name: told for name, told in theirs.items() if told[1]}
        assert len(theirs) == 9

    def test_junit_shows_the_projects_own_frames_only(self, directories: list[Path]) -> None:
        """No line of apitest's or behave's runner is in the tracebacks."""
        text = (directories[1] / "junit" / "TESTS-c_fixtures.xml").read_text("utf-8")
        assert "environment.py" in text
        assert "run_hook" not in text
        assert "apitest/runner" not in text


def without_durations(value: Any) -> Any:
    """A JSON value without the durations of steps."""
    if isinstance(value, dict):
        return {name: without_durations(part) for name, part in value.items() if name != "duration"}
    return [without_durations(part) for part in value] if isinstance(value, list) else value


def suite(path: Path) -> tuple[str | None, list[Any]]:
    """What a JUnit file holds of what ran, without times and messages."""
    root = ElementTree.parse(path).getroot()
    ran = [case for case in root if case.find("skipped") is None and case.get("name") not in _CLEAN_UPS]
    return root.get("name"), [(case.get("classname"), case.get("name", "").rstrip(), problems(case)) for case in ran]


_CLEAN_UPS = (
    *("clean-ups that fail", "broken afterwards", "features/a_steps.feature"),
    'features/b_rules.feature:51, the rule "a fixture breaks"',
)
_UNTOLD = ("UnknownError", "NoneType", "UndefinedStep")


def problems(case: ElementTree.Element) -> list[tuple[str, str | None]]:
    """The failures and errors of a test case by their kinds, none where one of the two does not know it."""
    found = [(part.tag, part.get("type")) for part in case if part.tag in ("failure", "error")]
    return [(tag, None if kind in _UNTOLD else kind) for tag, kind in found]


def test_a_hook_of_a_step_that_exits(tmp_path: Path) -> None:
    """It ends the run as in behave; only apitest keeps the reason with the step."""
    theirs, ours = both(PROJECT, ["--tags=@in_step"], tmp_path)
    assert [line for line in ours.hooks if "HOOK-ERROR" not in line] == [
        line for line in theirs.hooks if "untested None" not in line
    ]
    assert ours.failed
    assert "HOOK-ERROR in before_step: SystemExit: 3" in "\n".join(ours.hooks)


def test_another_language(tmp_path: Path) -> None:
    """Keywords of the language on the command line are known in files that name none."""
    project = tmp_path / "project"
    (project / "features" / "steps").mkdir(parents=True)
    (project / "features" / "steps" / "own.py").write_text("from behave import step\n@step('x')\ndef x(c): pass\n")
    feature = "Fonctionnalité: F\n  Scénario: S\n    Soit x\n    Et x\n    Étant donné x\n"
    (project / "features" / "f.feature").write_text(feature, "utf-8")
    theirs = run(project, ["behave", "--lang=fr"], tmp_path / "behave", {})
    ours = run(project, ["apitest", "run", "--lang", "fr"], tmp_path / "apitest", {})
    assert ours.record == theirs.record, ours.output
    assert "STEP x passed NoneType False" in ours.record
