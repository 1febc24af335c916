"""What runs the statements of the SQL sentences: in a step's text, its doc string or a file of the project."""

from apitest.clients import files
from apitest.clients.sql.client import find
from apitest.context import StepContext
from apitest.steps.databases import one_statement
from apitest.tables import sql_script
from apitest.tables.rows import Rows


def query(ctx: StepContext, sql: object, connection: object, what: str = "The SQL of this step") -> Rows:
    """The rows that a statement returns.

    Args:
        ctx: the step's context.
        sql: the statement; a semicolon may end it.
        connection: its name, or the connection itself.
        what: where the statement is from, for errors.

    Raises:
        BadValue: there is no such connection, or the database refused the statement.
        Unreachable: the connection is lost; TimedOut: the database gave up waiting.
    """
    database, text = find(ctx.zato, connection), str(sql)
    if ";" in text:
        text = one_statement(sql_script.statements(text, database.dialect), what)
    return database.rows(text)


def file_query(ctx: StepContext, name: str, connection: object) -> Rows:
    """The rows that the statement in a file returns. Raises as `query`, or if there is no such file."""
    return query(ctx, _text(ctx, name), connection, f"The file {name}")


def execute(ctx: StepContext, sql: object, connection: object) -> None:
    """Runs statements one after the other, up to the first that is refused. Raises as `query`."""
    database, text = find(ctx.zato, connection), str(sql)
    for statement in sql_script.statements(text, database.dialect) if ";" in text else [text]:
        database.execute(statement)


def execute_file(ctx: StepContext, name: str, connection: object) -> None:
    """Runs the statements of a file. Raises as `query`, or if there is no such file."""
    execute(ctx, _text(ctx, name), connection)


def _text(ctx: StepContext, name: str) -> str:
    return ctx.zato.interpolate(files.read(files.data(ctx.zato, "sql", name)))
