"""Tests of apitest_server.outgoing.objects."""

from pathlib import Path

from apitest_server.odb import StoredObject
from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.objects import ConnectionObjects
from apitest_server.outgoing.sql import SQLConnection


def stored(name: str, is_active: bool = True) -> StoredObject:
    return StoredObject(1, "outgoing.sql", name, {"engine": "sqlite", "db_name": "a.db", "is_active": is_active})


def test_connections_come_change_and_go(tmp_path: Path) -> None:
    """One that is not active is not there."""
    connections: Connections[SQLConnection] = Connections("SQL connection")
    objects = ConnectionObjects(connections, lambda item: SQLConnection(item, tmp_path))
    objects.load([stored("a")])
    first = connections["a"]
    assert first.execute("SELECT 1 AS one") == [{"one": 1}]
    objects.put(stored("b"))
    assert list(connections) == ["b"]
    assert connections["b"] is not first
    objects.put(stored("b", is_active=False))
    assert list(connections) == []
    objects.put(stored("b"))
    objects.remove(stored("b"))
    assert list(connections) == []
