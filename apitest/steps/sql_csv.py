"""Sentences that fill SQL tables from CSV files."""

from apitest.clients import files
from apitest.clients.sql.client import find
from apitest.context import StepContext
from apitest.language.registry import then
from apitest.tables.csv import HEADER, TYPED_HEADER, TYPES_BELOW


@then('I create SQL table "{tablename}" and insert data from csv "{filename}", using "{conn_name}"', since="1.1")
def create(ctx: StepContext, tablename: str, filename: str, conn_name: object) -> None:
    """Creates a table with the columns that the file's first line names, and inserts the rows below it, all or none.

    Columns hold text, unless the header states a type: id:integer, price:decimal(10,2), born:date. The file is one of
    the project, such as features/csv/request/orders.csv.

    Example:
        I create SQL table "orders" and insert data from csv "orders.csv", using "shop"
    """
    _create(ctx, tablename, filename, conn_name, HEADER)


@then(
    'I create SQL table "{tablename}" and insert data from csv "{filename}", using "{conn_name}"'
    " and names, data types from the header",
    since="1.1",
)
def create_typed(ctx: StepContext, tablename: str, filename: str, conn_name: object) -> None:
    """Creates a table from a file whose header states every column's name and type: id:integer,name:varchar(40).

    Types are integer, float, decimal, text, boolean, date, datetime, time, uuid, binary and json.

    Example:
        I create SQL table "a" and insert data from csv "a.csv", using "db" and names, data types from the header
    """
    _create(ctx, tablename, filename, conn_name, TYPED_HEADER)


@then(
    'I create SQL table "{tablename}" and insert data from csv "{filename}", using "{conn_name}",'
    " names from the header and data types from the line below",
    since="1.1",
)
def create_typed_below(ctx: StepContext, tablename: str, filename: str, conn_name: object) -> None:
    """Creates a table from a file whose first line names the columns and whose second one states their types.

    Example:
        I create SQL table "a" and insert data from csv "a.csv", using "db", names from the header and data types from the line below
    """  # noqa: E501 - a step is one line
    _create(ctx, tablename, filename, conn_name, TYPES_BELOW)


@then(
    'I create SQL table "{tablename}" with columns "{columns}" and insert data from csv "{filename}",'
    ' using "{conn_name}"'
)
def create_without_header(ctx: StepContext, tablename: str, columns: object, filename: str, conn_name: object) -> None:
    """Creates a table with these columns and inserts the rows of a file that has no header.

    Example:
        I create SQL table "orders" with columns "id:integer, name" and insert data from csv "rows.csv", using "shop"
    """
    path = files.data(ctx.zato, "csv", filename)
    find(ctx.zato, conn_name).create_table_from_csv(str(tablename), path, columns=columns)


@then('I insert data from csv "{filename}" to SQL table "{tablename}", using "{conn_name}"', since="1.1")
def insert(ctx: StepContext, filename: str, tablename: str, conn_name: object) -> None:
    """Inserts the rows of a file into a table, all or none of them.

    The first line names columns if one of the table's is in it; else it is a row, and fields are in the table's order.
    NULL stands for no value, and so does an empty field, except in a column of texts.

    Example:
        I insert data from csv "orders.csv" to SQL table "orders", using "shop"
    """
    find(ctx.zato, conn_name).insert_csv(str(tablename), files.data(ctx.zato, "csv", filename))


@then('I insert data from csv "{filename}" without header to SQL table "{tablename}", using "{conn_name}"')
def insert_without_header(ctx: StepContext, filename: str, tablename: str, conn_name: object) -> None:
    """Inserts the rows of a file without header, whatever its first line holds; fields are in the table's order.

    Example:
        I insert data from csv "rows.csv" without header to SQL table "orders", using "shop"
    """
    path = files.data(ctx.zato, "csv", filename)
    find(ctx.zato, conn_name).insert_csv(str(tablename), path, header=False)


def _create(ctx: StepContext, table: str, filename: str, connection: object, layout: str) -> None:
    path = files.data(ctx.zato, "csv", filename)
    find(ctx.zato, connection).create_table_from_csv(str(table), path, layout)
