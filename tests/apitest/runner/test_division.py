"""The options that divide a run."""

import os
from pathlib import Path

import pytest

from apitest.errors import UsageError
from apitest.parallel.shards import Shard
from apitest.runner import division
from apitest.runner.division import Division


def test_options() -> None:
    """The options are read as they stand on the command line; without any, nothing is divided."""
    assert Division.asked("4", "scenario", "17", "2/5", "d.jsonl") == Division(
        4, True, 17, Shard(2, 5), Path("d.jsonl")
    )
    assert Division.asked("1", "feature", None, None, None) == Division()
    assert not Division(by_scenario=True).divides
    assert all(each.divides for each in (Division(jobs=2), Division(seed=0), Division(shard=Shard(1, 1))))


def test_as_many_workers_as_cores() -> None:
    """The word auto stands for the cores that this process may use."""
    assert 1 <= division.jobs("auto") <= (os.cpu_count() or 1)


@pytest.mark.parametrize("text", ["0", "-1", "x", "", "1.5", "1001", "²", "99999999999999999999"])
def test_no_number_of_workers(text: str) -> None:
    """Anything else is a mistake in the command."""
    with pytest.raises(UsageError, match="is not a number of workers"):
        division.jobs(text)


def test_a_seed_is_drawn() -> None:
    """An order without a seed gets one that can be told."""
    seeds = {division.order("") for _ in range(20)}
    assert len(seeds) > 1
    assert all(seed is not None and 0 <= seed < 1_000_000 for seed in seeds)
    assert (division.order("5"), division.order(None)) == (5, None)


def test_durations(tmp_path: Path) -> None:
    """They come from a file that is named, or from the project's record, which need not be there."""
    line = '{"uri": "a", "line": 1, "name": "x", "status": "passed", "seconds": 2.5}\n'
    file = tmp_path / "d.jsonl"
    file.write_text(line)
    assert division.durations(tmp_path, file).of_scenario("a", "x") == 2.5
    assert division.durations(tmp_path, None).of_scenario("a", "x") == 1.0
    (tmp_path / ".apitest").mkdir()
    (tmp_path / ".apitest" / "results.jsonl").write_text(line)
    assert division.durations(tmp_path, None).of_scenario("a", "x") == 2.5


def test_files_that_failed_have_no_duration(tmp_path: Path) -> None:
    """What the record says of a whole file is not the time of a scenario."""
    line = '{"uri": "a", "line": 1, "name": "x", "status": "passed", "seconds": 2.5}\n'
    file = tmp_path / "d.jsonl"
    file.write_text(line + '{"uri": "a", "line": 0, "name": "", "status": "error", "seconds": 0.0}\n')
    assert division.durations(tmp_path, file).of_scenario("a", "unknown") == 2.5


@pytest.mark.parametrize("text", [None, "", "nonsense\n"])
def test_durations_that_cannot_be_read(tmp_path: Path, text: str | None) -> None:
    """A file that is not there, or without a duration in it, is a mistake in the command."""
    file = tmp_path / "d.jsonl"
    if text is not None:
        file.write_text(text)
    with pytest.raises(UsageError) as raised:
        division.durations(tmp_path, file)
    assert raised.value.where == str(file)
    assert ".apitest/results.jsonl" in raised.value.fix
