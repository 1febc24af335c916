"""Tests of apitest_server.statistics.stored: on either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.errors import Conflict, ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.statistics import stored
from apitest_server.statistics.collector import Row

ROWS = [Row("a", "hour", 5, {"count": 1, "times": {"1": 2}}), Row("a", "day", 1, {"count": 7}), Row("b", "hour", 6, {})]


@pytest.fixture
def odb(odb_url: str, tmp_path: Path) -> Iterator[ODB]:
    """With figures of the server "one"."""
    odb = ODB(odb_url, tmp_path)
    odb.load()
    stored.write(odb, "one", ROWS, [])
    yield odb
    odb.close()


def test_what_was_written_is_read(odb: ODB) -> None:
    """By the server that wrote it, and by no other."""
    assert sorted(stored.read(odb, "one")) == sorted(ROWS)
    assert stored.read(odb, "another") == []


def test_figures_take_the_place_of_earlier_ones(odb: ODB) -> None:
    """And those of a period that are old are deleted, of this server only."""
    stored.write(odb, "another", ROWS, [])
    stored.write(odb, "one", [Row("b", "hour", 6, {"count": 2})], [("hour", 5), ("day", 0)])
    assert sorted(stored.read(odb, "one")) == [ROWS[1], Row("b", "hour", 6, {"count": 2})]
    assert sorted(stored.read(odb, "another")) == sorted(ROWS)


def test_services_are_forgotten(odb: ODB) -> None:
    """Each that is named, of this server only."""
    stored.write(odb, "another", ROWS, [])
    stored.forget(odb, "one", ["a", "no such"])
    assert stored.read(odb, "one") == [ROWS[2]]
    assert sorted(stored.read(odb, "another")) == sorted(ROWS)


def test_a_server_gets_another_name(odb: ODB) -> None:
    """Its figures go with it, unless there are some of that name."""
    stored.write(odb, "another", ROWS[:1], [])
    with pytest.raises(Conflict, match="called `another`"):
        stored.rename(odb, "one", "another")
    assert stored.read(odb, "another") == ROWS[:1]
    stored.rename(odb, "one", "two")
    assert stored.read(odb, "one") == []
    assert sorted(stored.read(odb, "two")) == sorted(ROWS)


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    """As to any caller of a service."""
    odb = ODB("", tmp_path)
    for act in (
        lambda: stored.read(odb, "one"),
        lambda: stored.write(odb, "one", ROWS, []),
        lambda: stored.forget(odb, "one", ["a"]),
        lambda: stored.rename(odb, "one", "two"),
    ):
        with pytest.raises(ServiceUnavailable, match="cannot be reached"):
            act()
