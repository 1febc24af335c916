"""Cassandra queries: statements with names, prepared. Services use them as ``self.cassandra_query``."""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.cassandra.definitions import CASSANDRA_DEFINITION
from apitest_server.internal.crud import Field, ObjectType, definition
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not fields.value.strip():
        raise InputError("value", "must be a statement of CQL")


CASSANDRA_QUERY = ObjectType(
    name="query.cassandra",
    title="Cassandra query",
    plural="Cassandra queries",
    fields=(
        Field(Bool("is_active", default=True)),
        definition(CASSANDRA_DEFINITION),
        Field(Text("value"), required=True, searched=True, about="CQL, with ? or :name for each parameter"),
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(CASSANDRA_QUERY, __name__)
