"""The tables of a database as it describes them itself, found by the names that sentences use."""

import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, MetaData, Table, and_, inspect, or_
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import Column

from apitest.clients.sql import types as sql_types
from apitest.errors import BadValue
from apitest.language.lists import ListItem
from apitest.language.names import meant
from apitest.language.suggestions import near_misses
from apitest.tables.conditions import Condition, Criterion

_COMPARED = {
    "=": lambda column, value: column == value,
    "!=": lambda column, value: column != value,
    ">": lambda column, value: column > value,
    "<": lambda column, value: column < value,
    ">=": lambda column, value: column >= value,
    "<=": lambda column, value: column <= value,
    "like": lambda column, value: column.like(value),
    "not like": lambda column, value: column.not_like(value),
    "in": lambda column, value: column.in_(value),
    "not in": lambda column, value: column.not_in(value),
    "is null": lambda column, value: column.is_(None),
    "is not null": lambda column, value: column.is_not(None),
}


class DescribedTable:
    """A table of the database, with what its columns take.

    Attributes:
        table: as SQLAlchemy reflects it.
        targets: by the name of the column.
    """

    def __init__(self, table: Table, dialect: str) -> None:
        self.table = table
        self.targets = {c.name: sql_types.target(c.name, c.type, dialect) for c in table.columns}
        if dialect == "sqlite":
            _keep_decimals(table)

    def column(self, name: str) -> str:
        """The name of a column as the database has it; letters' case does not count where that is clear.

        Raises:
            BadValue: there is no such column.
        """
        known = list(self.targets)
        found = meant(name, known)
        if found is None:
            likely = near_misses(name, known, limit=1)
            fix = f"Did you mean {likely[0]}?\n" if likely else ""
            raise BadValue(
                f"The table {self.table.name} has no column {name}",
                f"column {name}",
                f"{fix}Its columns are {', '.join(known)}.",
            )
        return found

    def bound(self, names: Sequence[str], given: Sequence[ListItem]) -> dict[str, object]:
        """Values by column, each as its column takes it.

        Raises:
            BadValue: there is no such column, a column comes twice, or a value does not fit.
        """
        found = [self.column(name) for name in names]
        twice = [name for name in found if found.count(name) > 1]
        if twice:
            raise BadValue(f"The column {twice[0]} is named twice", f"column {twice[0]}", "Name it once.")
        return {n: sql_types.bound(self.targets[n], value) for n, value in zip(found, given, strict=True)}

    def where(self, criterion: Criterion) -> ColumnElement[bool]:
        """A criterion as a clause that binds its values."""
        return or_(*(and_(*map(self._compared, group)) for group in criterion.alternatives()))

    def _compared(self, condition: Condition) -> ColumnElement[bool]:
        name = self.column(condition.column)
        column: Column[Any] = self.table.columns[name]
        clause: ColumnElement[bool] = _COMPARED[condition.sign](column, self._operand(condition, name))
        return clause

    def _operand(self, condition: Condition, name: str) -> object:
        given = condition.value
        if isinstance(given, list):
            return [sql_types.bound(self.targets[name], each) for each in given]
        # A pattern is text, whatever it is compared with.
        return str(given.value) if "like" in condition.sign else sql_types.bound(self.targets[name], given)


def _keep_decimals(table: Table) -> None:
    """SQLAlchemy would make floats of the decimals that `sql_types` hands to SQLite as text."""
    for column in table.columns:
        if sql_types.kind_of(column.type) == "decimal":
            column.type = sql_types.ExactDecimal()


class Tables:
    """The tables of one connection; each is described once, until `forget` is called.

    Attributes:
        dialect: "sqlite", "postgresql", "mysql" ….
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.dialect = connection.dialect.name
        self._described: dict[str, DescribedTable] = {}

    def forget(self) -> None:
        """A statement may have changed the tables: they are described again on next use."""
        self._described.clear()

    def get(self, name: str) -> DescribedTable:
        """The table or view of a name, which may be qualified by a schema: ``sales.orders``.

        Raises:
            BadValue: there is none; with the names that are near.
        """
        if name not in self._described:
            self._described[name] = self._describe(name)
        return self._described[name]

    def _describe(self, name: str) -> DescribedTable:
        for schema, plain in qualified(name):
            if found := self._find(schema, plain):
                return self._reflected(schema, found)
        raise unknown_table(name, self.names(name))

    def _find(self, schema: str | None, name: str) -> str | None:
        inspector = inspect(self._connection)
        try:
            return name if inspector.has_table(name, schema) else meant(name, self._names(schema))
        except SQLAlchemyError:  # there is no such schema
            return None

    def _names(self, schema: str | None) -> list[str]:
        inspector = inspect(self._connection)
        return [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]

    def _reflected(self, schema: str | None, name: str) -> DescribedTable:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a type that SQLAlchemy does not know takes text
            table = Table(name, MetaData(), schema=schema, autoload_with=self._connection, resolve_fks=False)
        return DescribedTable(table, self.dialect)

    def names(self, like: str = "") -> list[str]:
        """The tables and views that could be meant by a name."""
        found: list[str] = []
        for schema, _ in qualified(like):
            prefix = f"{schema}." if schema else ""
            try:
                found += [prefix + name for name in self._names(schema)]
            except SQLAlchemyError:  # there is no such schema
                continue
        return found

    def new_name(self, name: str) -> tuple[str | None, str]:
        """Schema and name of a table to be created; what stands before a dot is a schema if there is one."""
        schema, dot, plain = name.partition(".")
        if dot and schema in inspect(self._connection).get_schema_names():
            return schema, plain
        return None, name


def qualified(name: str) -> Iterator[tuple[str | None, str]]:
    """The ways to read a name: as it stands, and as schema and table."""
    yield None, name
    schema, dot, plain = name.partition(".")
    if dot and schema and plain:
        yield schema, plain


def unknown_table(name: str, known: Sequence[str], where: str = "") -> BadValue:
    """The error for a table that the database does not have."""
    likely = near_misses(name, known) or near_misses(name.rpartition(".")[2], known)
    few = f"The database has {', '.join(sorted(known)[:10])}." if known else "The database has no tables."
    fix = f"Did you mean {' or '.join(likely)}?" if likely else few
    return BadValue(f"There is no table {name}", where or f"table {name}", fix)
