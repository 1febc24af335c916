"""Tests of apitest_server.cluster.notifications."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from apitest_server.cluster.notifications import Notifications
from apitest_server.errors import StartError
from apitest_server.odb.driver import Driver
from apitest_server.odb.location import Location
from tests.server.cluster.waiting import until

pytestmark = pytest.mark.postgresql


@pytest.fixture
def drivers(postgresql_url: str) -> Iterator[list[Driver]]:
    made = [Driver(Location(None, postgresql_url)) for _ in range(2)]
    yield made
    for driver in made:
        driver.close()


def test_parts_arrive_in_order(drivers: list[Driver]) -> None:
    """As long as a notification may be, and several at once."""
    one, two = [Notifications(driver, "apitest_test") for driver in drivers]
    parts = [f"{number}".ljust(one.limit - 1, "x") for number in range(20)]
    one.send(parts)
    came: list[str] = []
    assert until(lambda: came.extend(two.receive()) or len(came) == 20)  # type: ignore[func-returns-value]
    assert came == parts
    assert one.fileno() != two.fileno()


def test_what_came_while_a_statement_was_run_is_not_lost(drivers: list[Driver]) -> None:
    """It is there at once."""
    one, two = [Notifications(driver, "apitest_test") for driver in drivers]
    one.send(["x"])
    until(lambda: drivers[1].execute("SELECT 1") and two.has_come)
    assert (two.receive(), two.has_come, two.is_waiting) == (["x"], False, False)


def test_other_channels_are_not_heard(drivers: list[Driver]) -> None:
    """Servers with another key have another one."""
    one, two = Notifications(drivers[0], "apitest_one"), Notifications(drivers[1], "apitest_two")
    one.send(["x"])
    two.send(["y"])
    assert until(two.receive) == ["y"]


def test_a_connection_that_is_cut_is_told(drivers: list[Driver], postgresql_url: str) -> None:
    """Where it is looked whether something came, and where something is sent."""
    lines = [Notifications(driver, "apitest_test") for driver in drivers]
    pids = [driver.execute("SELECT pg_backend_pid()")[0][0] for driver in drivers]
    with closing(psycopg.connect(postgresql_url, autocommit=True)) as connection:
        for pid in pids:
            connection.execute("SELECT pg_terminate_backend(%s)", [pid])

    def receive() -> bool:
        lines[0].receive()
        return False

    with pytest.raises(StartError, match="ODB cannot be used"):
        until(receive)
    with pytest.raises(StartError, match="ODB cannot be used"):
        until(lambda: lines[1].send(["x"]))  # type: ignore[func-returns-value]
