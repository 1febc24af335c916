"""Sentences that open, use and close connections to SQL databases."""

from apitest.clients import connections
from apitest.clients.sql import client as sql_connections
from apitest.clients.sql.client import find
from apitest.context import StepContext
from apitest.language.registry import given, then
from apitest.steps import databases
from apitest.steps.statements import SQL


@given('I connect to "{sqlalchemy_url}" as "{conn_name}"', since="1.1")
def connect(ctx: StepContext, sqlalchemy_url: str, conn_name: str) -> None:
    """Connects to an SQL database for the rest of the feature.

    The URL is SQLAlchemy's: sqlite:///shop.db, postgresql://user:password@host/database, mysql://…, or that of any
    other database whose SQLAlchemy driver is installed. Its password is redacted in all output. Other sentences call
    the connection "name" or "#name".

    Example:
        I connect to "$SHOP_DATABASE" as "shop"
    """
    sql_connections.connect(ctx.zato, sqlalchemy_url, conn_name)


@then('I disconnect from SQL "{conn_name}"', since="1.1")
def disconnect(ctx: StepContext, conn_name: object) -> None:
    """Closes a connection; a transaction that was not committed is rolled back.

    Example:
        I disconnect from SQL "shop"
    """
    connections.close(ctx.zato, sql_connections.KIND, conn_name)


@given('I store "{sql}" query result under "{name}", using "{conn_name}"', since="1.1", raw=("sql",))
def store_result(ctx: StepContext, sql: object, name: str, conn_name: object) -> None:
    """Stores what a query returns: the value, where it is one row of one column, else the list of its rows.

    A decimal is stored as a number, a date or UUID as its text, so that they can be compared with a response.

    Example:
        I store "SELECT count(*) FROM orders" query result under "orders", using "shop"
    """
    databases.store_rows(ctx, name, SQL.query(ctx, sql, conn_name))


@given('I store SQL query result under "{name}", using "{conn_name}"')
def store_result_of_text(ctx: StepContext, name: str, conn_name: object) -> None:
    '''Stores what the query in the doc string returns: a single value, or the list of its rows.

    Example:
        I store SQL query result under "orders", using "shop"
          """
          SELECT count(*) FROM orders
          WHERE customer = #{customer_id}
          """
    '''
    databases.store_rows(ctx, name, SQL.query_text(ctx, conn_name))


@given('I store SQL file "{filename}" query result under "{name}", using "{conn_name}"')
def store_result_of_file(ctx: StepContext, filename: str, name: str, conn_name: object) -> None:
    """Stores what the query in a file of the project, such as features/sql/request/orders.sql, returns.

    Example:
        I store SQL file "orders.sql" query result under "orders", using "shop"
    """
    databases.store_rows(ctx, name, SQL.query_file(ctx, filename, conn_name))


@given('SQL "{sql}" is executed, using "{conn_name}"', raw=("sql",))
def execute_sql(ctx: StepContext, sql: object, conn_name: object) -> None:
    """Runs a statement, or several with semicolons between them.

    Example:
        SQL "DELETE FROM orders WHERE total = 0" is executed, using "shop"
    """
    SQL.execute(ctx, sql, conn_name)


@given('SQL is executed, using "{conn_name}"')
def execute_text(ctx: StepContext, conn_name: object) -> None:
    '''Runs the statements of the doc string, one after the other.

    Example:
        SQL is executed, using "shop"
          """
          CREATE TABLE orders (id INTEGER PRIMARY KEY, total NUMERIC(10, 2));
          INSERT INTO orders VALUES (1, 19.90);
          """
    '''
    SQL.execute_text(ctx, conn_name)


@given('SQL file "{filename}" is executed, using "{conn_name}"')
def execute_sql_file(ctx: StepContext, filename: str, conn_name: object) -> None:
    """Runs the statements of a file of the project, such as features/sql/request/tables.sql; #{names} are values.

    Example:
        SQL file "tables.sql" is executed, using "shop"
    """
    SQL.execute_file(ctx, filename, conn_name)


@given('I begin an SQL transaction, using "{conn_name}"')
def begin(ctx: StepContext, conn_name: object) -> None:
    """Begins a transaction. What it has not committed at the end of the scenario is rolled back.

    Example:
        I begin an SQL transaction, using "shop"
    """
    sql_connections.begin(ctx.zato, conn_name)


@then('I commit the SQL transaction, using "{conn_name}"')
def commit(ctx: StepContext, conn_name: object) -> None:
    """Commits the transaction.

    Example:
        I commit the SQL transaction, using "shop"
    """
    find(ctx.zato, conn_name).commit()


@then('I roll back the SQL transaction, using "{conn_name}"')
def roll_back(ctx: StepContext, conn_name: object) -> None:
    """Rolls the transaction back.

    Example:
        I roll back the SQL transaction, using "shop"
    """
    find(ctx.zato, conn_name).rollback()


@then(
    'I insert "{values}" into "{columns}" of SQL table "{tablename}", using "{conn_name}"', since="1.1", raw=("values",)
)
def insert(ctx: StepContext, values: str, columns: object, tablename: str, conn_name: object) -> None:
    """Inserts a row. Commas separate the values; one that holds a comma stands in quotes, and NULL for no value.

    Values are bound, whatever they hold, and made what their columns take: numbers, dates, booleans ….

    Example:
        I insert "1, 'Lee, Ann', 19.90, NULL" into "id, name, total, paid" of SQL table "orders", using "shop"
    """
    find(ctx.zato, conn_name).insert(str(tablename), columns, databases.values(ctx, values, columns))


@then(
    'I update "{columns}" of SQL table "{tablename}" set "{values}" filter by "{where}", using "{conn_name}"',
    since="1.1",
    raw=("values", "where"),
)
def update(ctx: StepContext, columns: object, tablename: str, values: str, where: str, conn_name: object) -> None:
    """Sets columns of the rows that a condition or a stored filter selects.

    Example:
        I update "total, paid" of SQL table "orders" set "0, true" filter by "id = 1", using "shop"
    """
    rows = databases.criterion(ctx, where)
    find(ctx.zato, conn_name).update(str(tablename), columns, databases.values(ctx, values, columns), rows)


@then('I delete from SQL table "{tablename}" where "{where}", using "{conn_name}"', since="1.1", raw=("where",))
def delete(ctx: StepContext, tablename: str, where: str, conn_name: object) -> None:
    """Deletes the rows that a condition or a stored filter selects.

    Conditions compare with =, !=, <, <=, >, >=, like, in, is null, and are joined by and, or.

    Example:
        I delete from SQL table "orders" where "total < 10 and name like 'L%'", using "shop"
    """
    find(ctx.zato, conn_name).delete(str(tablename), databases.criterion(ctx, where))
