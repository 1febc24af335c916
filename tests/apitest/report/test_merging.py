"""Events of several runs, joined."""

from pathlib import Path

import pytest

from apitest import events
from apitest.errors import UsageError
from apitest.events import Event
from apitest.report import jsonl, merging

FAILURE = events.Failure("CheckFailed", 1, "no")


def scenario(uri: str, line: int, status: str = "passed") -> list[Event]:
    """A scenario of one step."""
    failure = None if status == "passed" else FAILURE
    return [
        events.ScenarioStarted(uri, line, f"s{line}", ()),
        events.StepFinished("Given", "x", line + 1, status, 0.1, failure, None, None),
        events.ScenarioFinished(uri, line, f"s{line}", status, 0.1, None),
    ]


def feature(uri: str, *scenarios: list[Event], status: str = "passed") -> list[Event]:
    """A feature's events."""
    between = [event for each in scenarios for event in each]
    return [events.FeatureStarted(uri, 1, uri, ()), *between, events.FeatureFinished(uri, uri, status, 1.0, None)]


def write(path: Path, shard: str, *features: list[Event], status: int = 0, passed: int = 1, split: str = "x") -> Path:
    """A file of a run."""
    states = [event.status for each in features for event in each if isinstance(event, events.FeatureFinished)]
    counts = {
        "features": {state: states.count(state) for state in states},
        "scenarios": {"passed": passed},
        "steps": {},
    }
    told = [
        events.RunStarted("p", verbose=False, shard=shard, split=split, at=float(shard[:1] or 0)),
        events.Notice("said by all"),
        *(event for each in features for event in each),
        events.RunFinished(counts, float(passed), status, ""),
    ]
    path.write_text("".join(f"{jsonl.encode(event)}\n" for event in told), "utf-8")
    return path


@pytest.fixture
def shards(tmp_path: Path) -> list[Path]:
    """Two shards of a run, one of which has scenarios of the other's feature."""
    one = write(tmp_path / "1", "1/2", feature("b", scenario("b", 3)), feature("a", scenario("a", 9)), passed=2)
    failed = feature("a", scenario("a", 5, "failed"), status="failed")
    return [one, write(tmp_path / "2", "2/2", failed, feature("c", scenario("c", 2)), status=1, passed=1)]


def test_shards_become_one_run(shards: list[Path]) -> None:
    """Features and scenarios come in the order of the files, each feature once, and the numbers are those of all."""
    told = list(merging.joined(shards))
    ran = [(event.uri, event.line) for event in told if isinstance(event, events.ScenarioFinished)]
    assert ran == [("a", 5), ("a", 9), ("b", 3), ("c", 2)]
    ends = [(event.uri, event.status) for event in told if isinstance(event, events.FeatureFinished)]
    assert ends == [("a", "failed"), ("b", "passed"), ("c", "passed")]
    assert [event for event in told if isinstance(event, events.Notice)] == [events.Notice("said by all")]
    assert isinstance(told[0], events.RunStarted)
    assert (told[0].shard, told[0].workers, told[0].at) == ("", 2, 1.0)
    end = told[-1]
    assert isinstance(end, events.RunFinished)
    assert end.counts == {"features": {"passed": 2, "failed": 1}, "scenarios": {"passed": 3}, "steps": {}}
    assert (end.seconds, end.exit_status) == (2.0, 1)
    assert list(merging.joined(shards[::-1]))[1:] == told[1:]


def test_a_shard_is_missing(shards: list[Path]) -> None:
    """What was not given is told of, and the run has not passed."""
    told = list(merging.joined(shards[:1]))
    (failed,) = [event for event in told if isinstance(event, events.FileFailed)]
    assert failed.failure.problem == "Shard 2/2 is missing: nothing is known of what it ran"
    assert isinstance(told[-1], events.RunFinished)
    assert told[-1].exit_status == 2


