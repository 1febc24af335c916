"""Plain behave and apitest's runner, run on one project, each in a process of its own, tell the same."""

import json
import re
from pathlib import Path

import pytest

from tests.apitest.runner.differing import FIXTURES, both, run

PROJECT = FIXTURES / "differential"

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


@pytest.mark.parametrize("name", RUNS)
def test_same_statuses_and_hooks(name: str, tmp_path: Path) -> None:
    """Hooks run in the same order, formatters are told the same, every status is the same, and both fail or pass."""
    theirs, ours = both(PROJECT, RUNS[name], tmp_path)
    assert ours.hooks == theirs.hooks, ours.output
    assert ours.record == theirs.record, ours.output
    assert ours.failed == theirs.failed, ours.output
    assert theirs.record, theirs.output


def test_failing_before_all(tmp_path: Path) -> None:
    """An error in before_all leaves every feature untested in both."""
    theirs, ours = both(PROJECT, ["--tags=@basic"], tmp_path, FAIL_BEFORE_ALL="yes")
    assert ours.hooks == theirs.hooks
    assert ours.record == theirs.record
    assert ours.failed == theirs.failed is True


def test_places(tmp_path: Path) -> None:
    """FILE:LINE selects the same scenarios."""
    places = ["features/a_basic.feature:9", "features/c_rules.feature:8"]
    theirs = run(PROJECT, ["behave", *places], tmp_path / "behave", {})
    ours = run(PROJECT, ["apitest", "run", *places], tmp_path / "apitest", {})
    assert ours.hooks == theirs.hooks, ours.output
    assert ours.record == theirs.record


def test_same_counts(tmp_path: Path) -> None:
    """The numbers of features, scenarios and steps in each state are those of behave's summary."""
    theirs, _ = both(PROJECT, RUNS["everything"], tmp_path)
    summary = {}
    for line in theirs.output.splitlines():
        found = re.fullmatch(r"\d+ (feature|scenario|step)s? passed, .*", line)
        if found:
            numbers = re.findall(r"(\d+) (?:features? |scenarios? |steps? )?(\w+)", line)
            summary[found[1] + "s"] = {status: int(number) for number, status in numbers if int(number)}
    last = json.loads((tmp_path / "events.jsonl").read_text().splitlines()[-1])
    counts = {kind: {name: n for name, n in of_kind.items() if n} for kind, of_kind in last["counts"].items()}
    assert counts == summary
