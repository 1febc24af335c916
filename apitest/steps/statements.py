"""What runs the statements of the sentences: of SQL and of CQL, in a step's text, its doc string or a file."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from apitest.clients.cassandra import client as cassandra
from apitest.clients.sql import client as sql
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.steps.databases import one_statement
from apitest.steps.pasting import Pieces, hinting, in_doc_string, in_file, in_text
from apitest.tables import bound, cql_script, sql_script
from apitest.tables.bound import Statement
from apitest.tables.rows import Rows

_NUMBERS = ("sqlite", "mysql", "mariadb")  # to them, the text "1" is not always the number
_Any = str | Statement


class Session(NamedTuple):
    """An open connection, as statements need it.

    Attributes:
        cut: makes statements of a text.
        run: runs one; rows: runs one and has what it returns.
    """

    cut: Callable[[Pieces], Sequence[_Any]]
    run: Callable[[_Any], object]
    rows: Callable[[_Any], Rows]


class Language(NamedTuple):
    """A language of statements; its name in small letters is that of its files.

    Attributes:
        name: "SQL" or "CQL".
        session: that of a connection, given by its name or as it is.
    """

    name: str
    session: Callable[[StepContext, object], Session]

    def execute(self, ctx: StepContext, text: object, connection: object) -> None:
        """Runs statements one after the other, up to the first that is refused.

        Args:
            ctx: the step's context.
            text: one statement, or several with semicolons between them, the names in it not replaced yet; a name
                alone is a statement.
            connection: its name, or the connection itself.

        Raises:
            BadValue: there is no such connection, or no statement, or the database refused one.
            Unreachable: the connection is lost; TimedOut: no answer came in time.
        """
        self._execute(ctx, in_text(ctx, text), connection)

    def execute_text(self, ctx: StepContext, connection: object) -> None:
        """Runs the statements of the doc string. Raises as `execute`, or if there is none."""
        self._execute(ctx, in_doc_string(ctx), connection)

    def execute_file(self, ctx: StepContext, name: object, connection: object) -> None:
        """Runs the statements of a file. Raises as `execute`, or if there is no such file."""
        self._execute(ctx, in_file(ctx, self.name.lower(), name), connection)

    def query(self, ctx: StepContext, text: object, connection: object) -> Rows:
        """The rows that a statement returns. Raises as `execute`, and where there is not one statement."""
        return self._query(ctx, in_text(ctx, text), connection, f"The {self.name} of this step")

    def query_text(self, ctx: StepContext, connection: object) -> Rows:
        """The rows that the statement in the doc string returns. Raises as `query`, or if there is no doc string."""
        return self._query(ctx, in_doc_string(ctx), connection, f"The {self.name} of this step")

    def query_file(self, ctx: StepContext, name: object, connection: object) -> Rows:
        """The rows that the statement in a file returns. Raises as `query`, or if there is no such file."""
        return self._query(ctx, in_file(ctx, self.name.lower(), name), connection, f"The file {name}")

    def _execute(self, ctx: StepContext, pieces: Pieces, connection: object) -> None:
        session = self.session(ctx, connection)
        statements = session.cut(pieces)
        if not statements:
            raise BadValue(f"There is no {self.name} statement to run", fix="Write one, such as DELETE FROM orders")
        for statement in statements:
            with hinting(statement):
                session.run(statement)

    def _query(self, ctx: StepContext, pieces: Pieces, connection: object, what: str) -> Rows:
        session = self.session(ctx, connection)
        statement = one_statement(session.cut(pieces), what)
        with hinting(statement):
            return session.rows(statement)


def _sql(ctx: StepContext, connection: object) -> Session:
    database = sql.find(ctx.zato, connection)
    dialect = database.dialect

    def cut(pieces: Pieces) -> list[_Any]:
        is_one = not any(";" in piece for piece in pieces if isinstance(piece, str))
        split = (lambda text: [text]) if is_one else (lambda text: sql_script.statements(text, dialect))
        return bound.statements(pieces, split, lambda text: sql_script.tokens(text, dialect), dialect in _NUMBERS)

    return Session(cut, database.execute, database.rows)


def _cql(ctx: StepContext, connection: object) -> Session:
    database = cassandra.find(ctx.zato, connection)

    def cut(pieces: Pieces) -> list[_Any]:
        return bound.statements(pieces, cql_script.statements, cql_script.tokens)

    def rows(statement: _Any) -> Rows:
        found = database.rows(statement)
        if not found.columns:
            shown = bound.shown(statement)
            raise BadValue("The statement is not a query: it returns nothing", shown, "Write a SELECT.")
        return found

    return Session(cut, database.rows, rows)


SQL = Language("SQL", _sql)
CQL = Language("CQL", _cql)