def test_a_file_that_is_cut_off(shards: list[Path]) -> None:
    """All scenarios before the end are kept, the file is told of, and the run has not passed."""
    text = shards[0].read_text()
    shards[0].write_text(text[: text.index('"s9"') + 300])
    told = list(merging.joined(shards))
    assert [event.uri for event in told if isinstance(event, events.ScenarioFinished)] == ["a", "b", "c"]
    (failed,) = [event for event in told if isinstance(event, events.FileFailed)]
    assert "did not come to its end" in failed.failure.problem
    assert isinstance(told[-1], events.RunFinished)
    assert told[-1].exit_status == 2


def test_the_numbers_of_a_file_that_is_cut_off(tmp_path: Path) -> None:
    """They are reckoned from what had ended: the totals are those of the scenarios that are told."""
    failing = feature("a", scenario("a", 3), scenario("a", 5, "failed"), status="failed")
    path = write(tmp_path / "1", "", failing, feature("b", scenario("b", 3), scenario("b", 7)))
    lines = path.read_text().splitlines()
    path.write_text("\n".join(lines[:-5]) + "\n")  # Without the ends of the run and of b, and its last scenario
    *_, ended, end = merging.joined([path])
    assert ended == events.FeatureFinished("b", "b", "passed", 0.1, None)
    assert isinstance(end, events.RunFinished)
    assert end.counts == {
        "features": {"failed": 1, "passed": 1},
        "scenarios": {"passed": 2, "failed": 1},
        "steps": {"passed": 2, "failed": 1},
    }


def test_a_line_that_is_no_event(shards: list[Path]) -> None:
    """A broken line between others is named and left out."""
    first, *rest = shards[0].read_text().splitlines()
    shards[0].write_text("\n".join([first, "nonsense", *rest, ""]))
    told = list(merging.joined(shards))
    assert [e.failure.problem for e in told if isinstance(e, events.FileFailed)] == [
        "Line 2 is not an event: it is left out"
    ]
    assert len([event for event in told if isinstance(event, events.ScenarioFinished)]) == 4


def test_files_that_do_not_belong_together(shards: list[Path], tmp_path: Path) -> None:
    """The same shard twice, and shards of different runs, are refused with both files."""
    with pytest.raises(UsageError, match="Shard 1/2 is there twice"):
        list(merging.joined([shards[0], shards[0]]))
    other = write(tmp_path / "3", "2/2", split="y")
    with pytest.raises(UsageError, match="are not parts of one run"):
        list(merging.joined([shards[0], other]))


@pytest.mark.parametrize("text", [None, "", "nonsense\n"])
def test_a_file_without_a_run(tmp_path: Path, text: str | None) -> None:
    """A file that is not there, or has no run in it, is a mistake in the command."""
    path = tmp_path / "events"
    if text is not None:
        path.write_text(text)
    with pytest.raises(UsageError) as raised:
        list(merging.joined([path]))
    assert raised.value.where == str(path)


def test_rules_that_failed(tmp_path: Path) -> None:
    """They come with their feature, each at its line."""
    failed = [events.RuleFailed("a", line, f"r{line}", FAILURE) for line in (4, 8)]
    part = [*scenario("a", 5), failed[0], *scenario("a", 9), failed[1]]
    file = write(tmp_path / "1", "", feature("a", part, status="error"), status=1)
    told = list(merging.joined([file]))
    found = [event for event in told if isinstance(event, events.RuleFailed | events.ScenarioFinished)]
    assert [event.line for event in found] == [4, 5, 8, 9]
    assert [event for event in found if isinstance(event, events.RuleFailed)] == failed


def test_whether_a_scenario_was_chosen(tmp_path: Path) -> None:
    """It was if it was in one of the runs."""
    ends = [events.RunFinished({}, 1.0, 0, "", chosen=chosen) for chosen in (False, True)]
    for number, end in enumerate(ends, 1):
        told = (events.RunStarted("p", verbose=False, shard=f"{number}/2", split="x"), end)
        (tmp_path / str(number)).write_text("".join(f"{jsonl.encode(event)}\n" for event in told), "utf-8")
    last = list(merging.joined([tmp_path / "1", tmp_path / "2"]))[-1]
    assert isinstance(last, events.RunFinished)
    assert last.chosen
