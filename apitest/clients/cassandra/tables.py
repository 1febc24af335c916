"""The tables of a keyspace as Cassandra describes them itself, found by the names that sentences use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from apitest.errors import BadValue
from apitest.language.lists import ListItem
from apitest.language.names import meant
from apitest.language.suggestions import near_misses
from apitest.tables.conditions import Condition, Criterion

Fetch = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]

_COLUMNS = (
    "SELECT column_name, type, kind, position FROM system_schema.columns WHERE keyspace_name = %s AND table_name = %s"
)
_KINDS = ("partition_key", "clustering", "static", "regular")  # the order in which SELECT * shows columns
_SIGNS = {"=": "=", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "in": "IN"}


@dataclass(frozen=True, slots=True)
class CassandraTable:
    """A table.

    Attributes:
        name: qualified and quoted, as statements need it.
        columns: the type of each column by its name, as CQL writes it.
    """

    name: str
    columns: dict[str, str]

    def column(self, name: str) -> str:
        """The name of a column as the table has it; letters' case does not count where that is clear.

        Raises:
            BadValue: there is no such column.
        """
        found = meant(name, list(self.columns))
        if found is None:
            likely = near_misses(name, self.columns, limit=1)
            fix = f"Did you mean {likely[0]}?\n" if likely else ""
            raise BadValue(
                f"The table {self.name} has no column {name}",
                f"column {name}",
                f"{fix}Its columns are {', '.join(self.columns)}.",
            )
        return found

    def insert(self, names: Sequence[str]) -> str:
        """An INSERT with a marker for each column."""
        written = ", ".join(quote(self.column(name)) for name in names)
        return f"INSERT INTO {self.name} ({written}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - identifiers quoted, values bound

    def update(self, names: Sequence[str], criterion: Criterion) -> str:
        """An UPDATE with markers for the columns and then for the criterion; counters are added to."""
        written = ", ".join(self._set(self.column(name)) for name in names)
        return f"UPDATE {self.name} SET {written} WHERE {self._where(criterion)}"  # noqa: S608 - identifiers quoted, values bound

    def _set(self, name: str) -> str:
        column = quote(name)
        return f"{column} = {column} + ?" if self.columns[name] == "counter" else f"{column} = ?"

    def delete(self, criterion: Criterion) -> str:
        """A DELETE with markers for the criterion."""
        return f"DELETE FROM {self.name} WHERE {self._where(criterion)}"  # noqa: S608 - identifiers quoted, values bound

    def _where(self, criterion: Criterion) -> str:
        if "or" in criterion.joints:
            raise BadValue(
                f'Cassandra has no "or" between conditions: {criterion}',
                fix="Join them by and, or write two steps.",
            )
        return " AND ".join(map(self._compared, criterion.conditions))

    def _compared(self, condition: Condition) -> str:
        if condition.sign not in _SIGNS:
            raise BadValue(
                f'Cassandra cannot compare with "{condition.sign}" here: {condition}',
                fix=f"It knows {', '.join(_SIGNS)}.",
            )
        return f"{quote(self.column(condition.column))} {_SIGNS[condition.sign]} ?"


def quote(name: str) -> str:
    """An identifier in quotes, so that it is taken as it stands."""
    return '"' + name.replace('"', '""') + '"'


def operands(criterion: Criterion) -> list[ListItem | list[ListItem]]:
    """What the markers of a criterion stand for, in their order."""
    return [condition.value for condition in criterion.conditions]


def find(fetch: Fetch, keyspace: str | None, name: str) -> CassandraTable:
    """The table of a name, which may be qualified by a keyspace: ``shop.orders``.

    Args:
        fetch: runs a SELECT with values for its markers.
        keyspace: the session's, or None.
        name: the table's.

    Raises:
        BadValue: there is none; with the names that are near.
    """
    before, dot, after = name.partition(".")
    keyspace, plain = (before, after) if dot else (keyspace, name)
    if not keyspace:
        raise BadValue(f"There is no keyspace to look for the table {name} in", fix="Connect to a keyspace.")
    known = names(fetch, keyspace)
    found = meant(plain, known)
    if found is None:
        raise unknown_table(name, known, f"keyspace {keyspace}")
    described = sorted(fetch(_COLUMNS, [keyspace, found]), key=lambda row: (_KINDS.index(row[2]), row[3], row[0]))
    return CassandraTable(f"{quote(keyspace)}.{quote(found)}", {name: kind for name, kind, _, _ in described})


def names(fetch: Fetch, keyspace: str | None) -> list[str]:
    """The names of a keyspace's tables; none without a keyspace."""
    select = "SELECT table_name FROM system_schema.tables WHERE keyspace_name = %s"
    return [str(row[0]) for row in fetch(select, [keyspace])] if keyspace else []


def unknown_table(name: str, known: Sequence[str], where: str) -> BadValue:
    """The error for a table that a keyspace does not have."""
    likely = near_misses(name.rpartition(".")[2], known)
    listed = ", ".join(sorted(known)[:10])
    few = f"The keyspace has {listed}." if known else "The keyspace has no tables."
    fix = f"Did you mean {' or '.join(likely)}?" if likely else few
    return BadValue(f"There is no table {name}", where, fix)


def unknown_keyspace(name: str, known: Sequence[str], tried: str) -> BadValue:
    """The error for a keyspace that a cluster does not have."""
    own = [each for each in known if not each.startswith("system")]
    likely = near_misses(name, known)
    fix = f"Did you mean {' or '.join(likely)}?" if likely else f"There are {', '.join(own) or 'none'}."
    return BadValue(f"There is no keyspace {name}", f"contact points {tried}", fix)
