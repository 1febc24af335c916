"""Tests of apitest_server.process.lock."""

import os
from pathlib import Path

import pytest

from apitest_server.errors import StartError
from apitest_server.process.lock import FILE_NAME, Seat


def test_one_server_has_the_seat(tmp_path: Path) -> None:
    """Others are told who has it, until it is left."""
    seat = Seat(tmp_path)
    assert seat.taken() is None
    seat.take()
    seat.tell("http://127.0.0.1:1", "0a")
    found = seat.taken()
    assert found is not None
    assert (found.pid, found.address, found.certificate) == (os.getpid(), "http://127.0.0.1:1", "0a")
    with pytest.raises(StartError, match=r"running already(?s:.*)http://127.0.0.1:1, process \d+(?s:.*)server stop"):
        Seat(tmp_path).take()
    seat.leave()
    seat.leave()
    assert seat.taken() is None
    other = Seat(tmp_path)
    other.take()
    other.leave()


def test_a_server_of_a_test_run_needs_no_seat(tmp_path: Path) -> None:
    """Any number of them may run, next to the one that has it; who has none tells nothing."""
    seat, other = Seat(tmp_path), Seat(tmp_path)
    seat.take()
    other.take(may_share=True)
    other.tell("http://127.0.0.1:2")
    other.leave()
    found = seat.taken()
    assert found is not None
    assert found.address == ""
    with pytest.raises(StartError, match="still starting"):
        Seat(tmp_path).take()
    seat.leave()


def test_what_a_killed_server_left_behind_is_nothing(tmp_path: Path) -> None:
    """The lock counts, not the contents of the file."""
    (tmp_path / FILE_NAME).write_text('{"pid": 1, "address": "http://127.0.0.1:1", "since": 0}')
    seat = Seat(tmp_path)
    assert seat.taken() is None
    seat.take()
    seat.leave()


def test_a_directory_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """Unless the seat is not needed."""
    seat = Seat(tmp_path / "missing")
    with pytest.raises(StartError, match="Cannot write"):
        seat.take()
    seat.take(may_share=True)
    assert seat.taken() is None
