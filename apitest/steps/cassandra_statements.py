"""What runs the statements of the CQL sentences: in a step's text, its doc string or a file of the project."""

from apitest.clients import files
from apitest.clients.cassandra.client import find
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language.literals import integer
from apitest.steps.databases import one_statement
from apitest.tables import cells, cql_script
from apitest.tables.rows import Rows


def execute(ctx: StepContext, cql: object, connection: object) -> None:
    """Runs statements one after the other, up to the first that is refused.

    Args:
        ctx: the step's context.
        cql: one statement, or several with semicolons between them.
        connection: its name, or the connection itself.

    Raises:
        BadValue: there is no such connection, or no statement, or Cassandra refused one.
        Unreachable: the connection is lost; TimedOut: no answer came in time.
    """
    statements = cql_script.statements(str(cql))
    if not statements:
        raise BadValue("There is no CQL statement to run", fix="Write one, such as TRUNCATE customers")
    for statement in statements:
        find(ctx.zato, connection).rows(statement)


def query(ctx: StepContext, cql: object, connection: object, what: str = "The CQL of this step") -> Rows:
    """The rows that a statement returns. Raises as `execute`, and BadValue for what is not a query.

    Args:
        ctx: the step's context.
        cql: the statement; a semicolon may end it.
        connection: its name, or the connection itself.
        what: where the statement is from, for errors.
    """
    statement = one_statement(cql_script.statements(str(cql)), what)
    found = find(ctx.zato, connection).rows(statement)
    if not found.columns:
        raise BadValue("The statement is not a query: it returns nothing", statement, "Write a SELECT.")
    return found


def file_query(ctx: StepContext, name: str, connection: object) -> Rows:
    """The rows that the statement in a file returns. Raises as `query`, or BadValue if there is no such file."""
    return query(ctx, text_of_file(ctx, name), connection, f"The file {name}")


def text_of_file(ctx: StepContext, name: str) -> str:
    """The text of a CQL file of the project, with the names in braces replaced.

    Raises:
        BadValue: there is no such file, or it is not text.
    """
    return ctx.zato.interpolate(files.read(files.data(ctx.zato, "cql", str(name))))


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
