"""What runs the statements of the SQL sentences: in a step's text, its doc string or a file of the project."""

from apitest.clients.sql.client import find
from apitest.context import StepContext
from apitest.steps.databases import one_statement
from apitest.steps.pasting import Pieces, hinting, in_doc_string, in_file, in_text
from apitest.tables import bound, sql_script
from apitest.tables.bound import Statement
from apitest.tables.rows import Rows

_NUMBERS = ("sqlite", "mysql", "mariadb")  # to them, the text "1" is not always the number


def query(ctx: StepContext, sql: object, connection: object, what: str = "The SQL of this step") -> Rows:
    """The rows that a statement returns.

    Args:
        ctx: the step's context.
        sql: the statement, the names in it not replaced yet; a semicolon may end it. A name alone is a statement.
        connection: its name, or the connection itself.
        what: where the statement is from, for errors.

    Raises:
        BadValue: there is no such connection, or the database refused the statement.
        Unreachable: the connection is lost; TimedOut: the database gave up waiting.
    """
    return _query(ctx, in_text(ctx, sql), connection, what)


def text_query(ctx: StepContext, connection: object) -> Rows:
    """The rows that the statement in the doc string returns. Raises as `query`, or if there is no doc string."""
    return _query(ctx, in_doc_string(ctx), connection, "The SQL of this step")


def file_query(ctx: StepContext, name: str, connection: object) -> Rows:
    """The rows that the statement in a file returns. Raises as `query`, or if there is no such file."""
    return _query(ctx, in_file(ctx, "sql", name), connection, f"The file {name}")


def execute(ctx: StepContext, sql: object, connection: object) -> None:
    """Runs statements one after the other, up to the first that is refused. Raises as `query`."""
    _execute(ctx, in_text(ctx, sql), connection)


def execute_text(ctx: StepContext, connection: object) -> None:
    """Runs the statements of the doc string. Raises as `query`, or if there is none."""
    _execute(ctx, in_doc_string(ctx), connection)


def execute_file(ctx: StepContext, name: str, connection: object) -> None:
    """Runs the statements of a file. Raises as `query`, or if there is no such file."""
    _execute(ctx, in_file(ctx, "sql", name), connection)


def _query(ctx: StepContext, pieces: Pieces, connection: object, what: str) -> Rows:
    database = find(ctx.zato, connection)
    statement = one_statement(_statements(pieces, database.dialect), what)
    with hinting(statement):
        return database.rows(statement)


def _execute(ctx: StepContext, pieces: Pieces, connection: object) -> None:
    database = find(ctx.zato, connection)
    for statement in _statements(pieces, database.dialect):
        with hinting(statement):
            database.execute(statement)


def _statements(pieces: Pieces, dialect: str) -> list[str | Statement]:
    is_one = not any(";" in piece for piece in pieces if isinstance(piece, str))

    def cut(text: str) -> list[str]:
        return [text] if is_one else sql_script.statements(text, dialect)

    return bound.statements(pieces, cut, lambda text: sql_script.tokens(text, dialect), dialect in _NUMBERS)
