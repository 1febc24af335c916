"""What a run reads for its tasks."""

from pathlib import Path

import pytest

from apitest.errors import FeatureFileError
from apitest.runner import parsing, tasks
from apitest.runner.tasks import Source, Task
from tests.apitest.runner.test_excerpts import TEXT, lines


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A feature file."""
    path = tmp_path / "a.feature"
    path.write_text(TEXT)
    return str(path)


@pytest.fixture
def source() -> Source:
    """Reads files."""
    return Source(parsing.Reader(None, lambda text: True), lambda path: Path(path).name)


def found(source: Source, task: Task) -> list[int]:
    """The lines of the scenarios that a task has."""
    parsed = source.read(task)
    assert parsed is not None
    assert not isinstance(parsed, tuple)
    return lines(parsed)


def test_files_and_parts(source: Source, file: str) -> None:
    """A task has the scenarios that it names, without those that ran already."""
    assert found(source, Task(file)) == [2, 8, 9, 11, 13, 16]
    assert found(source, Task(file, without=frozenset({2, 16}))) == [8, 9, 11, 13]
    part = Task(file, lines=frozenset({8, 16}), partial=True)
    assert found(source, part) == [8, 16]
    assert found(source, part._replace(lines=frozenset({2, 9}), without=frozenset({2}))) == [9]


def test_places_of_the_command_line(source: Source, file: str) -> None:
    """Scenarios outside of the places that were asked for are there, and are skipped."""
    parsed = source.read(Task(file, places=(11,)))
    assert parsed is not None
    assert not isinstance(parsed, tuple)
    assert [each.line for each in parsed.walk_scenarios() if each.should_run()] == [11]


def test_a_file_is_parsed_once(source: Source, file: str) -> None:
    """Further parts of a file that others run parts of, too, do not need the file again."""
    part = Task(file, lines=frozenset({2}), partial=True)
    assert found(source, part) == [2]
    Path(file).unlink()
    assert found(source, part._replace(lines=frozenset({9}))) == [9]


def test_only_so_many_files_are_kept(source: Source, file: str) -> None:
    """What was parsed long ago is parsed again."""
    part = Task(file, lines=frozenset({2}), partial=True)
    assert found(source, part) == [2]
    for number in range(20):
        other = Path(file).with_name(f"{number}.feature")
        other.write_text(TEXT)
        found(source, part._replace(file=str(other)))
    Path(file).unlink()
    assert isinstance(source.read(part), tuple)


def test_a_random_order(source: Source, file: str) -> None:
    """A part has its scenarios in the order that they have in the whole."""
    whole = found(source, Task(file, seed=3))
    part = found(source, Task(file, lines=frozenset({2, 9, 13, 16}), seed=3, partial=True))
    assert part == [line for line in whole if line in (2, 9, 13, 16)]


def test_all_tasks(source: Source, file: str, tmp_path: Path) -> None:
    """Files that cannot be read come with their error, those without a feature not at all; what nobody runs counts."""
    counted: list[tuple[int, int]] = []
    empty = tmp_path / "empty.feature"
    empty.write_text("")
    lenient = Source(parsing.Reader(None, lambda text: True, lambda text: None), str)
    asked = [Task(file, left_out=(2, 5)), Task(str(tmp_path / "nothing")), Task(str(empty))]
    one, (name, error) = lenient.all(asked, lambda *numbers: counted.append(numbers))  # type: ignore[misc]
    assert not isinstance(one, tuple)
    assert name.endswith("nothing")
    assert isinstance(error, FeatureFileError)
    assert counted == [(2, 5), (0, 0), (0, 0)]


def test_lines() -> None:
    """The whole file stands for each of its lines."""
    assert tasks.lines([]) == tasks.lines([3, None]) == (None,)
    assert tasks.lines([5, 3, 5]) == (5, 3)
