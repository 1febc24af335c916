"""Tests of apitest_server.room."""

from apitest_server.app import ROOMS
from apitest_server.room import Room


def test_each_room_has_its_own_module() -> None:
    """It is called room.py, and listed once."""
    names = [room.__name__ for room in ROOMS]  # type: ignore[attr-defined]  # they are modules
    assert len(set(names)) == len(names)
    assert {name.split(".")[-1] for name in names} == {"room"}


def test_an_empty_room_does_nothing() -> None:
    """What a room does not need, it leaves out."""
    room = Room()
    assert (dict(room.kinds), room.start, room.close) == ({}, None, None)
