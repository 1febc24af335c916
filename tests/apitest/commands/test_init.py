"""`apitest init`: what it makes, what it says, and what it leaves alone."""

from pathlib import Path

import pytest

from apitest.commands.companion import CompanionServer
from apitest.commands.init import create
from apitest.errors import UsageError
from tests.apitest.command_line import apitest, project


def test_it_tells_what_it_made_and_what_comes_next(tmp_path: Path) -> None:
    """Every file that is there afterwards is listed, and the next commands name the directory."""
    directory = tmp_path / "my tests"
    lines = create(directory)
    made = {str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()}
    assert made == {line.split()[0] for line in lines if line.startswith("  features/")}
    assert f"  apitest run '{directory}'" in lines


def test_an_empty_directory_is_as_good_as_none(tmp_path: Path) -> None:
    """A directory that exists is used if nothing is in it."""
    create(tmp_path)
    assert (tmp_path / "features" / "first.feature").is_file()


@pytest.mark.parametrize(("name", "problem"), [("full", "is not empty"), ("full/file", "is a file")])
def test_what_is_there_is_left_alone(tmp_path: Path, name: str, problem: str) -> None:
    """A directory with something in it, or a file, is refused, and stays as it was."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    with pytest.raises(UsageError, match=problem):
        create(tmp_path / name)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["file"]


def test_a_directory_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    """The error says which directory, and why."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"file/below cannot be written: Not a directory"):
        create(tmp_path / "file" / "below")


@pytest.mark.live
def test_the_project_passes_as_it_is_wherever_it_is(tmp_path: Path) -> None:
    """Against a new companion server all its scenarios pass, also once the directory was moved."""
    assert apitest(tmp_path, "server", "create", "server").status == 0
    with CompanionServer(tmp_path / "server") as server:
        directory = project(tmp_path / "here", server.address)
        assert apitest(tmp_path, "run", "here").status == 0
        moved = directory.rename(tmp_path / "there")
        elsewhere = tmp_path / "else" / "where"
        elsewhere.mkdir(parents=True)
        ran = apitest(elsewhere, "run", "../../there")
    assert ran.status == 0
    assert "2 scenarios passed" in ran.output
    assert f"{moved.name}/features/first.feature" in ran.output  # the beginning of a long path is cut
