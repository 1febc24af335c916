"""Tests of apitest_server.wsx.listing, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from apitest_server.cluster.bus import Bus
from apitest_server.odb import ODB
from apitest_server.wsx.listing import SORTED_BY, Wanted, page
from apitest_server.wsx.roll import Roll
from tests.server.wsx.test_roll import client

START = datetime(2026, 1, 31, tzinfo=UTC)


@pytest.fixture
def odb(tmp_path: Path, odb_url: str) -> Iterator[ODB]:
    """An ODB with ten connections."""
    found = ODB(odb_url, tmp_path)
    found.load()
    roll = Roll(found, Bus(found, "s", "http://s"))
    for number in range(10):
        name = f"Till {number}" if number % 2 else f"100%_{number}"
        connected = START + timedelta(seconds=10 - number)
        roll.add(client(number, client_id=f"c{number % 3}", client_name=name, connected=connected))
    roll.flush()
    yield found
    roll.close()
    found.close()


def numbers(odb: ODB, wanted: Wanted) -> tuple[list[int], int]:
    with odb.reading() as session:
        rows, total = page(session, wanted)
    assert all(row["server"] == "s" for row in rows)
    return [int(row["id"][3:]) for row in rows], total


def test_lists_are_filtered(odb: ODB) -> None:
    """By channel, by the client's own ID, and by words; characters of patterns are nothing special."""
    assert numbers(odb, Wanted(client_id="c1")) == ([7, 4, 1], 3)
    assert numbers(odb, Wanted(channel=-5, words=("TILL", "10.0"))) == ([9, 7, 5, 3, 1], 5)
    assert numbers(odb, Wanted(words=("100%_",)))[1] == 5
    assert numbers(odb, Wanted(words=("1%0",))) == ([], 0)
    assert numbers(odb, Wanted(channel=6)) == ([], 0)


def test_lists_are_paged_and_sorted(odb: ODB) -> None:
    """The oldest connection is first if nothing else is said; the total is that of all pages."""
    assert numbers(odb, Wanted(offset=2, limit=3)) == ([7, 6, 5], 10)
    assert numbers(odb, Wanted(is_descending=True, limit=2)) == ([0, 1], 10)
    assert numbers(odb, Wanted(sorted_by="ext_client_id", limit=4)) == ([0, 3, 6, 9], 10)
    for name in SORTED_BY:
        assert len(numbers(odb, Wanted(sorted_by=name))[0]) == 10
