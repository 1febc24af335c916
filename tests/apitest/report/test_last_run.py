"""The record of the last run: what is kept, what takes its place, and what happens where nothing can be written."""

import errno
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest import events
from apitest.errors import UsageError
from apitest.report import last_run
from apitest.report.last_run import Result

NAMES = st.sampled_from(["A", "B", "C -- @1.1 ", "D"])
RUNS = st.lists(st.dictionaries(NAMES, st.sampled_from(["passed", "failed", "skipped", "untested"])), max_size=4)


def finished(name: str, status: str = "passed", uri: str = "features/a.feature") -> events.ScenarioFinished:
    """The end of a scenario."""
    return events.ScenarioFinished(uri, 3, name, status, 0.25, None)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one feature file, and the working directory."""
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "a.feature").write_text("Feature: A\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(root: Path, happened: Iterable[events.Event]) -> list[str]:
    """Records the events of a run; what was told of it."""
    told: list[str] = []
    with last_run.recorded(root, lambda event: told.append(getattr(event, "text", ""))) as listener:
        for event in happened:
            listener(event)
    return told


def test_results_come_back(root: Path) -> None:
    """What a run told of its scenarios is read back, relative to the project's directory, and Git does not see it."""
    assert run(root, [finished("One"), finished("Two", "failed")]) == []
    assert last_run.of_project(root) == [
        Result("features/a.feature", 3, "One", "passed", 0.25),
        Result("features/a.feature", 3, "Two", "failed", 0.25),
    ]
    assert [result.failed for result in last_run.of_project(root)] == [False, True]
    assert (root / ".apitest" / ".gitignore").read_text() == "*\n"
    assert sorted(path.name for path in (root / ".apitest").iterdir()) == [".gitignore", "results.jsonl"]


