"""Tests of apitest_server.outgoing.cassandra_values."""

import datetime
from collections import namedtuple

import pytest
from cassandra import util

from apitest_server.outgoing.cassandra_values import plain

Address = namedtuple("Address", ["city", "moved"])
DAY = datetime.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (util.Date(DAY), DAY),
        (util.Date(3_000_000), str(util.Date(3_000_000))),
        (util.Time("10:00:01"), datetime.time(10, 0, 1)),
        (util.Time(1), "00:00:00.000000001"),
        (util.SortedSet([2, 1]), [1, 2]),
        (util.OrderedMap([("a", util.SortedSet(["x"])), (1, None)]), {"a": ["x"], 1: None}),
        ([(1, util.Date(DAY))], [[1, DAY]]),
        (Address("Bonn", util.Date(DAY)), {"city": "Bonn", "moved": DAY}),
        (b"\x00", b"\x00"),
        (None, None),
    ],
)
def test_values(given: object, expected: object) -> None:
    """They are those of Python, in collections as well."""
    assert plain(given) == expected
