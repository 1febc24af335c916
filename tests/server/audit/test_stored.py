import pytest

from apitest_server.audit import stored
from apitest_server.audit.event import Event
from apitest_server.audit.stored import Wanted
from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.odb.rows import Draft, Objects


def made(odb: ODB, name: str) -> int:
    with odb.writing() as session:
        return Objects(session, odb.key.open).add(Draft("x", "X", "x", name, {})).id


def event(number: int, data: str, direction: str = "received", cid: str = "c1") -> Event:
    return Event(number, direction, cid, 1.5, "one", "shop.order", len(data), data, data.casefold())


def test_events_are_kept_and_found(odb: ODB) -> None:
    """The latest first; by object, direction, call and words, in which nothing is a wildcard."""
    one, two = made(odb, "one"), made(odb, "two")
    events = [event(one, "Tea 100%"), event(one, "tea 1000", "sent"), event(two, "a_b", cid="c2"), event(two, "aXb")]
    stored.write(odb, events, {})
    rows, total = stored.page(odb, Wanted(), 0, 2)
    assert ([row["data"] for row in rows], total) == (["aXb", "a_b"], 4)
    assert (rows[0]["object_name"], rows[0]["object_type"], rows[0]["time"]) == ("two", "x", 1.5)
    for wanted, expected in (
        (Wanted(one), ["tea 1000", "Tea 100%"]),
        (Wanted(one, "sent"), ["tea 1000"]),
        (Wanted(cid="c2"), ["a_b"]),
        (Wanted(words=("TEA", "100%")), ["Tea 100%"]),
        (Wanted(words=("A_B",)), ["a_b"]),
        (Wanted(words=("none!",)), []),
    ):
        assert [row["data"] for row in stored.page(odb, wanted, 0, None)[0]] == expected
    number = rows[1]["id"]
    assert isinstance(number, int)
    found = stored.one(odb, number)
    assert found is not None
    assert (found["data"], found["server"]) == ("a_b", "one")
    assert stored.one(odb, 10**9) is None


def test_what_no_database_holds_is_not_found(odb: ODB) -> None:
    """Numbers of more than 64 bits, and texts with a NUL, are not looked for."""
    stored.write(odb, [event(made(odb, "one"), "x")], {})
    for number in (10**30, -(10**30)):
        assert stored.one(odb, number) is None
        assert stored.page(odb, Wanted(number), 0, None) == ([], 0)
    for wanted in (Wanted(cid="c\0"), Wanted(words=("x", "\0"))):
        assert stored.page(odb, wanted, 0, None) == ([], 0)


def test_the_oldest_go(odb: ODB) -> None:
    """So many are kept of each object and direction; what is kept of one that is deleted goes with it."""
    one, two = made(odb, "one"), made(odb, "two")
    stored.write(odb, [event(one, str(each)) for each in range(5)] + [event(two, "x")], {(one, "received"): 2})
    assert [row["data"] for row in stored.page(odb, Wanted(one), 0, None)[0]] == ["4", "3"]
    assert stored.forget(odb, two, ("received", "sent")) == 1
    with odb.writing() as session:
        Objects(session, odb.key.open).remove("x", "X", one)
    stored.write(odb, [event(one, "late"), event(two, "y")], {(one, "received"): 2})
    assert [row["data"] for row in stored.page(odb, Wanted(), 0, None)[0]] == ["y"]


def test_a_database_that_is_away_is_told(odb: ODB) -> None:
    """As with all that needs it."""
    if odb.where.path is not None:
        odb.where.path.rename(odb.where.path.with_name("away"))
        with pytest.raises(ServiceUnavailable):
            stored.page(odb, Wanted(), 0, None)
