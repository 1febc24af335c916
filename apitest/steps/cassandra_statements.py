"""What runs the statements of the CQL sentences: in a step's text, its doc string or a file of the project."""

from apitest.clients.cassandra.client import find
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language.literals import integer
from apitest.steps.databases import one_statement
from apitest.steps.pasting import Pieces, hinting, in_doc_string, in_file, in_text
from apitest.tables import bound, cells, cql_script
from apitest.tables.rows import Rows


def execute(ctx: StepContext, cql: object, connection: object) -> None:
    """Runs statements one after the other, up to the first that is refused.

    Args:
        ctx: the step's context.
        cql: one statement, or several with semicolons between them, the names in it not replaced yet.
        connection: its name, or the connection itself.

    Raises:
        BadValue: there is no such connection, or no statement, or Cassandra refused one.
        Unreachable: the connection is lost; TimedOut: no answer came in time.
    """
    _execute(ctx, in_text(ctx, cql), connection)


def execute_text(ctx: StepContext, connection: object) -> None:
    """Runs the statements of the doc string. Raises as `execute`, or if there is none."""
    _execute(ctx, in_doc_string(ctx), connection)


def execute_file(ctx: StepContext, name: object, connection: object) -> None:
    """Runs the statements of a file. Raises as `execute`, or if there is no such file."""
    _execute(ctx, in_file(ctx, "cql", name), connection)


def query(ctx: StepContext, cql: object, connection: object, what: str = "The CQL of this step") -> Rows:
    """The rows that a statement returns. Raises as `execute`, and BadValue for what is not a query.

    Args:
        ctx: the step's context.
        cql: the statement, the names in it not replaced yet; a semicolon may end it.
        connection: its name, or the connection itself.
        what: where the statement is from, for errors.
    """
    return _query(ctx, in_text(ctx, cql), connection, what)


def text_query(ctx: StepContext, connection: object) -> Rows:
    """The rows that the statement in the doc string returns. Raises as `query`, or if there is no doc string."""
    return _query(ctx, in_doc_string(ctx), connection, "The CQL of this step")


def file_query(ctx: StepContext, name: str, connection: object) -> Rows:
    """The rows that the statement in a file returns. Raises as `query`, or BadValue if there is no such file."""
    return _query(ctx, in_file(ctx, "cql", name), connection, f"The file {name}")


def _execute(ctx: StepContext, pieces: Pieces, connection: object) -> None:
    statements = bound.statements(pieces, cql_script.statements, cql_script.tokens)
    if not statements:
        raise BadValue("There is no CQL statement to run", fix="Write one, such as TRUNCATE customers")
    for statement in statements:
        with hinting(statement):
            find(ctx.zato, connection).rows(statement)


def _query(ctx: StepContext, pieces: Pieces, connection: object, what: str) -> Rows:
    statement = one_statement(bound.statements(pieces, cql_script.statements, cql_script.tokens), what)
    with hinting(statement):
        found = find(ctx.zato, connection).rows(statement)
    if not found.columns:
        raise BadValue("The statement is not a query: it returns nothing", bound.shown(statement), "Write a SELECT.")
    return found


def row_at(found: Rows, idx: object) -> object:
    """A row of a result: its value, with its type, or its values as text with semicolons; "" if there are no rows.

    Raises:
        BadValue: the index is not an integer, or there are fewer rows.
    """
    place, count = integer(idx), len(found.rows)
    if not found.rows:
        return ""
    if not -count <= place < count:
        fix = f'Write an idx from "0" to "{count - 1}".'
        raise BadValue(f"The result has no row {place}: it has {count}", found.statement, fix)
    row = found.rows[place]
    return (
        cells.portable(row[0]) if len(row) == 1 else ";".join("" if each is None else cells.plain(each) for each in row)
    )
