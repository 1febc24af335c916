"""Where the paths of a command line lead."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from apitest.errors import UsageError
from apitest.runner.model import Config
from apitest.runner.places import asked, locations


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with features in folders."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.feature", "a.feature", "z/c.feature", "d/deep/e.feature", "readme.txt"):
        path = tmp_path / "features" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return tmp_path


def found(*paths: str, exclude: str = "nothing") -> list[tuple[str, int | None]]:
    """The places, relative to the working directory."""
    places = locations(list(paths), lambda place: exclude in place.filename)
    return [(str(Path(place.filename).relative_to(Path.cwd())), place.line) for place in places]


def test_a_directory(directory: Path) -> None:
    """All .feature files below it, a directory's own first, each sorted by name."""
    names = ["features/a.feature", "features/b.feature", "features/d/deep/e.feature", "features/z/c.feature"]
    assert found("features") == [(name, None) for name in names]
    assert found("features", exclude="deep") == [(name, None) for name in names if "deep" not in name]


def test_files_and_lines(directory: Path) -> None:
    """A file, a line of one, and a list of them in a file."""
    (directory / "list.txt").write_text("# a comment\nfeatures/b.feature:3\n")
    assert found("features/a.feature:7", "features/z/c.feature", "@list.txt") == [
        ("features/a.feature", 7),
        ("features/z/c.feature", None),
        ("features/b.feature", 3),
    ]


def test_names_are_absolute(directory: Path) -> None:
    """The project's own code may change the working directory before a file's turn comes."""
    assert all(Path(place.filename).is_absolute() for place in locations(["features"], lambda place: False))


def test_links(directory: Path) -> None:
    """A link to another directory is followed, one back to a directory it stands in is not."""
    (directory / "features" / "d" / "back").symlink_to("..")
    (directory / "features" / "d" / "itself").symlink_to(".")
    (directory / "features" / "linked").symlink_to("z")
    names = [name for name, _ in found("features")]
    assert names.count("features/linked/c.feature") == names.count("features/z/c.feature") == 1
    assert len(names) == 5


def test_a_directory_that_cannot_be_read_is_a_place(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading it, when its turn comes, tells why; the others are there."""
    import os

    from apitest.runner import places

    walk, gone = os.walk, directory / "features" / "z"

    def walk_and_remove(path: str, **options: object) -> object:
        """A real walk, during which a directory goes away."""
        for step in walk(path, **options):  # type: ignore[call-overload]  # as they came
            yield step
            shutil.rmtree(gone, ignore_errors=True)

    monkeypatch.setattr(places.os, "walk", walk_and_remove)
    assert found("features")[-1] == ("features/z", None)


@pytest.mark.parametrize("path", ["nothing.feature", "features/readme.txt", "@nothing.txt", "@latin.txt"])
def test_paths_that_lead_nowhere(directory: Path, path: str) -> None:
    """Each is a usage error that says what could be named."""
    (directory / "latin.txt").write_bytes(b"\xe9.feature")
    with pytest.raises(UsageError) as raised:
        locations([path], lambda place: False)
    assert raised.value.fix == "Name a directory, a .feature file or FILE:LINE"


def test_a_directory_apart(directory: Path) -> None:
    """Its files are found only where the directory itself, or one of them, is named."""
    apart = (directory / "features" / "z").resolve()
    for paths, names in [
        (["features"], ["a.feature", "b.feature", "e.feature"]),
        (["features/z"], ["c.feature"]),
        (["features/a.feature", "features/z/c.feature"], ["a.feature", "c.feature"]),
    ]:
        places = locations(paths, lambda place: False, apart)
        assert [Path(place.filename).name for place in places] == names


@pytest.mark.parametrize(
    ("paths", "names", "expected"),
    [
        (["features/a.feature:1", "features/b.feature"], [], [("a.feature", False), ("b.feature", True)]),
        (["features/a.feature"], ["x"], [("a.feature", False)]),
    ],
)
def test_whether_all_of_a_file_is_asked_for(
    directory: Path, paths: list[str], names: list[str], expected: list[tuple[str, bool]]
) -> None:
    """It is not where a line is named, or where names choose."""
    config = SimpleNamespace(paths=paths, name=names, exclude=lambda place: False)
    assert [(Path(file).name, whole) for file, whole in asked(cast(Config, config), None)] == expected
