"""Behave's own options: those of config.ini and those of the command line, as one configuration."""

import contextlib
import io
import os
import re
import shlex
from itertools import pairwise

from behave.configuration import OPTIONS, Configuration
from behave.formatter._registry import format_items
from behave.reporter.summary import SummaryReporter
from behave.userdata import parse_user_define

from apitest.errors import ProjectError, UsageError
from apitest.expressions import expression
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.project import Project
from apitest.runner.model import Config


def configuration(project: Project, paths: list[str], arguments: list[str]) -> Config:
    """The behave configuration of a run: options of config.ini first, those of the command line over them.

    Raises:
        ProjectError: config.ini has options that behave does not know or cannot read.
        UsageError: the command line has.
    """
    try:
        stored = shlex.split(project.behave_options)
    except ValueError as error:
        raise ProjectError(f"[behave] options cannot be read: {error}", str(project.config_path)) from None
    config, problem = _read([*stored, *arguments])
    if config is None:
        problem, fix = _format_problem(problem) or (problem, _FIX)
        if _read(stored)[0] is None:
            raise ProjectError(problem, f"[behave] options in {project.config_path}", fix)
        raise UsageError(problem, "command line", fix)
    # Paths given as options of config.ini would be run, too; the command line alone says what runs.
    config.paths = [os.path.normpath(path) for path in paths]
    config.base_dir = str(project.features)
    if _files(config) and not config.format:
        config.format = [config.default_format]
    return config


def refuse_misspelt(arguments: list[str]) -> None:
    """Refuses an option that does not exist but is spelt much like one that does.

    Raises:
        UsageError: with the option that was probably meant.
    """
    known = {*_OURS, *(name for names, _ in OPTIONS for name in names if name.startswith("--"))}
    for argument in arguments:
        if argument == "--":
            return
        name = argument.partition("=")[0]
        near = near_misses(name, known) if name.startswith("--") and name not in known else []
        if near:
            raise UsageError(f"Unknown option {name}", "command line", did_you_mean(near))


def definitions(arguments: list[str]) -> dict[str, str]:
    """What ``-D name=value`` defines among behave's options, as behave reads it; "true" where it has no value."""
    said = [
        after if each in ("-D", "--define") else each.partition("--define=")[2]
        for each, after in pairwise([*arguments, ""])
    ]
    return dict(map(parse_user_define, filter(None, said)))


_OURS = (
    "--help",
    "--verbose",
    "--quiet",
    "--fix",
    "--seed",
    "--strict",
    "--no-strict",
    "--allow-empty",
    "--report",
    "--events",
    "--env",
    "--environment",
    "--retries",
    "--rerun-failed",
    "--last-failed-first",
    "--isolate",
    "--by",
    "--random",
    "--shard",
    "--durations",
)
_FIX = "apitest's own options are in `apitest run --help`, all others are behave's: `behave --help` shows them"


def _read(arguments: list[str]) -> tuple[Config | None, str]:
    """Behave's configuration for these arguments; or None, and what behave says against them."""
    told = io.StringIO()
    try:
        with contextlib.redirect_stderr(told):
            return Configuration(arguments), ""
    except SystemExit:
        lines = [line for line in told.getvalue().splitlines() if line.strip()]
        return None, (lines[-1].partition("error: ")[2] or lines[-1]) if lines else "behave refuses these options"
    except re.error as error:
        return None, f"The regular expression {error.pattern!r} cannot be read: {error}"
    except Exception as error:  # a tag expression that cannot be parsed
        return None, f"{type(error).__name__}: {error}"


def _format_problem(problem: str) -> tuple[str, str] | None:
    """What to say of a formatter that does not exist; None for any other problem."""
    found = _BAD_FORMAT.match(problem)
    if not found:
        return None
    name = found[1]
    near = near_misses(name, [known for known, _ in format_items(resolved=False)])
    fixes = [_ELSEWHERE.get(name, ""), did_you_mean(near), "`apitest run -f help` shows all formats"]
    return f'Unknown format "{name}"', "\n".join(filter(None, fixes))


_BAD_FORMAT = expression(r"BAD_FORMAT=([^ ,]+)")
_ELSEWHERE = {
    "junit": "JUnit reports are written by --report junit=FILE, or by --junit into --junit-directory DIRECTORY",
    "jsonl": "Events as JSON lines are written by --report jsonl=FILE",
    "html": "An HTML report is written by --report html=FILE",
    "tap": "TAP is written by --report tap=FILE",
    "allure": "Results for Allure are written by --report allure=DIRECTORY",
}
"""What people look for among behave's formats, and where it is."""


def answer_question(config: Config) -> bool:
    """Answers an option that asks behave something and runs nothing (--lang-list, --tags-help, -f help …), if one does.

    Raises:
        UsageError: there are more files for formatters to write than formatters.
    """
    formats = config.format or []
    asked = config.version or config.tags_help or config.lang_list or config.lang_help
    if asked or config.lang == "help" or config.runner == "help" or "help" in formats:
        from behave.__main__ import run_behave

        run_behave(config)
        return True
    files = len(_files(config))
    if files > len(formats):
        problem = f"There are more --outfile options ({files}) than --format options ({len(formats)})"
        raise UsageError(problem, "command line", "Each -o FILE belongs to the -f FORMAT that stands before it")
    return False


def leave_output_to_reports(config: Config) -> bool:
    """Whether apitest's own report shows the run: it does unless a behave formatter writes to the terminal.

    Behave's summary is dropped with it, since the report has one, and so is behave's JUnit report in any case: it is
    one of ours.
    """
    formats = config.format or []
    ours = len(_files(config)) >= len(formats)
    if ours:
        config.reporters = [r for r in config.reporters if not isinstance(r, SummaryReporter)]
    if config.junit:
        from behave.reporter.junit import JUnitReporter  # here, since most runs write no such report

        config.reporters = [r for r in config.reporters if not isinstance(r, JUnitReporter)]
    return ours


def refuse_beside_workers(arguments: list[str], config: Config) -> list[str]:
    """What of behave's own output several workers cannot write: refused on the command line, else replaced.

    Args:
        arguments: behave's options of the command line.
        config: those of config.ini as well.

    Returns:
        What to tell of options of config.ini that mean nothing here.

    Raises:
        UsageError: the command line asks for such output, or this system has nothing to run workers with.
    """
    if not hasattr(os, "killpg"):
        fix = "Run without -j, or in the Windows Subsystem for Linux"
        raise UsageError("-j needs Linux, macOS or another Unix", "command line", fix)
    told, _ = _read(arguments)
    asked = [f"--format {name}" for name in (told.format if told else None) or ()]
    if asked or (told and _files(told)):
        problem = f"{' and '.join(asked) or '--outfile'} cannot be written by several workers at a time"
        fix = "Reports of all workers together are written by --report NAME=FILE, such as --report junit=FILE"
        raise UsageError(problem, "command line", fix)
    notices = [f"--format {name} in config.ini is left out: several workers run" for name in config.format or ()]
    leave_output_to_parent(config)
    return notices


def leave_output_to_parent(config: Config) -> None:
    """Behave's formatters and reporters write nothing in a worker: its parent reports."""
    config.format, config.outputs, config.reporters = [], [], []


def _files(config: Config) -> list[str]:
    """The files that behave's formatters write to."""
    return [opener.name for opener in config.outputs if opener.name and opener.stream is None]
