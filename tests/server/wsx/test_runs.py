"""Tests of apitest_server.wsx.runs, on both databases."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from apitest_server.errors import NotFound
from apitest_server.odb import ODB
from apitest_server.odb.models import ServerRun, WebSocketConnection
from apitest_server.wsx.runs import GONE, Runs, address_of

NOW = datetime.now(UTC).replace(tzinfo=None)


@pytest.fixture
def odb(tmp_path: Path, odb_url: str) -> ODB:
    found = ODB(odb_url, tmp_path)
    found.load()
    return found


def connection(number: str, run: Runs) -> WebSocketConnection:
    texts = dict.fromkeys(("channel_name", "client_id", "client_name", "user", "peer_address", "peer_fqdn"), "x")
    figures = dict.fromkeys(("channel_id", "bytes_in", "bytes_out", "messages_in", "messages_out", "unsent"), 0)
    times = {"connected": NOW, "active": NOW}
    return WebSocketConnection(id=number, run_id=run.id, local_address="x", **texts, **figures, **times)


def alive(odb: ODB) -> set[str]:
    with odb.reading() as session:
        return set(session.scalars(select(ServerRun.id)))


def test_a_server_is_known_while_it_beats(odb: ODB) -> None:
    """The first time it is new; after its end nothing is left, nor of its connections."""
    one, two = Runs("one", "http://one"), Runs("two", "http://two")
    with odb.writing() as session:
        assert (one.beat(session), one.beat(session), two.beat(session)) == (True, False, True)
        session.add(connection("ws.1", one))
    with odb.writing() as session:
        assert one.others(session) == ["http://two"]
        assert (one.address_of(session, "ws.1"), two.address_of(session, "ws.1")) == ("", "http://one")
        one.leave(session)
    with odb.reading() as session, pytest.raises(NotFound, match=r"no WebSocket connection with ID ws\.1"):
        two.address_of(session, "ws.1")
    assert alive(odb) == {two.id}
    odb.close()


def test_a_server_that_is_not_heard_of_is_forgotten(odb: ODB) -> None:
    """After a while; it finds out with its next beat, as it is new then."""
    one, two = Runs("one", "http://one"), Runs("two", "http://two")
    with odb.writing() as session:
        one.beat(session)
        two.beat(session)
        session.execute(update(ServerRun).where(ServerRun.id == one.id).values(seen=ServerRun.seen - GONE - 5))
        session.execute(update(ServerRun).where(ServerRun.id == two.id).values(seen=ServerRun.seen - GONE + 20))
        two.bury(session)
    assert alive(odb) == {two.id}
    with odb.writing() as session:
        assert one.beat(session)
    odb.close()


def test_a_process_that_was_killed_is_forgotten_at_once(odb: ODB) -> None:
    """By the servers of its machine."""
    dead, other = Runs("dead", "http://dead"), Runs("other", "http://other")
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        dead.pid = process.pid
    elsewhere = Runs("elsewhere", "http://elsewhere")
    elsewhere.pid, elsewhere._machine = dead.pid, "another machine"
    with odb.writing() as session:
        elsewhere.beat(session)
        dead.beat(session)
        other.beat(session)
    assert alive(odb) == {other.id, elsewhere.id}
    odb.close()


def test_an_address_is_one_that_others_can_reach() -> None:
    """A server that listens on all addresses is reached by its machine's name."""
    assert address_of("10.0.0.1", 17010) == "http://10.0.0.1:17010"
    assert address_of("::1", 17010) == "http://[::1]:17010"
    assert "0.0.0.0" not in address_of("0.0.0.0", 17010)
