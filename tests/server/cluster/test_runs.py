"""Tests of apitest_server.cluster.runs, on both databases."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import msgspec
import pytest

from apitest_server.cluster.runs import GONE, Runs, address_of, this_run
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver
from apitest_server.odb.models import WebSocketConnection

NOW = datetime.now(UTC).replace(tzinfo=None)


@pytest.fixture
def driver(odb: ODB) -> Iterator[Driver]:
    with closing(Driver(odb.where)) as made:
        yield made


def connection(number: str, run_id: str) -> WebSocketConnection:
    texts = dict.fromkeys(("channel_name", "client_id", "client_name", "user", "peer_address", "peer_fqdn"), "x")
    figures = dict.fromkeys(("channel_id", "bytes_in", "bytes_out", "messages_in", "messages_out", "unsent"), 0)
    times = {"connected": NOW, "active": NOW}
    return WebSocketConnection(id=number, run_id=run_id, local_address="x", **texts, **figures, **times)


def alive(driver: Driver) -> set[str]:
    return {row[0] for row in driver.execute("SELECT id FROM server_runs")}


def test_a_server_is_known_while_it_beats(odb: ODB, driver: Driver) -> None:
    """The first time it is new; after its end nothing is left, nor of its connections."""
    one, two = Runs(this_run("one", "http://one")), Runs(this_run("two", "http://two"))
    assert (one.beat(driver), one.beat(driver), two.beat(driver)) == (True, False, True)
    with odb.writing() as session:
        session.add(connection("ws.1", one.own.id))
    assert one.others(driver) == [two.own]
    one.forget(driver, one.own.id)
    assert driver.execute("SELECT id FROM websocket_connections") == []
    assert alive(driver) == {two.own.id}


def test_a_server_that_is_not_heard_of_is_forgotten(driver: Driver) -> None:
    """After a while; it finds out with its next beat, as it is new then."""
    one, two = Runs(this_run("one", "http://one")), Runs(this_run("two", "http://two"))
    for runs, ago in ((one, GONE + 5), (two, GONE - 20)):
        runs.beat(driver)
        driver.execute("UPDATE server_runs SET seen = seen - ? WHERE id = ?", ago, runs.own.id)
    assert two.others(driver) == []
    assert alive(driver) == {two.own.id}
    assert one.beat(driver)


def test_a_process_that_was_killed_is_forgotten_at_once(driver: Driver) -> None:
    """By the servers of its machine; of another one it may be a process that lives."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        dead = msgspec.structs.replace(this_run("dead", "http://dead"), pid=process.pid)
    elsewhere = msgspec.structs.replace(this_run("elsewhere", "http://e"), pid=dead.pid, machine="another")
    other = Runs(this_run("other", "http://other"))
    for run in (dead, elsewhere, other.own):
        Runs(run).beat(driver)
    assert other.others(driver) == [elsewhere]
    assert alive(driver) == {other.own.id, elsewhere.id}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")
def test_a_process_that_nobody_has_asked_after_is_dead_as_well(driver: Driver) -> None:
    """In a container it may never be asked after."""
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.read() == b""  # It closes its output when it ends
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        zombie = msgspec.structs.replace(this_run("zombie", "http://zombie"), pid=process.pid)
        other = Runs(this_run("other", "http://other"))
        for run in (zombie, other.own):
            Runs(run).beat(driver)
        assert other.others(driver) == []


def test_an_address_is_one_that_others_can_reach() -> None:
    """A server that listens on all addresses is reached by its machine's name."""
    assert address_of("10.0.0.1", 17010) == "http://10.0.0.1:17010"
    assert address_of("::1", 17010) == "http://[::1]:17010"
    assert address_of("::1", 17010, is_encrypted=True) == "https://[::1]:17010"
    assert "0.0.0.0" not in address_of("0.0.0.0", 17010)
