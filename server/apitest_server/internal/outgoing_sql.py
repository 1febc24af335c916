"""Outgoing SQL connections: defined, tried and used."""

from typing import TYPE_CHECKING, Any

from apitest_server.errors import DatabaseError, InputError
from apitest_server.internal import crud
from apitest_server.internal._database_errors import told
from apitest_server.internal.crud import Between, Field, ObjectType, OneOf, connection_of
from apitest_server.redaction import masked_text
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import AsIs, Bool, Int, List, Text

if TYPE_CHECKING:  # SQLAlchemy is loaded with the first connection, not with these services
    from apitest_server.outgoing.sql import SQLConnection

_MOST = 10_000
# What clients call engines with a driver that is not this server's
_ENGINES = {
    "postgresql+pg8000": "postgresql", "postgresql+psycopg2": "postgresql", "postgresql+psycopg": "postgresql",
    "mysql+pymysql": "mysql", "mysql+mysqldb": "mysql",
}  # fmt: skip


class Options(Text):
    """Options of a driver, one a line."""

    def parse(self, value: Any) -> str:
        """The text; which line is wrong is told, not what stands there."""
        text = super().parse(value)
        for number, line in enumerate(text.splitlines(), 1):
            name, equals, _ = line.partition("=")
            if line.strip() and not (equals and name.strip()):
                raise ValueError(f"must have lines such as sslmode=require, which line {number} is not")
        return text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if masked_text(fields.extra) != fields.extra:
        raise InputError("extra", "must not hold secrets: give them in the fields `password` and `secret_extra`")
    if fields.engine == "sqlite":
        if fields.db_name == ":memory:":
            raise InputError(
                "db_name", "must be the path of a file, each connection of a pool would have its own memory"
            )
        return
    if not fields.host:
        raise InputError("host", f"is required for {fields.engine}")


SQL = ObjectType(
    name="outgoing.sql",
    title="SQL connection",
    fields=(
        Field(OneOf("engine", "sqlite", "postgresql", "mysql", aliases=_ENGINES), required=True, filters=True),
        Field(Text("db_name"), required=True, searched=True, about="Of SQLite: the path of a file"),
        Field(Text("host", default=""), searched=True),
        Field(Between("port", 0, 65535, default=0), about="0: the usual one of the engine"),
        Field(Text("username", default="")),
        Field(Text("password"), stored="encrypted"),
        Field(Between("pool_size", 1, 200, default=5)),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        Field(Options("extra", default=""), about="Options of the driver, one a line, such as sslmode=require"),
        Field(Options("secret_extra"), stored="encrypted", about="Such options that are secret"),
        Field(Bool("is_active", default=True)),
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(SQL, __name__)


class Ping(crud.Ping):
    """Asks the database of a connection whether it is there."""

    name = "zato.outgoing.sql.ping"
    object_type = SQL

    def asked(self, connection: "SQLConnection") -> str:
        """503 where it does not answer, and why."""
        try:
            return connection.ping()
        except DatabaseError as error:
            raise told(error) from None


class Execute(Service):
    """Runs one statement in its own transaction; values are bound by name, as in ``WHERE id = :id``."""

    name = "zato.outgoing.sql.execute"

    class SimpleIO:
        """``params`` is an object, or a list of them to run the statement once for each."""

        input_required = ("statement",)
        input_optional = (
            Int("id"), "name", Int("cluster_id"), AsIs("params"), Between("max_rows", 1, _MOST, default=1000),
        )  # fmt: skip
        output_required = (List("columns"), List("rows"), Int("row_count"), Bool("is_truncated"))

    def handle(self) -> None:
        """400 where the database does not like the statement, and why."""
        given = self.request.input
        if not (given.params is None or _are_params(given.params)):
            raise InputError("params", "must be an object, or a list of objects")
        connection: SQLConnection = connection_of(self.server, SQL, given)
        try:
            found = connection.run(given.statement, given.params, given.max_rows)
        except DatabaseError as error:
            raise told(error) from None
        self.response.payload = found._asdict()


def _are_params(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(item, dict) for item in value))
