"""Cassandra definitions: where nodes are, and who the server is there. Services use them as ``self.cassandra_conn``."""

from typing import TYPE_CHECKING

from apitest_server.errors import DatabaseError, InputError
from apitest_server.internal import crud
from apitest_server.internal._database_errors import told
from apitest_server.internal.crud import VERIFIED, Between, Field, ObjectType
from apitest_server.outgoing.cassandra_fields import contact_points
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text

if TYPE_CHECKING:
    from apitest_server.outgoing.cassandra import CassandraConnection


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not contact_points(fields.contact_points):
        raise InputError("contact_points", "must name at least one node")


CASSANDRA_DEFINITION = ObjectType(
    name="definition.cassandra",
    title="Cassandra connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("contact_points"), required=True, searched=True, about="Nodes, with commas between them"),
        Field(Between("port", 1, 65535, default=9042)),
        Field(Text("default_keyspace", default=""), searched=True, about="Empty: statements name theirs"),
        Field(Text("username", default=""), searched=True),
        Field(Text("password"), stored="encrypted"),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        Field(Between("exec_size", 1, 200, default=2), about="Threads of the driver, which keep connections up"),
        Field(Between("proto_version", 0, 5, default=0), about="Of the native protocol; 0: the newest that nodes know"),
        Field(Text("cql_version", default=""), about="Such as 3.4.7; empty: that of the nodes"),
        Field(Bool("use_tls", default=False)),
        *VERIFIED,
        Field(Text("client_cert", default=""), about="The path of a file with a certificate and its key"),
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(CASSANDRA_DEFINITION, __name__)


class Ping(crud.Ping):
    """Asks Cassandra whether it is there, and lets the connection in."""

    name = "zato.definition.cassandra.ping"
    object_type = CASSANDRA_DEFINITION

    def asked(self, connection: "CassandraConnection") -> str:
        """503 where it is not, and why."""
        try:
            return connection.ping()
        except DatabaseError as error:
            raise told(error) from None
