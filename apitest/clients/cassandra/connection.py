"""A session with a Cassandra cluster, in a keyspace.

Statements that are built here are prepared, bind every value by its CQL type and quote every identifier. A statement
of the user's own runs as it is written.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import ParamSpec, TypeVar

from cassandra.concurrent import execute_concurrent_with_args

from apitest.clients import csv_files
from apitest.clients.cassandra import cluster as cassandra_cluster
from apitest.clients.cassandra import errors as cassandra_errors
from apitest.clients.cassandra import tables as cassandra_tables
from apitest.clients.cassandra import types as cql_types
from apitest.clients.cassandra.driver import Marker, Prepared, Result
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.clients.cassandra.tables import CassandraTable
from apitest.clients.database_exchange import Call, Observer, told
from apitest.errors import BadValue
from apitest.language import lists
from apitest.language.lists import ListItem
from apitest.language.names import meant
from apitest.tables.bound import Statement, shown
from apitest.tables.conditions import Criterion
from apitest.tables.csv import Target
from apitest.tables.rows import Row, Rows

_CHANGES_TABLES = ("create", "alter", "drop", "use")
_CONCURRENT = 50
P = ParamSpec("P")
T = TypeVar("T")


class CassandraConnection:
    """An open session.

    Args:
        settings: where and how.
        keyspace: what tables are looked for in; None for none.

    Attributes:
        observe: is told of every call; None for nobody.
        limit: tells how many seconds a statement may take from now on, where that is less than the settings say.
        closed: whether the session has ended.

    Raises:
        Unreachable: no node answers, or they refuse the user; the contact points that were tried are named.
        BadValue: there is no such keyspace, or a file for TLS cannot be read.
    """

    def __init__(self, settings: CassandraSettings, keyspace: str | None = None) -> None:
        self._tried = str(settings)
        self.observe: Observer | None = None
        self.limit: Callable[[], float] = lambda: inf
        self._timeout = settings.timeout
        self.closed = False
        self._tables: dict[str, CassandraTable] = {}
        self._prepared: dict[str, Prepared] = {}
        self._cluster = self._opening(settings, cassandra_cluster.build, settings)
        self._session = self._opening(settings, self._cluster.connect)
        self._session.default_fetch_size = 5_000
        try:
            self._use(keyspace)
        except BaseException:
            self.close()
            raise

    def _opening(self, settings: CassandraSettings, step: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        try:
            return step(*arguments, **named)
        except BadValue:
            raise
        except Exception as error:  # the driver lets errors of sockets, TLS and its own through here
            if hasattr(self, "_cluster"):
                self._cluster.shutdown()
            raise cassandra_errors.connecting(self._tried, settings.encrypted, error) from None

    def _use(self, keyspace: str | None) -> None:
        if keyspace:
            self._session.set_keyspace(self._keyspace(keyspace))

    def close(self) -> None:
        """End the session; without effect once it has ended."""
        self.closed = True
        self._cluster.shutdown()

    def __str__(self) -> str:
        """Where it leads to, for reports."""
        return f"{self._tried}, keyspace {self._session.keyspace}" if self._session.keyspace else self._tried

    def __repr__(self) -> str:
        """As it is shown among variables."""
        return f"<Cassandra connection to {self}>"

    def execute(self, query: object, parameters: object = None) -> object:
        """The driver's own method, with named tuples for rows, for steps that a project has in Python."""
        return self._session.execute(query, parameters, execution_profile=cassandra_cluster.NAMED_ROWS)

    def rows(self, statement: str | Statement) -> Rows:
        """Run a statement of the user's own and fetch its rows; without columns and rows for one that returns nothing.

        Args:
            statement: CQL, alone or with values that are bound to it, as the types of their places ask for.

        Raises:
            BadValue: Cassandra refused it, or a value does not fit its place.
            Unreachable: the connection is lost.
            TimedOut: no answer came in time.
        """
        text = shown(statement)
        if text.lstrip()[:6].casefold().startswith(_CHANGES_TABLES):
            self._tables.clear()
            self._prepared.clear()
        given = statement.values if isinstance(statement, Statement) else ()
        marked = statement if isinstance(statement, str) else "?".join(statement.texts)
        prepared = self._prepare(marked) if given else None
        values = [
            _bound(each, ListItem(value, True))
            for each, value in zip(prepared.column_metadata if prepared else (), given, strict=True)
        ]
        with self._told(text, values) as call:
            result = self._answer(_ready(prepared, values, text) if prepared else marked)
            rows = [tuple(map(cql_types.plain, row)) for row in result]
            call.result = found = Rows(tuple(result.column_names or ()), rows, text)
        return found

    def insert(self, table: str, columns: object, values: object) -> None:
        """Insert a row, or replace the one of the same key.

        Args:
            table: its name, with its keyspace if need be.
            columns: the names of columns, as `apitest.language.lists.names` reads them.
            values: as many values, as `apitest.language.lists.values` reads them; collections in brackets.

        Raises:
            BadValue: there is no such table or column, a value does not fit, or Cassandra refused it.
        """
        names = lists.names(columns)
        self._run(self._table(table).insert(names), lists.values(values, len(names)))

    def update(self, table: str, columns: object, values: object, criterion: Criterion) -> None:
        """Set columns of the row that a criterion names; the value of a counter is added. Raises as `insert`."""
        names = lists.names(columns)
        given = lists.values(values, len(names))
        statement = self._table(table).update(names, criterion)
        self._run(statement, [*given, *cassandra_tables.operands(criterion)])

    def delete(self, table: str, criterion: Criterion) -> None:
        """Delete the rows that a criterion names. Raises as `insert`."""
        self._run(self._table(table).delete(criterion), cassandra_tables.operands(criterion))

    def insert_csv(self, table: str, path: Path, *, header: bool | None = None) -> int:
        """Insert the rows of a CSV file; how many there were.

        Args:
            table: its name, with its keyspace if need be.
            path: the file; NULL and an empty field stand for no value.
            header: whether its first line names columns; None to find out: it does if one of them is known.

        Raises:
            BadValue: there is no such table, or the file does not fit it; then nothing was inserted.
        """
        described = self._table(table)
        with csv_files.opened(path) as csv:
            names, with_first = csv_files.names_in(csv, described.columns, header)
            statement = described.insert(names)
            prepared = self._prepare(statement)
            targets = [_target(marker) for marker in prepared.column_metadata]
            batches = csv.batches(targets, with_first=with_first)
            # There are no transactions: every field is looked at before the first row goes out.
            rows = [row for batch in batches for row in batch]
        with self._told(statement) as call:
            execute_concurrent_with_args(self._session, prepared, rows, concurrency=_CONCURRENT)
            call.result = len(rows)
        return len(rows)

    def _table(self, name: str) -> CassandraTable:
        if name not in self._tables:
            self._tables[name] = cassandra_tables.find(self._fetch, self._session.keyspace, name)
        return self._tables[name]

    def _keyspace(self, name: str) -> str:
        known = [str(row[0]) for row in self._fetch("SELECT keyspace_name FROM system_schema.keyspaces", ())]
        found = meant(name, known)
        if found is None:
            raise cassandra_tables.unknown_keyspace(name, known, self._tried)
        return str(found)

    def _fetch(self, statement: str, values: Sequence[object]) -> list[Row]:
        with self._translated(statement):
            return [tuple(row) for row in self._answer(statement, tuple(values) or None)]

    def _prepare(self, statement: str) -> Prepared:
        if statement not in self._prepared:
            with self._translated(statement):
                self._prepared[statement] = self._session.prepare(statement)
        return self._prepared[statement]

    def _run(self, statement: str, given: Sequence[ListItem | list[ListItem]]) -> None:
        prepared = self._prepare(statement)
        markers = prepared.column_metadata
        values = [_bound(marker, each) for marker, each in zip(markers, given, strict=True)]
        with self._told(statement, values) as call:
            self._answer(_ready(prepared, values, statement))
            call.result = True

    def _answer(self, statement: object, values: object = None) -> Result:
        return self._session.execute(statement, values, timeout=min(self.limit(), self._timeout))

    @contextmanager
    def _told(self, statement: str, values: Sequence[object] = ()) -> Iterator[Call]:
        with told(self.observe, Call(statement, values)) as call, self._translated(statement):
            yield call

    @contextmanager
    def _translated(self, statement: str) -> Iterator[None]:
        try:
            yield
        except cassandra_errors.FOREIGN as error:
            if missing := cassandra_errors.missing_table(error):
                known = cassandra_tables.names(self._fetch, self._session.keyspace)
                raise cassandra_tables.unknown_table(missing, known, statement) from None
            raise cassandra_errors.running(self._tried, statement, error) from None


def _ready(prepared: Prepared, values: list[object], statement: str) -> object:
    """The statement with its values, as the driver encodes them; it knows types of the user's own making."""
    try:
        return prepared.bind(values)
    except (TypeError, ValueError, LookupError, AttributeError, struct.error) as error:
        raise BadValue(f"The values do not fit the columns: {error}", statement) from None


def _bound(marker: Marker, given: ListItem | list[ListItem]) -> object:
    """The value for a marker; that of ``IN`` is a list of values of the column's type."""
    if isinstance(given, list):
        (item,) = marker.type.subtypes
        return [cql_types.bound(item, each, marker.name) for each in given]
    return cql_types.bound(marker.type, given, marker.name)


def _target(marker: Marker) -> Target:
    kind = marker.type
    is_text = kind.typename in {"text", "varchar", "ascii"}
    return Target(marker.name, lambda text: cql_types.convert(kind, ListItem(text)), cql_types.looks(kind), is_text)
