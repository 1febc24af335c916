"""CSV files into tables: one statement for many rows at a time, all of the file or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Column as SQLColumn
from sqlalchemy import Connection, MetaData, Table, insert
from sqlalchemy.schema import CreateTable

from apitest.clients import sql_types
from apitest.clients.sql_tables import DescribedTable, targets_for
from apitest.columns import Column
from apitest.csv_table import CsvTable, Row, Target

BATCH_ROWS = 5_000


def new_table(name: str, schema: str | None, columns: Sequence[Column], dialect: str) -> Table:
    """A table that the database does not have yet, with a column for each declared one."""
    made = [SQLColumn(column.name, sql_types.created(column, dialect)) for column in columns]
    return Table(name, MetaData(), *made, schema=schema)


def create(connection: Connection, table: Table) -> None:
    """Create a table; one that is there already is the database's error."""
    connection.execute(CreateTable(table))


def columns_of(table: DescribedTable, csv: CsvTable) -> tuple[list[Target], bool]:
    """Where the fields of a file go, and whether its first line is a row.

    The first line is a header as soon as one of its fields is the name of a column. Without a header, the fields
    stand in the order of the table's columns.

    Raises:
        BadValue: the header names a column that the table does not have.
    """
    known = {name.casefold() for name in table.targets}
    fields = [field.strip().partition(":")[0].strip() for field in csv.first]
    if any(field.casefold() in known for field in fields):
        return targets_for(table, fields), False
    return list(table.targets.values()), True


def insert_rows(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Row]) -> int:
    """Insert rows in batches; how many there were."""
    statement, count = insert(table), 0
    for batch in _batches(rows):
        connection.execute(statement, [dict(zip(names, row, strict=True)) for row in batch])
        count += len(batch)
    return count


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH_ROWS)):
        yield batch
