"""Plain behave and apitest's runner, run on one project, each in a process of its own, tell the same."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2] / "fixtures" / "differential"

RUNS = {
    "everything": ["--tags=not @aborting and not @interrupting"],
    "one tag": ["--tags=@one"],
    "a tag expression": ["--tags=(@one or @ruled) and not @first"],
    "an outline's row by tag": ["--tags=@second"],
    "stop at the first failure": ["--stop"],
    "dry run": ["--dry-run"],
    "by name": ["--name=fails", "--name=rows"],
    "by name in a rule": ["--name=in the first"],
    "aborted by a step": ["--tags=@aborting"],
    "interrupted": ["--tags=@interrupting"],
    "without capture": ["--no-capture", "--tags=@basic"],
    "skipped ones not shown": ["--no-skipped", "--tags=@one or @ruled"],
    "work in progress": ["--wip"],
    "one file excluded": ["--exclude=a_basic", "--tags=not @aborting and not @interrupting"],
    "nothing selected": ["--tags=@nobody"],
}


def run(command: list[str], directory: Path, environ: dict[str, str]) -> dict[str, object]:
    """Runs the project; what its hooks and the recorder wrote, and whether it failed."""
    hooks, record = directory / "hooks", directory / "record"
    environ = (
        os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "HOOK_LOG": str(hooks)} | environ
    )
    done = subprocess.run(
        [sys.executable, "-m", *command, "-f", "recorder:Recorder", "-o", str(record)],
        cwd=PROJECT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return {
        "failed": done.returncode != 0,
        "hooks": hooks.read_text().splitlines() if hooks.exists() else [],
        "record": record.read_text().splitlines() if record.exists() else [],
        "output": done.stdout + done.stderr,
    }


def both(options: list[str], tmp_path: Path, **environ: str) -> tuple[dict[str, object], dict[str, object]]:
    """The same run by plain behave and by apitest."""
    directories = [tmp_path / "behave", tmp_path / "apitest"]
    for directory in directories:
        directory.mkdir()
    theirs = run(["behave", *options], directories[0], environ)
    events = ["--events", str(tmp_path / "events.jsonl")]
    ours = run(["apitest", "run", "features", *events, *options], directories[1], environ)
    return theirs, ours


@pytest.mark.parametrize("name", RUNS)
def test_same_statuses_and_hooks(name: str, tmp_path: Path) -> None:
    """Hooks run in the same order, formatters are told the same, every status is the same, and both fail or pass."""
    theirs, ours = both(RUNS[name], tmp_path)
    assert ours["hooks"] == theirs["hooks"], ours["output"]
    assert ours["record"] == theirs["record"], ours["output"]
    assert ours["failed"] == theirs["failed"], ours["output"]
    assert theirs["record"], theirs["output"]


def test_failing_before_all(tmp_path: Path) -> None:
    """An error in before_all leaves every feature untested in both."""
    theirs, ours = both(["--tags=@basic"], tmp_path, FAIL_BEFORE_ALL="yes")
    assert ours["hooks"] == theirs["hooks"]
    assert ours["record"] == theirs["record"]
    assert ours["failed"] == theirs["failed"] is True


def test_places(tmp_path: Path) -> None:
    """FILE:LINE selects the same scenarios."""
    places = ["features/a_basic.feature:9", "features/c_rules.feature:8"]
    for name in ("behave", "apitest"):
        (tmp_path / name).mkdir()
    theirs = run(["behave", *places], tmp_path / "behave", {})
    ours = run(["apitest", "run", *places], tmp_path / "apitest", {})
    assert ours["hooks"] == theirs["hooks"], ours["output"]
    assert ours["record"] == theirs["record"]


def test_same_counts(tmp_path: Path) -> None:
    """The numbers of features, scenarios and steps in each state are those of behave's summary."""
    theirs, _ = both(RUNS["everything"], tmp_path)
    summary = {}
    for line in str(theirs["output"]).splitlines():
        found = re.fullmatch(r"\d+ (feature|scenario|step)s? passed, .*", line)
        if found:
            numbers = re.findall(r"(\d+) (?:features? |scenarios? |steps? )?(\w+)", line)
            summary[found[1] + "s"] = {status: int(number) for number, status in numbers if int(number)}
    last = json.loads((tmp_path / "events.jsonl").read_text().splitlines()[-1])
    counts = {kind: {name: n for name, n in of_kind.items() if n} for kind, of_kind in last["counts"].items()}
    assert counts == summary
