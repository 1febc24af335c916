"""Tests of apitest_server.cluster.namesakes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from apitest_server.cluster.bus import Bus
from apitest_server.cluster.namesakes import refuse_namesakes
from apitest_server.cluster.neighbours import Neighbours
from apitest_server.cluster.passes import Passes
from apitest_server.cluster.runs import Run, Runs, this_run
from apitest_server.errors import StartError
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver
from tests.server.cluster.test_neighbours import answering


class Starting:
    """A server called "one" that is about to start, and others that the ODB knows."""

    def __init__(self, odb: ODB) -> None:
        self.odb = odb
        self.bus = Bus(odb, "one", "http://x")
        self.neighbours = Neighbours(Passes(odb.key, self.bus.run_id, self.bus.now))

    def beside(self, run: Run) -> None:
        with closing(Driver(self.odb.where)) as driver:
            Runs(run).beat(driver)
        refuse_namesakes(self.bus, self.neighbours)


@pytest.fixture
def starting(tmp_path: Path) -> Iterator[Starting]:
    odb = ODB("", tmp_path)
    odb.load()
    yield Starting(odb)
    odb.close()


def test_a_name_that_is_taken_is_refused(starting: Starting) -> None:
    """With who has it, and what to do; another name is none of its business."""
    starting.beside(this_run("other", "http://y"))
    with pytest.raises(StartError, match=r"called `one`(?s:.*)http://z, process(?s:.*)\[main\]"):
        starting.beside(this_run("one", "http://z"))


def test_a_server_that_was_killed_does_not_keep_its_name(starting: Starting) -> None:
    """Here its process is gone; on another machine it does not answer."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        dead = msgspec.structs.replace(this_run("one", "http://z"), pid=process.pid)
    starting.beside(dead)
    starting.beside(msgspec.structs.replace(dead, machine="elsewhere", address="http://127.0.0.1:9"))


def test_a_server_of_another_machine_keeps_its_name_while_it_answers(starting: Starting) -> None:
    """Whatever it answers."""
    body = b'{"zato_env": {"details": ""}, "zato_ping_response": {"pong": "zato"}}'
    with answering(200, body, []) as address, pytest.raises(StartError, match="on elsewhere"):
        starting.beside(msgspec.structs.replace(this_run("one", address), machine="elsewhere"))
