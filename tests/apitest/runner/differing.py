"""Runs one project with plain behave and with apitest, each in a process of its own, and keeps what came of it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).parents[2] / "fixtures"


class Told(NamedTuple):
    """What one run left behind.

    Attributes:
        failed: whether its exit status was another than 0.
        hooks: the lines that the project's hooks and steps logged.
        record: the lines that the recorder, a behave formatter, was told and found in the end.
        output: standard output and error.
        directory: with whatever else the run wrote.
    """

    failed: bool
    hooks: list[str]
    record: list[str]
    output: str
    directory: Path


def run(project: Path, command: list[str], directory: Path, environ: dict[str, str]) -> Told:
    """Runs a project; ``{}`` in the command stands for the directory."""
    directory.mkdir()
    hooks, record = directory / "hooks", directory / "record"
    own = {
        "PYTHONPATH": str(FIXTURES / "recorder"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOOK_LOG": str(hooks),
        "NO_COLOR": "1",
    }
    arguments = [argument.replace("{}", str(directory)) for argument in command]
    done = subprocess.run(
        [sys.executable, "-m", *arguments, "-f", "recorder:Recorder", "-o", str(record)],
        check=False,
        cwd=project,
        env=os.environ | own | environ,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    return Told(done.returncode != 0, _lines(hooks), _lines(record), done.stdout + done.stderr, directory)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def both(project: Path, options: list[str], directory: Path, **environ: str) -> tuple[Told, Told]:
    """The same run by plain behave and by apitest; the events of the latter are in events.jsonl."""
    theirs = run(project, ["behave", *options], directory / "behave", environ)
    events = ["--events", str(directory / "events.jsonl")]
    return theirs, run(project, ["apitest", "run", "features", *events, *options], directory / "apitest", environ)
