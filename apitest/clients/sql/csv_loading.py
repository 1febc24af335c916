"""CSV files into tables: one statement for many rows at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Boolean, Connection, Dialect, MetaData, Table, insert
from sqlalchemy import Column as SQLColumn
from sqlalchemy.schema import CreateTable, DropTable

from apitest.clients import csv_files
from apitest.clients.sql import types as sql_types
from apitest.clients.sql.tables import DescribedTable, Tables
from apitest.expressions import expression
from apitest.language import lists
from apitest.tables import columns as declared_columns
from apitest.tables.csv import HEADER, CsvTable, Target

_BETWEEN_COLUMNS = expression(r",(?![^()]*\))")  # not the comma in decimal(10,2)

__all__ = ["HEADER", "Plan", "create", "drop", "existing", "insert_rows", "new"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which fields of a file go where.

    Attributes:
        table: the table that takes the rows.
        targets: its columns, in the order of the fields.
        with_first: whether the file's first line is a row.
    """

    table: Table
    targets: list[Target]
    with_first: bool


def new(tables: Tables, name: str, csv: CsvTable, layout: str, columns: object) -> Plan:
    """The plan for a new table; raises BadValue where the file declares no proper columns."""
    if columns is None:
        declared = csv.declared(layout)
    else:
        written = _BETWEEN_COLUMNS.split(columns) if isinstance(columns, str) else columns
        declared = [declared_columns.column(each) for each in lists.names(written)]
        declared_columns.check_names(declared, f"columns {columns}")
    schema, plain = tables.new_name(name)
    made = [SQLColumn(each.name, sql_types.created(each, tables.dialect)) for each in declared]
    described = DescribedTable(Table(plain, MetaData(), *made, schema=schema), tables.dialect)
    return Plan(described.table, list(described.targets.values()), columns is not None)


def existing(table: DescribedTable, csv: CsvTable, header: bool | None) -> Plan:
    """The plan for a table of the database.

    Raises:
        BadValue: the header names a column that the table does not have.
    """
    names, with_first = csv_files.names_in(csv, table.targets, header)
    return Plan(table.table, [table.targets[table.column(name)] for name in names], with_first)


def create(connection: Connection, plan: Plan) -> None:
    """Create the table; where there is one of its name, that is the database's error."""
    connection.execute(CreateTable(plan.table))


def drop(connection: Connection, plan: Plan) -> None:
    """Drop the table that `create` created."""
    connection.execute(DropTable(plan.table))


def insert_rows(connection: Connection, csv: CsvTable, plan: Plan) -> int:
    """Insert the rows of a file in batches, through the driver's own executemany; how many there were."""
    dialect, count = connection.dialect, 0
    names = [target.name for target in plan.targets]
    compiled = insert(plan.table).compile(dialect=dialect, column_keys=names)
    targets = [_processed(target, plan.table.columns[target.name].type, dialect) for target in plan.targets]
    # In marks such as %(id)s, SQLAlchemy writes other characters for those that the driver has a meaning for.
    keys = [compiled.escaped_bind_names.get(name, name) for name in names]
    order = [names.index(name) for name in compiled.positiontup or ()]
    for rows in csv.batches(targets, with_first=plan.with_first):
        if not order:
            parameters: Sequence[object] = [dict(zip(keys, row, strict=True)) for row in rows]
        else:  # as the statement names the columns, which is the order of the table
            parameters = rows if order == sorted(order) else [tuple([row[at] for at in order]) for row in rows]
        connection.exec_driver_sql(str(compiled), parameters)
        count += len(rows)
    return count


def _processed(target: Target, column_type: sql_types.ColumnType, dialect: Dialect) -> Target:
    """A target whose values are as the driver takes them, which is what SQLAlchemy does for each statement."""
    process: Callable[..., object] | None = column_type.dialect_impl(dialect).bind_processor(dialect)
    if process is None or isinstance(column_type, Boolean):  # every driver takes True and False as they are
        return target
    if dialect.name == "sqlite" and sql_types.kind_of(column_type) == "date":
        process = cast("Callable[..., object]", date.isoformat)  # the same text, ten times as quick
    convert = target.convert
    return target._replace(convert=lambda text: process(convert(text)))
