"""`apitest report merge`."""

import json
from pathlib import Path

import pytest

from tests.apitest.command_line import feature, here


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of three features, one of which fails, that ran in two shards."""
    (tmp_path / "features").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, expected in (("a", "1"), ("b", "2"), ("c", "1")):
        steps = ['    Given I store "1" under "x"', f'    Then variable "#x" is "{expected}"']
        feature(
            tmp_path,
            f"Feature: {name}",
            f"  Scenario: {name}1",
            *steps,
            f"  Scenario: {name}2",
            *steps,
            name=f"{name}.feature",
        )
    for number in (1, 2):
        here("run", "--shard", f"{number}/2", "--by", "scenario", "--report", f"jsonl={number}.jsonl")
    return tmp_path


def test_shards_come_to_what_one_run_comes_to(root: Path) -> None:
    """The reports of two shards together have the verdicts, the numbers and the status of a run of all."""
    whole = here("run", "--report", "jsonl=whole.jsonl")
    merged = here(
        "report", "merge", "2.jsonl", "1.jsonl", "--report", "jsonl=merged.jsonl", "--report", "junit=merged.xml"
    )
    assert merged.status == whole.status == 1
    assert "4 scenarios passed, 2 failed" in merged.output
    told = [
        [json.loads(line) for line in (root / f"{name}.jsonl").read_text().splitlines()] for name in ("whole", "merged")
    ]
    verdicts = [[(e["uri"], e["line"], e["status"]) for e in each if e["type"] == "ScenarioFinished"] for each in told]
    assert verdicts[0] == verdicts[1]
    assert told[0][-1]["counts"] == told[1][-1]["counts"]
    assert (root / "merged.xml").exists()


def test_mistakes(root: Path) -> None:
    """A file that cannot be used is told of before anything is written."""
    ran = here("report", "merge", "1.jsonl", "nothing.jsonl", "--report", "jsonl=merged.jsonl")
    assert ran.status == 2
    assert "The file cannot be read: No such file or directory" in ran.output
    assert not (root / "merged.jsonl").exists()
    before = (root / "1.jsonl").read_bytes()
    for name in ("1.jsonl", "./1.jsonl", str(root / "1.jsonl")):
        ran = here("report", "merge", "1.jsonl", "2.jsonl", "--report", f"jsonl={name}", "--report", "tap=/proc/none")
        assert ran.status == 2
        assert "one of the files to merge" in " ".join(ran.output.split())
    assert (root / "1.jsonl").read_bytes() == before
    assert here("report", "merge").status == 2
