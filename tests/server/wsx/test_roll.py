"""Tests of apitest_server.wsx.roll."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import delete, select

from apitest_server.cluster.bus import Bus
from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.odb.models import ServerRun, WebSocketConnection
from apitest_server.wsx import roll as module
from apitest_server.wsx.roll import BATCH, Roll


def client(number: object, **more: object) -> Any:
    socket = SimpleNamespace(bytes_in=1, bytes_out=2, messages_in=3, messages_out=4, unsent=0)
    channel = SimpleNamespace(number=-5, settings=SimpleNamespace(name="one"))
    fields = {
        "id": f"ws.{number}",
        "channel": channel,
        "socket": socket,
        "client_id": "c\0",
        "client_name": "n" * 2000,
        "user": "u",
        "address": "10.0.0.1",
        "fqdn": "10.0.0.1",
        "local": "10.0.0.2:17010",
        "connected": datetime(2026, 1, 31, 12, tzinfo=UTC),
        "idle_for": 0.5,
        **more,
    }
    return SimpleNamespace(**fields)


@pytest.fixture
def odb(tmp_path: Path) -> Iterator[ODB]:
    found = ODB("", tmp_path)
    found.load()
    yield found
    found.close()


@pytest.fixture
def roll(odb: ODB, monkeypatch: pytest.MonkeyPatch) -> Iterator[Roll]:
    """Writes when it is told to only."""
    monkeypatch.setattr(Roll, "_run", lambda self: self._end.wait(30))
    made = Roll(odb, Bus(odb, "s", "http://s"))
    yield made
    made.close()


def stored(odb: ODB) -> dict[str, Any]:
    with odb.reading() as session:
        return {row.id: row for row in session.scalars(select(WebSocketConnection))}


def test_connections_come_and_go(odb: ODB, roll: Roll) -> None:
    """In as many batches as they need; texts are as databases take them."""
    clients = [client(number) for number in range(BATCH + 10)]
    for each in clients:
        roll.add(each)
    roll.flush()
    found = stored(odb)
    assert len(found) == len(clients)
    row = found["ws.7"]
    assert (row.client_id, len(row.client_name), row.channel_id, row.bytes_out) == ("c", 1000, -5, 2)
    assert row.connected == datetime(2026, 1, 31, 12)
    assert roll.here("ws.7") is clients[7]
    for each in clients[1:]:
        roll.drop(each)
    roll.flush()
    assert (list(stored(odb)), roll.here("ws.7")) == (["ws.0"], None)


def test_who_left_before_it_was_written_never_is(odb: ODB, roll: Roll) -> None:
    """Neither is what was to be changed of it."""
    gone = client(1)
    roll.add(gone)
    roll.change(gone)
    roll.drop(gone)
    roll.flush()
    assert stored(odb) == {}


def test_what_is_learnt_later_is_written(odb: ODB, roll: Roll) -> None:
    """The name of its address, who signs in anew, what has gone over it since; nothing where there was nothing."""
    one = client(1)
    roll.add(one)
    roll.flush()
    one.fqdn, one.client_id, one.user = "one.example", "c2", "u2"
    roll.change(one)
    roll.flush()
    row = stored(odb)["ws.1"]
    assert (row.peer_fqdn, row.client_id, row.user) == ("one.example", "c2", "u2")
    roll._note_activity()
    roll.flush()
    one.socket.bytes_in = 1000
    roll._note_activity()
    assert list(roll._moved) == ["ws.1"]
    roll.flush()
    assert stored(odb)["ws.1"].bytes_in == 1000
    roll._note_activity()
    assert not roll._moved


def test_revisions_count_who_clients_are(odb: ODB, roll: Roll) -> None:
    """Not what they send: whoever looks for news need not look at that."""
    one, two = client(1), client(2)
    roll.add(one)
    roll.flush()
    first = stored(odb)["ws.1"].revision
    roll.add(two)
    roll.flush()
    assert stored(odb)["ws.2"].revision > first == stored(odb)["ws.1"].revision
    one.socket.bytes_in = 1000
    roll._note_activity()
    roll.flush()
    assert (stored(odb)["ws.1"].revision, stored(odb)["ws.1"].bytes_in) == (first, 1000)
    roll.change(one)
    roll.flush()
    assert stored(odb)["ws.1"].revision > stored(odb)["ws.2"].revision


def test_an_odb_that_is_away_loses_nothing(odb: ODB, roll: Roll, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written when it is back, without those who left meanwhile."""
    one, two, three = client(1), client(2), client(3)
    for each in (one, two):
        roll.add(each)
    roll.flush()
    roll.drop(one)
    roll.change(two)
    roll.add(three)
    with monkeypatch.context() as patched:

        def away(*args: object) -> None:
            roll.drop(three)
            raise ServiceUnavailable

        patched.setattr(roll, "_write", away)
        with pytest.raises(ServiceUnavailable):
            roll.flush()
    two.fqdn = "two.example"
    roll.flush()
    assert {number: row.peer_fqdn for number, row in stored(odb).items()} == {"ws.2": "two.example"}


def test_a_server_that_was_taken_for_dead_writes_everything_anew(odb: ODB, roll: Roll) -> None:
    """Once it is known again."""
    for number in (1, 2):
        roll.add(client(number))
    roll.flush()
    roll.drop(client(2))
    with odb.writing() as session:
        session.execute(delete(ServerRun))
    assert stored(odb) == {}
    roll._bus.on_forgotten()
    roll._bus._listeners.close()
    roll.flush()
    assert list(stored(odb)) == ["ws.1"]


def test_a_thread_writes_what_comes(odb: ODB, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without being asked, also after the ODB was away; at the end of the server nothing is left."""
    monkeypatch.setattr(module, "AGAIN", 0.01)
    monkeypatch.setattr(module, "TOGETHER", 0.001)
    bus, failures = Bus(odb, "s", "http://s"), iter([True, False])
    roll = Roll(odb, bus)
    bus.start()
    write = roll._write

    def sometimes(*args: Any) -> None:
        if next(failures, False):
            raise ServiceUnavailable
        write(*args)

    monkeypatch.setattr(roll, "_write", sometimes)
    roll.add(client(1))
    while "ws.1" not in stored(odb):
        sleep(0.005)
    roll.close()
    bus.close()
    assert stored(odb) == {}


def test_a_roll_without_connections_never_opens_the_odb(tmp_path: Path) -> None:
    """It costs a server without clients nothing."""
    odb = ODB("", tmp_path)
    Roll(odb, Bus(odb, "s", "http://s")).close()
    assert odb._engine is None
