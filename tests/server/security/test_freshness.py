"""Tests of apitest_server.security.freshness."""

from pathlib import Path
from typing import Any

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB, StoredObject
from apitest_server.odb.live import Each, LiveObjects
from apitest_server.odb.rows import Draft, Objects
from apitest_server.security.freshness import INTERVAL, Freshness


class Names(Each):
    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.puts = 0

    def put(self, item: StoredObject) -> None:
        self.names[item.id] = item.name
        self.puts += 1

    def remove(self, item: StoredObject) -> None:
        del self.names[item.id]


def draft(kind: str, name: str, **fields: Any) -> Draft:
    return Draft(kind, "Thing", kind, name, fields)


def test_what_another_server_changed_takes_effect(tmp_path: Path) -> None:
    """After the interval; other kinds of objects, and those that are the same, are not touched."""
    here, there = ODB("", tmp_path), ODB("", tmp_path)
    here.load()
    with there.writing() as session:
        rows = Objects(session, there.key.open)
        first = rows.add(draft("security.a", "first"))
        second = rows.add(draft("security.a", "second"))
    live, names, now = LiveObjects(), Names(), [0.0]
    heard = [False]
    live.register({"security.a": lambda: names, "other": Names})
    live.load(here.load())
    freshness = Freshness(here, live, lambda: heard[0], lambda: now[0])
    with there.writing() as session:
        rows = Objects(session, there.key.open)
        rows.remove("security.a", "Thing", first.id)
        third = rows.add(draft("security.a", "third"))
        rows.add(draft("other", "other"))
    assert not freshness.is_due
    now[0] = INTERVAL
    heard[0] = True
    assert not freshness.is_due
    heard[0] = False
    assert freshness.is_due
    freshness.refresh()
    assert not freshness.is_due
    assert names.names == {second.id: "second", third.id: "third"}
    assert names.puts == 3
    assert live.of_kind("other") == []
    for odb in (here, there):
        odb.close()


def test_without_the_odb_nobody_is_let_in(tmp_path: Path) -> None:
    """It is tried again with the next request."""
    odb = ODB("", tmp_path)
    odb.load()
    assert odb.where.path is not None
    odb.where.path.write_bytes(b"not a database" * 1000)
    now, heard = [0.0], [False]
    freshness = Freshness(odb, LiveObjects(), lambda: heard[0], lambda: now[0])
    now[0] = INTERVAL
    with pytest.raises(ServiceUnavailable):
        freshness.refresh()
    assert freshness.is_due
