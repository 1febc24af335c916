"""Cassandra queries: statements with names, prepared. Services use them as ``self.cassandra_query``."""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType, Reference
from apitest_server.internal.crud.of_definitions import Listed
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not fields.def_id:
        raise InputError("def_id", "is required: the ID of a Cassandra connection")
    if not fields.value.strip():
        raise InputError("value", "must be a statement of CQL")


CASSANDRA_QUERY = ObjectType(
    name="query.cassandra",
    title="Cassandra query",
    plural="Cassandra queries",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Reference("def_id"), required=True, refers_to=("definition.cassandra",)),
        Field(Text("value"), required=True, searched=True, about="CQL, with ? or :name for each parameter"),
    ),
    validate=_validate,
)


class Create(crud.Create):
    """Creates a Cassandra query; it is prepared when it is first used."""

    name = "zato.query.cassandra.create"
    object_type = CASSANDRA_QUERY


class Edit(crud.Edit):
    """Changes the given fields of a Cassandra query, at once; the others keep their values."""

    name = "zato.query.cassandra.edit"
    object_type = CASSANDRA_QUERY


class Delete(crud.Delete):
    """Deletes a Cassandra query."""

    name = "zato.query.cassandra.delete"
    object_type = CASSANDRA_QUERY


class GetList(Listed, crud.GetList):
    """Lists Cassandra queries by name; by page and search words."""

    name = "zato.query.cassandra.get-list"
    object_type = CASSANDRA_QUERY


class GetByID(Listed, crud.GetByID):
    """Returns a Cassandra query, found by its ID."""

    name = "zato.query.cassandra.get-by-id"
    object_type = CASSANDRA_QUERY


class GetByName(Listed, crud.GetByName):
    """Returns a Cassandra query, found by its name."""

    name = "zato.query.cassandra.get-by-name"
    object_type = CASSANDRA_QUERY
