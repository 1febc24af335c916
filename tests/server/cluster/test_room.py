"""Tests of apitest_server.cluster.room."""

from pathlib import Path

from apitest_server.cluster.bus import BUS
from tests.server.asgi import served
from tests.server.cluster.waiting import until


def test_two_servers_of_one_odb_know_each_other(tmp_path: Path) -> None:
    """As soon as both run."""
    with served(tmp_path) as one, served(tmp_path) as two:
        buses = [client.app.components[BUS] for client in (one, two)]
        until(lambda: all(len(bus.peers()) == 1 for bus in buses))
        assert [bus.peers()[0].id for bus in buses] == [bus.run_id for bus in reversed(buses)]
