"""What the last run came to chooses what this one runs."""

from pathlib import Path

import pytest

from apitest import project as projects
from apitest.report import last_run
from apitest.report.last_run import Result
from apitest.runner import again, options

FEATURE = "Feature: {}\n" + "".join(f'  Scenario: {name}\n    Given I store "1" under "x"\n' for name in "ABC")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two features with three scenarios each, at lines 2, 4 and 6."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "features").mkdir()
    for name in ("a", "b"):
        (tmp_path / "features" / f"{name}.feature").write_text(FEATURE.format(name))
    return tmp_path


def record(root: Path, *results: tuple[str, int, str, str]) -> None:
    """The record of a last run."""
    path = last_run.path_of(root)
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(last_run._line(Result(*result, 0.1)) for result in results))


def failed(root: Path, *paths: str) -> tuple[list[str], str]:
    """The places that would run, and what is told."""
    project = projects.find(root)
    return again.failed_paths(project, options.configuration(project, list(paths or ["features"]), []))


def test_what_failed_runs_again(root: Path) -> None:
    """Only that, wherever it is in its file by now."""
    record(
        root,
        ("features/a.feature", 2, "A", "passed"),
        ("features/a.feature", 3, "B", "failed"),
        ("features/b.feature", 6, "C", "error"),
    )
    assert failed(root) == (["features/a.feature:4", "features/b.feature:6"], "")


def test_only_below_the_paths_of_the_run(root: Path) -> None:
    """What failed elsewhere in the project does not run."""
    record(root, ("features/a.feature", 2, "A", "failed"), ("features/b.feature", 2, "A", "failed"))
    assert failed(root, "features/b.feature") == (["features/b.feature:2"], "")


def test_of_two_of_one_name_the_nearer_one_runs(root: Path) -> None:
    """Scenarios of the same name are told apart by their lines."""
    (root / "features/a.feature").write_text(FEATURE.format("a").replace("C", "A"))
    record(root, ("features/a.feature", 7, "A", "failed"))
    assert failed(root) == (["features/a.feature:6"], "")


def test_what_is_gone_is_told_once(root: Path) -> None:
    """A scenario that has another name by now does not run, and is forgotten."""
    record(root, ("features/a.feature", 2, "Z", "failed"), ("features/a.feature", 4, "B", "failed"))
    assert failed(root) == (["features/a.feature:4"], 'Failed when it last ran, and is not there any more: "Z"')
    assert failed(root) == (["features/a.feature:4"], "")


def test_nothing_failed(root: Path) -> None:
    """Then nothing runs."""
    record(root, ("features/a.feature", 2, "A", "passed"))
    paths, told = failed(root)
    assert (paths, told) == ([], "No scenario failed when it last ran: there is nothing to run again")


def test_without_a_record(root: Path) -> None:
    """Then everything runs."""
    assert failed(root) == (["features"], "Nothing is known of an earlier run: everything runs")


def test_a_file_that_cannot_be_parsed(root: Path) -> None:
    """It runs at the line that is known, so that the run tells what is wrong with it."""
    (root / "features/a.feature").write_text("nonsense")
    record(root, ("features/a.feature", 4, "B", "failed"))
    assert failed(root) == (["features/a.feature:4"], "")


def test_files_with_failures_come_first(root: Path) -> None:
    """The order of files changes, that of what is in them does not."""
    record(root, ("features/a.feature", 2, "A", "passed"), ("features/b.feature", 4, "B", "failed"))
    project = projects.find(root)
    config = options.configuration(project, ["features/a.feature:4", "features/b.feature"], [])
    names = [str(Path(path).relative_to(root)) for path in again.failed_first(project, config)]
    assert names == ["features/b.feature", "features/a.feature:4"]


def test_files_of_which_something_else_failed(root: Path) -> None:
    """They run as a whole, whatever their scenarios came to, and come first where that is asked for."""
    record(root, ("features/a.feature", 2, "A", "failed"), ("features/b.feature", 2, "A", "failed"))
    with last_run.path_of(root).open("a") as file:
        file.write(last_run._line(Result("features/b.feature", 0, "", "error", 0.0)))
    assert failed(root) == (["features/b.feature", "features/a.feature:2"], "")


def test_files_come_first_of_which_something_else_failed(root: Path) -> None:
    """They do as those with a scenario that failed."""
    record(root, ("features/b.feature", 0, "", "error"))
    project = projects.find(root)
    paths = again.failed_first(project, options.configuration(project, ["features"], []))
    assert [Path(path).name for path in paths] == ["b.feature", "a.feature"]
