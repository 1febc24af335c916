"""The audit log in the ODB, through its driver alone: a server that writes one need not load SQLAlchemy."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import NamedTuple

from apitest_server.audit.event import Event
from apitest_server.errors import ServiceUnavailable, StartError
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver

_COLUMNS = ", ".join(Event._fields)
_MARKS = ", ".join("?" * len(Event._fields))
# An object may have been deleted meanwhile, and with it its log
_STORE = f"INSERT INTO audit_events ({_COLUMNS}) SELECT {_MARKS} WHERE EXISTS (SELECT 1 FROM objects WHERE id = ?)"  # noqa: S608
_THIN = """
DELETE FROM audit_events WHERE object_id = ? AND direction = ? AND id <=
(SELECT id FROM audit_events WHERE object_id = ? AND direction = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
"""
_COUNT = "SELECT count(*) FROM audit_events e"
_ROW = ("id", "object_id", "direction", "cid", "time", "server", "about", "size", "data", "object_name", "object_type")
_SELECT = """
SELECT e.id, e.object_id, e.direction, e.cid, e.time, e.server, e.about, e.size, e.data, o.name, o.kind
FROM audit_events e JOIN objects o ON o.id = e.object_id
"""


class Wanted(NamedTuple):
    """What is looked for; what is 0 or empty may be anything.

    Attributes:
        object_id: whose log.
        direction: ``received`` or ``sent``.
        cid: of the call.
        words: that all have to be in the data, whatever their case.
    """

    object_id: int = 0
    direction: str = ""
    cid: str = ""
    words: tuple[str, ...] = ()


def write(odb: ODB, events: Sequence[Event], most: Mapping[tuple[int, str], int]) -> None:
    """Adds events, and deletes the oldest ones of objects that have more of them than they may; all of it, or nothing.

    Args:
        odb: where they are.
        events: in their order.
        most: how many are kept, by object and direction.

    Raises:
        ServiceUnavailable: the ODB cannot be reached.
    """
    with _driver(odb) as driver, driver.transaction():
        driver.execute_each(_STORE, [(*event, event.object_id) for event in events])
        driver.execute_each(_THIN, [(*key, *key, count) for key, count in most.items()])


def page(odb: ODB, wanted: Wanted, start: int, size: int | None) -> tuple[list[dict[str, object]], int]:
    """The events that are looked for, the latest first, from one of them on, and how many there are in all.

    Raises:
        ServiceUnavailable: the ODB cannot be reached.
    """
    if not _can_be_id(wanted.object_id) or any("\0" in text for text in (wanted.direction, wanted.cid, *wanted.words)):
        return [], 0  # PostgreSQL takes no NUL, and has none
    where, values = _where(wanted)
    with _driver(odb) as driver:
        total = int(driver.execute(f"{_COUNT} {where}", *values)[0][0])
        limit = total if size is None else size
        rows = driver.execute(f"{_SELECT} {where} ORDER BY e.id DESC LIMIT ? OFFSET ?", *values, limit, start)
    return [dict(zip(_ROW, row, strict=True)) for row in rows], total


def one(odb: ODB, number: int) -> dict[str, object] | None:
    """An event by its ID; ``None`` where there is none.

    Raises:
        ServiceUnavailable: the ODB cannot be reached.
    """
    if not _can_be_id(number):
        return None
    with _driver(odb) as driver:
        rows = driver.execute(f"{_SELECT} WHERE e.id = ?", number)
    return dict(zip(_ROW, rows[0], strict=True)) if rows else None


def forget(odb: ODB, object_id: int, directions: Collection[str]) -> int:
    """Deletes the log of an object; returns how many events that were.

    Raises:
        ServiceUnavailable: the ODB cannot be reached.
    """
    count = 0
    with _driver(odb) as driver, driver.transaction():
        for direction in directions:
            key = (object_id, direction)
            of_it = "FROM audit_events WHERE object_id = ? AND direction = ?"
            count += int(driver.execute(f"SELECT count(*) {of_it}", *key)[0][0])
            driver.execute(f"DELETE {of_it}", *key)
    return count


def _can_be_id(number: int) -> bool:
    """Whether a database can hold it; SQLite takes no other numbers."""
    return number.bit_length() < 64


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    exact = ("object_id", "direction", "cid")
    parts = [(f"e.{name} = ?", getattr(wanted, name)) for name in exact if getattr(wanted, name)]
    parts += [("e.search LIKE ? ESCAPE '!'", f"%{_escaped(word.casefold())}%") for word in wanted.words]
    if not parts:
        return "", []
    return f"WHERE {' AND '.join(part for part, _ in parts)}", [value for _, value in parts]


def _escaped(word: str) -> str:
    return "".join(f"!{char}" if char in "!%_" else char for char in word)


@contextmanager
def _driver(odb: ODB) -> Iterator[Driver]:
    try:
        with closing(Driver(odb.where)) as driver:
            yield driver
    except StartError:
        raise ServiceUnavailable("The server's database cannot be reached") from None
