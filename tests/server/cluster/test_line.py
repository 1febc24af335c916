"""Tests of apitest_server.cluster.line."""

from contextlib import closing

from apitest_server.cluster.line import line_of
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver
from tests.server.cluster.waiting import until


def test_each_database_has_a_line(odb: ODB) -> None:
    """What one server sends over it, another one with the same key receives."""
    with (
        closing(Driver(odb.where)) as first,
        closing(Driver(odb.where)) as second,
        closing(line_of(odb, "a", first)) as a,
        closing(line_of(odb, "b", second)) as b,
    ):
        a.send(["x"])
        assert until(b.receive) == ["x"]
