from pathlib import Path

import pytest

from apitest_server.errors import PayloadTooLarge
from apitest_server.transfer.local import LocalSource
from apitest_server.transfer.owners import Owners
from apitest_server.transfer.taking import Taker, Wish

WISH = Wish(("*.csv",), True, "", "", True, 10)


@pytest.fixture
def owners() -> Owners:
    return Owners(lambda: "0123abcd", "ab12", set)


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_one_of_two_takes_a_file(tmp_path: Path, owners: Owners) -> None:
    """It is read under its other name, and gone when it is done with."""
    (tmp_path / "a.csv").write_text("1")
    one, two = (Taker(LocalSource(tmp_path), WISH, owners) for _ in range(2))
    assert list(one.look(".")) == ["a.csv"]
    assert [one.take(".", "a.csv"), two.take(".", "a.csv")] == [True, False]
    assert (one.look("."), two.look("."), one.read(".", "a.csv")) == ({}, {}, b"1")
    one.settle(".", "a.csv", is_done=True)
    assert names(tmp_path) == []


def test_what_somebody_left_behind_is_given_back(tmp_path: Path, owners: Owners) -> None:
    """With a time in its name where there is another one by now."""
    (tmp_path / "a.csv").write_text("old")
    gone = Taker(LocalSource(tmp_path), WISH, owners)
    assert gone.take(".", "a.csv")
    (tmp_path / "a.csv").write_text("new")
    gone.end()
    here = Taker(LocalSource(tmp_path), WISH, owners)
    here.look(".")
    given_back, new = sorted(here.look("."))
    assert (tmp_path / new).read_text() == "new"
    assert (given_back.startswith("a-2"), (tmp_path / given_back).read_text()) == (True, "old")


def test_where_files_go(tmp_path: Path, owners: Owners) -> None:
    """Into the directories that are named, which are made; none takes the place of another one."""
    taker = Taker(LocalSource(tmp_path), WISH._replace(move_to="done", move_failed_to="bad"), owners)
    for is_done in (True, True, False):
        (tmp_path / "a.csv").write_text("1")
        assert taker.take(".", "a.csv")
        taker.settle(".", "a.csv", is_done)
    assert [len(names(tmp_path / place)) for place in ("done", "bad")] == [2, 1]
    stays = Taker(LocalSource(tmp_path), WISH, owners)
    (tmp_path / "a.csv").write_text("1")
    assert stays.take(".", "a.csv")
    stays.settle(".", "a.csv", is_done=False)
    assert names(tmp_path) == ["a.csv", "bad", "done"]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, owners: Owners) -> None:
    """It is taken where its path is all that is wanted."""
    (tmp_path / "a.csv").write_text("12345678901")
    with pytest.raises(PayloadTooLarge, match=r"`./a.csv` is larger than the 10 bytes"):
        Taker(LocalSource(tmp_path), WISH, owners).take(".", "a.csv")
    blind = Taker(LocalSource(tmp_path), WISH._replace(reads=False), owners)
    assert (blind.take(".", "a.csv"), blind.read(".", "a.csv")) == (True, None)


def test_a_file_that_is_being_written_is_left(tmp_path: Path, owners: Owners) -> None:
    """Whatever two looks have seen."""
    taker = Taker(LocalSource(tmp_path), WISH, owners)
    with (tmp_path / "a.csv").open("w"):
        assert not taker.take(".", "a.csv")
    assert taker.take(".", "a.csv")
