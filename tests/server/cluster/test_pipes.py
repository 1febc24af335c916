"""Tests of apitest_server.cluster.pipes."""

import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from apitest_server.cluster import pipes
from apitest_server.cluster.pipes import Pipes
from apitest_server.errors import StartError
from tests.server.cluster.waiting import until


def test_what_one_sends_all_others_receive(tmp_path: Path) -> None:
    """In order; nothing comes back to the sender, and at the end nothing is left."""
    database = tmp_path / "odb.sqlite"
    with closing(Pipes(database, "a")) as a, closing(Pipes(database, "b")) as b, closing(Pipes(database, "c")) as c:
        a.send(["one", "two"])
        c.send(["three"])
        assert (a.receive(), sorted(b.receive()), c.receive()) == (["three"], ["one", "three", "two"], ["one", "two"])
        assert (a.receive(), a.has_come) == ([], False)
        mode = stat.S_IMODE((tmp_path / "odb.sqlite-servers").stat().st_mode)
        assert mode == 0o700
    assert list(tmp_path.iterdir()) == []


def test_who_takes_in_slowly_stops_nobody(tmp_path: Path) -> None:
    """What a pipe has no room for is sent later, in order."""
    database = tmp_path / "odb.sqlite"
    with closing(Pipes(database, "a")) as a, closing(Pipes(database, "b")) as b, closing(Pipes(database, "c")) as c:
        sent = [f"{number}".ljust(1000, ".") for number in range(500)]
        c_has: list[str] = []
        for part in sent:
            a.send([part])
            c_has += c.receive()
        assert (a.is_waiting, c_has[:10]) == (True, sent[:10])
        b_has: list[str] = []
        while a.is_waiting or len(b_has) < len(sent):
            b_has += b.receive()
            c_has += c.receive()
            a.receive()
        assert (b_has, c_has) == (sent, sent)


def test_who_never_takes_in_anything_takes_up_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest parts are dropped."""
    monkeypatch.setattr(pipes, "_ROOM", 10)
    with closing(Pipes(tmp_path / "o", "a")) as a, closing(Pipes(tmp_path / "o", "b")) as b:
        for number in range(500):
            a.send([f"{number}".ljust(1000, ".")])
        assert [len(waiting) for waiting in a._waiting.values()] == [10]
        has = b.receive()
        while a.is_waiting:
            a.receive()
            has += b.receive()
        assert has[-1].startswith("499.")


def test_the_pipe_of_a_dead_server_is_cleared_up(tmp_path: Path) -> None:
    """By who starts after it, and by who writes to it."""
    directory = tmp_path / "o-servers"
    directory.mkdir()
    os.mkfifo(directory / "dead.pipe")
    with closing(Pipes(tmp_path / "o", "a")) as a:
        assert [path.name for path in directory.iterdir()] == ["a.pipe"]
        os.mkfifo(directory / "dies.pipe")
        with closing(Pipes(tmp_path / "o", "b")) as b:
            a.send(["x"])
            assert until(b.receive) == ["x"]
            os.close(b._reading)
            a.send(["y"])
            assert [path.name for path in directory.iterdir()] == ["a.pipe"]
            b._reading = os.open(os.devnull, os.O_RDONLY)
        assert a.is_waiting is False


def test_a_directory_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """With its path."""
    (tmp_path / "o-servers").write_text("")
    with pytest.raises(StartError, match=r"cannot be told of changes(?s:.*)o-servers"):
        Pipes(tmp_path / "o", "a")


def test_a_system_without_named_pipes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what to use instead."""
    monkeypatch.delattr(os, "mkfifo")
    with pytest.raises(StartError, match="need PostgreSQL"):
        Pipes(tmp_path / "o", "a")
