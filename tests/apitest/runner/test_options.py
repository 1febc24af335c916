"""Behave's options, from config.ini and from the command line."""

import os
from pathlib import Path

import pytest
from behave.reporter.summary import SummaryReporter

from apitest.errors import ProjectError, UsageError
from apitest.project import Project
from apitest.runner.options import (
    answer_question,
    configuration,
    definitions,
    leave_output_to_reports,
    refuse_beside_workers,
    refuse_misspelt,
)


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working directory, whose behave.ini is read."""
    monkeypatch.chdir(tmp_path)


def project(options: str = "") -> Project:
    """One whose config.ini has these options."""
    return Project(Path("p"), Path("p/features"), behave_options=options)


def test_the_command_line_comes_after_config_ini() -> None:
    """Both are read; what they both say is as the command line has it; paths are the command line's."""
    config = configuration(project("--stop --stage=one features/other"), ["a/../b"], ["--stage=two"])
    assert (config.stop, config.stage, config.paths, config.base_dir) == (True, "two", ["b"], "p/features")


def test_behave_ini_is_read(tmp_path: Path) -> None:
    """That of the working directory."""
    (tmp_path / "behave.ini").write_text("[behave]\nstage = three\n[behave.userdata]\na = b\n")
    config = configuration(project(), ["."], ["-D", "c=d"])
    assert (config.stage, config.userdata) == ("three", {"a": "b", "c": "d"})


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ("--nosuch", "unrecognized arguments: --nosuch"),
        ("--tags='(a'", "TagExpressionError: "),
        ('--tags="', "[behave] options cannot be read: No closing quotation"),
    ],
)
def test_options_of_config_ini_that_are_wrong(options: str, problem: str) -> None:
    """The file is named."""
    with pytest.raises(ProjectError) as raised:
        configuration(project(options), ["."], [])
    assert raised.value.problem.startswith(problem)
    assert "config.ini" in raised.value.where


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("prety", "Did you mean pretty"),
        ("html", "An HTML report is written by --report html=FILE"),
        ("junit", "JUnit reports are written by --report junit=FILE"),
    ],
)
def test_a_format_that_is_not_there(name: str, fix: str) -> None:
    """What was meant is told, or where it is."""
    with pytest.raises(UsageError) as raised:
        configuration(project(), ["."], ["--format", name])
    assert raised.value.fix.startswith(fix)


@pytest.mark.parametrize(
    ("option", "fix"),
    [
        ("--tag", "Did you mean --tags"),
        ("--stric", "Did you mean --strict"),
        ("--allow-emtpy", "Did you mean --allow-empty"),
        ("--junit-dirctory=x", "Did you mean --junit-directory"),
    ],
)
def test_an_option_that_is_misspelt(option: str, fix: str) -> None:
    """It is refused, so that its value is not taken for a path."""
    with pytest.raises(UsageError) as raised:
        refuse_misspelt(["a.feature", option, "@x"])
    assert raised.value.problem == f"Unknown option {option.partition('=')[0]}"
    assert raised.value.fix.startswith(fix)


def test_options_that_are_there() -> None:
    """They pass, and so does what nothing is like, which behave refuses, and what stands after --."""
    refuse_misspelt(["--tags=@x", "-f", "plain", "--events", "f", "--xyzzy", "--", "--tag"])


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--nosuch"], "unrecognized arguments: --nosuch"),
        (["--name=("], "The regular expression '(' cannot be read: missing )"),
        (["-f", "nosuch"], 'Unknown format "nosuch"'),
        (["-f"], "argument -f/--format: expected one argument"),
    ],
)
def test_options_of_the_command_line_that_are_wrong(options: list[str], problem: str) -> None:
    """What behave says is told in one line."""
    with pytest.raises(UsageError) as raised:
        configuration(project("--stop"), ["."], options)
    assert raised.value.problem.startswith(problem)
    assert raised.value.where == "command line"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--lang-list"], "de: Deutsch / German"),
        (["--lang", "help"], "de: Deutsch / German"),
        (["--lang-help", "de"], "Angenommen"),
        (["--tags-help"], "TAG-EXPRESSIONS"),
        (["--runner=help"], "AVAILABLE RUNNERS"),
        (["-f", "help"], "AVAILABLE FORMATTERS"),
        (["--version"], "behave "),
    ],
)
def test_questions(options: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Behave answers them, and nothing is to run."""
    assert answer_question(configuration(project(), ["."], options))
    assert told in capsys.readouterr().out


def test_no_question(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed then."""
    assert not answer_question(configuration(project(), ["."], ["-f", "plain", "-o", "file"]))
    assert capsys.readouterr().out == ""


def test_more_files_than_formatters() -> None:
    """It is not clear what goes into which."""
    config = configuration(project(), ["."], ["-f", "plain", "-o", "one", "-o", "two"])
    with pytest.raises(UsageError, match=r"more --outfile options \(2\) than --format options \(1\)"):
        answer_question(config)


@pytest.mark.parametrize(
    ("options", "ours"),
    [
        ([], True),
        (["-f", "plain"], False),
        (["-f", "plain", "-o", "file"], True),
        (["-f", "plain", "-o", "file", "-f", "json"], False),
        (["-o", "file"], True),
        (["--junit"], True),
    ],
)
def test_who_writes_to_the_terminal(options: list[str], ours: bool) -> None:
    """A formatter without a file of its own; else apitest's report, and behave's summary is left out."""
    config = configuration(project(), ["."], options)
    assert leave_output_to_reports(config) is ours
    assert any(isinstance(reporter, SummaryReporter) for reporter in config.reporters) is not ours


def test_definitions() -> None:
    """-D is found in all its spellings, and the last of a name counts, as with behave."""
    assert definitions(["-D", "a=1", "--define=b = 'x=y'", "--define", "a=2", "-D", "flag"]) == {
        "a": "2",
        "b": "x=y",
        "flag": "true",
    }
    assert definitions(["--stop", "--tags=@x"]) == {}
    assert definitions(["-D"]) == {}


def test_workers_need_a_unix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes have no groups, a run with workers is refused with what to do instead."""
    config = configuration(project(), ["."], [])
    assert refuse_beside_workers([], config) == []
    monkeypatch.delattr(os, "killpg")
    with pytest.raises(UsageError, match="-j needs Linux, macOS or another Unix") as raised:
        refuse_beside_workers([], config)
    assert raised.value.fix == "Run without -j, or in the Windows Subsystem for Linux"