def test_names_do_not_depend_on_the_working_directory(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run from within the features directory records the same names of files."""
    monkeypatch.chdir(root / "features")
    run(root, [finished("One", uri="a.feature")])
    assert [result.uri for result in last_run.of_project(root)] == ["features/a.feature"]


@given(RUNS)
def test_the_latest_result_of_each_scenario_is_kept(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[str, str]]
) -> None:
    """After any runs, each scenario that ever ran is there once, with what it came to when it ran last."""
    root = tmp_path_factory.mktemp("project")
    (root / "features").mkdir()
    (root / "features" / "a.feature").write_text("Feature: A\n")
    expected: dict[str, str] = {}
    for states in runs:
        assert (
            run(root, [finished(name, status, str(root / "features" / "a.feature")) for name, status in states.items()])
            == []
        )
        expected |= {name: status for name, status in states.items() if status in ("passed", "failed")}
    found = [(result.name, result.status) for result in last_run.of_project(root)]
    assert sorted(found) == sorted(expected.items())


def test_files_that_are_gone_are_forgotten(root: Path) -> None:
    """A scenario whose file was deleted leaves the record with the next run."""
    run(root, [finished("One")])
    (root / "features" / "b.feature").write_text("Feature: B\n")
    (root / "features" / "a.feature").unlink()
    run(root, [finished("Two", uri="features/b.feature")])
    assert [result.name for result in last_run.of_project(root)] == ["Two"]


def test_a_run_without_scenarios_leaves_the_record_alone(root: Path) -> None:
    """Nothing is written where nothing ran."""
    run(root, [finished("One", "untested"), events.Notice("x", verbose_only=False)])
    assert not (root / ".apitest").exists()
    assert last_run.of_project(root) == []


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "1", '{"uri": "a"}', '{"uri":"a","line":"x","name":"","status":"","seconds":1}']
)
def test_broken_lines_are_left_out(root: Path, line: str) -> None:
    """A line that is not a result, such as one that was cut off, costs that line only."""
    run(root, [finished("One")])
    path = last_run.path_of(root)
    path.write_text(f"{line}\n{path.read_text()}{line}")
    assert [result.name for result in last_run.of_project(root)] == ["One"]


def test_a_directory_that_cannot_be_written(root: Path) -> None:
    """A record that cannot be written is told of once, and the run goes on."""
    (root / ".apitest").write_text("a file where the directory would be")
    (told,) = run(root, [finished("One"), finished("Two")])
    assert told == f"Results and durations are not kept: {root / '.apitest'}: File exists"


def test_a_shard_has_a_record_of_its_own(root: Path) -> None:
    """What a shard came to leaves the durations alone that all shards are split by."""
    run(root, [finished("One")])
    with last_run.recorded(root, lambda event: None, "2/5") as listener:
        listener(finished("One", "failed"))
    assert [result.status for result in last_run.of_project(root)] == ["passed"]
    assert [result.status for result in last_run.read(root / ".apitest" / "results-2-of-5.jsonl")] == ["failed"]


def test_a_full_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the record cannot be completed the older one stays, and nothing is left beside it."""
    run(root, [finished("One")])

    def full(path: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    (told,) = run(root, [finished("One", "failed")])
    assert "No space left on device" in told
    assert [result.status for result in last_run.of_project(root)] == ["passed"]
    assert sorted(path.name for path in (root / ".apitest").iterdir()) == [".gitignore", "results.jsonl"]


A, B = "features/a.feature", "features/b.feature"
HOOK = events.Failure("ValueError", 1, "no", "after_feature")
GREEN = events.RunFinished({}, 1.0, 0, "")
RED = GREEN._replace(exit_status=1)


def over(uri: str, failure: events.Failure | None = None) -> events.FeatureFinished:
    """The end of a feature."""
    return events.FeatureFinished(uri, "F", "passed", 0.1, failure)


def failed_files(
    root: Path, *happened: events.Event, asked: Iterable[tuple[str, bool]] = ((A, True), (B, True))
) -> list[str]:
    """The files that have to run again as a whole after one more run of both, or of those that are asked for."""
    files = [(str(root / file), whole) for file, whole in asked]
    with last_run.recorded(root, lambda event: None, files=lambda: files) as listener:
        for event in happened:
            listener(event)
    return [result.uri for result in last_run.of_project(root) if result.of_file and result.failed]


@pytest.fixture
def two(root: Path) -> Path:
    """A project with two feature files."""
    (root / B).write_text("Feature: B\n")
    return root


@pytest.mark.parametrize(
    "failed", [over(A, HOOK), events.RuleFailed(A, 2, "R", HOOK), events.FileFailed(A, HOOK._replace(where="a:1"))]
)
def test_a_file_of_which_no_scenario_failed(failed: events.Event, two: Path) -> None:
    """It is kept as one to run again, until all of it has run without that."""
    assert failed_files(two, finished("One"), failed, over(B), RED) == [A]
    assert [result.status for result in last_run.of_project(two) if not result.of_file] == ["passed"]
    assert failed_files(two, over(B), GREEN, asked=[(B, True)]) == [A]
    assert failed_files(two, over(A), GREEN, asked=[(A, False)]) == [A]
    assert failed_files(two, over(A), over(B), RED) == []


def test_a_rule_that_failed_in_a_feature_that_did_not(two: Path) -> None:
    """The end of the feature itself makes nothing good."""
    assert failed_files(two, events.RuleFailed(A, 2, "R", HOOK), over(A), RED) == [A]


def test_a_file_with_nothing_that_runs(two: Path) -> None:
    """It is over with a run in which nothing failed."""
    assert failed_files(two, over(A, HOOK), RED) == [A]
    assert failed_files(two, over(B), GREEN) == []


@pytest.mark.parametrize(
    "happened",
    [
        (over(A), over(B), events.FileFailed("environment.py, after_all", HOOK), RED),
        (events.FileFailed("environment.py, before_all", HOOK), RED),
        (over(A),),
    ],
)
def test_a_failure_of_the_whole_run(happened: tuple[events.Event, ...], two: Path) -> None:
    """A hook of the run that failed, or a run that did not come to its end, leaves all of its files to run again."""
    assert failed_files(two, *happened) == [A, B]
    assert failed_files(two, over(A), over(B), GREEN) == []
    assert failed_files(two, *happened, asked=[(B, True)]) == [B]


def test_a_selection_that_chose_nothing(two: Path) -> None:
    """A mistake on the command line is no reason to run anything again."""
    assert failed_files(two, events.FileFailed("command line", HOOK), RED) == []
    assert not last_run.path_of(two).exists()


def test_files_that_cannot_be_asked_for(two: Path) -> None:
    """What is wrong with them was told by the run; what is known stays."""

    def refuse() -> Iterable[tuple[str, bool]]:
        raise UsageError("no such directory")

    assert failed_files(two, over(A, HOOK), RED) == [A]
    with last_run.recorded(two, lambda event: None, files=refuse) as listener:
        listener(GREEN)
    assert [result.uri for result in last_run.of_project(two)] == [A]
