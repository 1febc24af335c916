"""`apitest` as a process, and projects for it to run."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from apitest.cli import main
from apitest.commands.init import create

ONE_STEP = '    Given I store "a" under "b"'
_OWN_STEP = """
from behave import given

@given('I do something of my own with "{value}"')
def own(context, value):
    context.zato.user_ctx["own"] = value
"""
_TIME = re.compile(r"<?\d+(\.\d+)? m?s\b")


class Ran(NamedTuple):
    """What a command came to: its exit status, and all that it printed."""

    status: int
    output: str


def environment() -> dict[str, str]:
    """The environment of a command whose output is compared: of one width, without colours."""
    return os.environ | {"COLUMNS": "120", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}


def apitest(directory: Path, *arguments: str | Path) -> Ran:
    """Runs the command in a directory."""
    done = subprocess.run(
        [sys.executable, "-m", "apitest", *map(str, arguments)],
        check=False,
        cwd=directory,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
    )
    return Ran(done.returncode, _TIME.sub("N ms", done.stdout))


def here(*arguments: str | Path) -> Ran:
    """Runs the command in this process; not for projects with Python, which behave loads once a process."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], env={"COLUMNS": "120"})
    return Ran(result.exit_code, result.output)


def project(directory: Path, address: str) -> Path:
    """A new project, as `apitest init` makes it, for the API at an address."""
    create(directory)
    config = directory / "features" / "config.ini"
    config.write_text(config.read_text("utf-8").replace("http://127.0.0.1:17010", address), "utf-8")
    return directory


def feature(directory: Path, *lines: str, name: str = "test.feature") -> Path:
    """A .feature file of these lines in a project."""
    path = directory / "features" / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def two_scenarios(directory: Path) -> Path:
    """A project whose two scenarios pass; they need a step of its own and its config.ini."""
    (directory / "features" / "steps").mkdir(parents=True)
    (directory / "features" / "steps" / "own.py").write_text(_OWN_STEP)
    (directory / "features" / "config.ini").write_text("[user]\nname = Maria\n")
    feature(
        directory,
        "Feature: Two scenarios",
        "",
        "  @first",
        "  Scenario: The first",
        '    Given I do something of my own with "@name"',
        '    Then variable "#own" is a string "Maria"',
        "",
        "  @second",
        "  Scenario: The second",
        ONE_STEP,
    )
    return directory
