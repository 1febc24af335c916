"""Sentences that run CQL, store what it returns, and change the rows of tables."""

from apitest.clients import files
from apitest.clients.cassandra.client import find
from apitest.context import StepContext
from apitest.language.registry import given, then
from apitest.steps import databases
from apitest.steps.databases import row_at, store_rows
from apitest.steps.statements import CQL
from apitest.steps.variables import store


@given('CQL "{cql}" is executed, using "{conn_name}"', raw=("cql",))
def execute_cql(ctx: StepContext, cql: object, conn_name: object) -> None:
    """Runs a statement, or several with semicolons between them.

    Example:
        CQL "TRUNCATE customers" is executed, using "shop"
    """
    CQL.execute(ctx, cql, conn_name)


@given('CQL is executed, using "{conn_name}"')
def execute_text(ctx: StepContext, conn_name: object) -> None:
    '''Runs the statements of the doc string, one after the other.

    Example:
        CQL is executed, using "shop"
          """
          CREATE TABLE IF NOT EXISTS customers (id int PRIMARY KEY, name text);
          INSERT INTO customers (id, name) VALUES (1, 'Maria');
          """
    '''
    CQL.execute_text(ctx, conn_name)


@given('CQL file "{filename}" is executed, using "{conn_name}"')
def execute_file(ctx: StepContext, filename: str, conn_name: object) -> None:
    """Runs the statements of a file of the project, such as features/cql/request/schema.cql; #{names} are values.

    Example:
        CQL file "schema.cql" is executed, using "shop"
    """
    CQL.execute_file(ctx, filename, conn_name)


@given('I store CQL query result "{cql}" under "{name}", using "{conn_name}"', since="1.1", raw=("cql",))
def store_result(ctx: StepContext, cql: object, name: str, conn_name: object) -> None:
    """Stores what a query returns: the value, where it is one row of one column, else the list of its rows.

    A decimal is stored as a number, a date or UUID as its text, so that they can be compared with a response.

    Example:
        I store CQL query result "SELECT name FROM customers WHERE id = 1" under "name", using "shop"
    """
    store_rows(ctx, name, CQL.query(ctx, cql, conn_name))


@given('I store CQL query result "{cql}" under "{name}", using "{conn_name}", idx "{idx}"', since="1.4", raw=("cql",))
def store_row(ctx: StepContext, cql: object, name: str, conn_name: object, idx: object) -> None:
    """Stores a row of a result; idx "0" is the first, "-1" the last.

    Of a row with one column that is its value, with its type; of a longer row, the text of its values with semicolons
    between them. Where there are no rows at all, it is an empty text.

    Example:
        I store CQL query result "SELECT id, name FROM customers" under "first", using "shop", idx "0"
    """
    store(ctx, name, row_at(CQL.query(ctx, cql, conn_name), idx))


@given('I store CQL query result under "{name}", using "{conn_name}"')
def store_result_of_text(ctx: StepContext, name: str, conn_name: object) -> None:
    '''Stores what the query in the doc string returns: a single value, or the list of its rows.

    Example:
        I store CQL query result under "name", using "shop"
          """
          SELECT name
          FROM customers
          WHERE id = #{customer_id}
          """
    '''
    store_rows(ctx, name, CQL.query_text(ctx, conn_name))


@given('I store CQL file "{filename}" query result under "{name}", using "{conn_name}"')
def store_result_of_file(ctx: StepContext, filename: str, name: str, conn_name: object) -> None:
    """Stores what the query in a file of the project, such as features/cql/request/customers.cql, returns.

    Example:
        I store CQL file "customers.cql" query result under "customers", using "shop"
    """
    store_rows(ctx, name, CQL.query_file(ctx, filename, conn_name))


@given('I insert data from CSV "{filename}" to Cassandra table "{tablename}", using "{conn_name}"', since="1.1")
def insert_csv(ctx: StepContext, filename: str, tablename: str, conn_name: object) -> None:
    """Inserts the rows of a file, whose first line names the columns; none of them, if one does not fit.

    The file is found as features/csv/request/customers.csv, or by its path below the directory of the features.
    Fields are read by the types of their columns; NULL outside quotes stands for no value.

    Example:
        I insert data from CSV "customers.csv" to Cassandra table "customers", using "shop"
    """
    path = files.data(ctx.zato, "csv", filename)
    find(ctx.zato, conn_name).insert_csv(str(tablename), path)


@then(
    'I insert "{values}" into "{columns}" of Cassandra table "{tablename}", using "{conn_name}"',
    since="1.1",
    raw=("values",),
)
def insert(ctx: StepContext, values: str, columns: object, tablename: str, conn_name: object) -> None:
    """Inserts a row, or replaces the one of the same key. Commas separate the values; NULL stands for no value.

    Values are bound, whatever they hold, and read by the types of their columns: lists, sets, maps, tuples ….

    Example:
        I insert "1, 'Lee, Ann', {'a', 'b'}" into "id, name, tags" of Cassandra table "customers", using "shop"
    """
    row = databases.values(ctx, values, columns)
    find(ctx.zato, conn_name).insert(str(tablename), columns, row)


@then(
    'I update "{columns}" of Cassandra table "{tablename}" set "{values}" filter by "{where}", using "{conn_name}"',
    since="1.1",
    raw=("values", "where"),
)
def update(ctx: StepContext, columns: object, tablename: str, values: str, where: str, conn_name: object) -> None:
    """Sets columns of the row whose key a condition or a stored filter states; a counter is added to.

    Example:
        I update "name" of Cassandra table "customers" set "Anna" filter by "id = 1", using "shop"
    """
    row, found = databases.values(ctx, values, columns), databases.criterion(ctx, where)
    find(ctx.zato, conn_name).update(str(tablename), columns, row, found)


@then('I delete from Cassandra table "{tablename}" where "{where}", using "{conn_name}"', since="1.1", raw=("where",))
def delete(ctx: StepContext, tablename: str, where: str, conn_name: object) -> None:
    """Deletes the rows whose key a condition or a stored filter states.

    Example:
        I delete from Cassandra table "customers" where "id = 1", using "shop"
    """
    found = databases.criterion(ctx, where)
    find(ctx.zato, conn_name).delete(str(tablename), found)
