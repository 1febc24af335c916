"""Shards: each unit is in exactly one, the same on every machine, and they take about as long as each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.errors import UsageError
from apitest.parallel import shards
from apitest.parallel.units import Unit

UNITS = st.lists(st.tuples(st.text(max_size=3), st.integers(0, 9), st.floats(0, 100)), unique_by=lambda u: u[:2]).map(
    lambda found: [Unit(file, n, line, "", seconds) for n, (file, line, seconds) in enumerate(found)]
)


@given(UNITS, st.integers(1, 9))
def test_each_unit_is_in_exactly_one_shard(units: list[Unit], total: int) -> None:
    """All shards together are all units, each once and in its order; another machine's order makes no difference."""
    split = shards.split(units, total)
    assert len(split) == total
    assert sorted((unit for share in split for unit in share), key=lambda unit: unit.position) == units
    assert all([unit.position for unit in share] == sorted(unit.position for unit in share) for share in split)
    elsewhere = shards.split([unit._replace(position=-unit.position) for unit in reversed(units)], total)
    places = lambda share: {(unit.file, unit.line) for unit in share}  # noqa: E731
    assert list(map(places, elsewhere)) == list(map(places, split))
    assert shards.fingerprint(reversed(units)) == shards.fingerprint(units)


@given(UNITS, st.integers(1, 9))
def test_shards_take_about_as_long(units: list[Unit], total: int) -> None:
    """No two shards differ by more than the longest unit."""
    loads = [sum(unit.seconds for unit in share) for share in shards.split(units, total)]
    longest = max((unit.seconds for unit in units), default=0)
    assert max(loads) - min(loads) <= longest + 1e-3


def test_units_without_durations_are_spread() -> None:
    """Where nothing takes any time, the shards have the same number."""
    split = shards.split([Unit(f"f{n}", n) for n in range(10)], 5)
    assert [len(share) for share in split] == [2, 2, 2, 2, 2]


def test_what_was_split_is_told_apart() -> None:
    """Another file, another name and another duration each are another split."""
    units = [Unit("a", 0, 1, "x", 1.0), Unit("b", 1, 1, "y", 1.0)]
    others = [units[:1], [units[0]._replace(name="z"), units[1]], [units[0]._replace(seconds=2.0), units[1]]]
    assert len({shards.fingerprint(each) for each in (units, *others)}) == 4


def test_shards_as_they_are_asked_for() -> None:
    """A shard is written I/N, and shown so."""
    assert shards.parse("2/5") == shards.Shard(2, 5)
    assert str(shards.parse("2/5")) == "2/5"


@pytest.mark.parametrize("text", ["", "1", "0/3", "4/3", "1/0", "a/b", "1/2/3", "-1/2", "１/２", " 1/2"])
def test_what_is_no_shard(text: str) -> None:
    """Anything else is a mistake in the command."""
    with pytest.raises(UsageError, match="is not a part of a run"):
        shards.parse(text)
