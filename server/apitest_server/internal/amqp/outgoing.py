"""Outgoing AMQP connections: defined, tried and used."""

from apitest_server.errors import BadRequest, BrokerError, InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, ObjectType, Reference, connection_of
from apitest_server.internal.crud.of_definitions import Listed
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import AsIs, Bool, Dict, Int, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not fields.def_id:
        raise InputError("def_id", "is required: the ID of an AMQP definition")


AMQP_OUTGOING = ObjectType(
    name="outgoing.amqp",
    title="Outgoing AMQP connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Reference("def_id"), required=True, refers_to=("definition.amqp",)),
        Field(Between("delivery_mode", 1, 2, default=2), about="2: messages outlive a restart of the broker"),
        Field(Between("priority", 0, 255, default=0)),
        Field(Text("content_type", default="")),
        Field(Text("content_encoding", default="")),
        Field(Between("expiration", 0, 2**32 - 1, default=0), about="In milliseconds; 0: none"),
        Field(Text("user_id", default="")),
        Field(Text("app_id", default="")),
        Field(Between("pool_size", 1, 200, default=10)),
    ),
    validate=_validate,
)


class Create(crud.Create):
    """Creates an outgoing AMQP connection; it connects at once."""

    name = "zato.outgoing.amqp.create"
    object_type = AMQP_OUTGOING


class Edit(crud.Edit):
    """Changes the given fields of an outgoing AMQP connection, at once; the others keep their values."""

    name = "zato.outgoing.amqp.edit"
    object_type = AMQP_OUTGOING


class Delete(crud.Delete):
    """Deletes an outgoing AMQP connection, once what is being sent is confirmed."""

    name = "zato.outgoing.amqp.delete"
    object_type = AMQP_OUTGOING


class GetList(Listed, crud.GetList):
    """Lists outgoing AMQP connections by name; by page and search words."""

    name = "zato.outgoing.amqp.get-list"
    object_type = AMQP_OUTGOING


class GetByID(Listed, crud.GetByID):
    """Returns an outgoing AMQP connection, found by its ID."""

    name = "zato.outgoing.amqp.get-by-id"
    object_type = AMQP_OUTGOING


class GetByName(Listed, crud.GetByName):
    """Returns an outgoing AMQP connection, found by its name."""

    name = "zato.outgoing.amqp.get-by-name"
    object_type = AMQP_OUTGOING


class Ping(crud.Ping):
    """Asks the broker of a connection whether it is there."""

    name = "zato.outgoing.amqp.ping"
    object_type = AMQP_OUTGOING


class Publish(Service):
    """Sends a message through a connection, and answers once the broker has it."""

    name = "zato.outgoing.amqp.publish"

    class SimpleIO:
        """By ID or by name; text is sent as it is, other data as JSON. Without an exchange the key names a queue."""

        input_required = (AsIs("request_data"),)
        input_optional = (
            Int("id"), "name", Int("cluster_id"), Text("exchange", default=""), Text("routing_key", default=""),
            Dict("properties"), Dict("headers"), Bool("mandatory", default=False),
        )  # fmt: skip
        output_required = (Bool("is_success"),)

    def handle(self) -> None:
        """400 where the broker does not take it, 503 where it is away, and why."""
        given = self.request.input
        connection = connection_of(self.server, AMQP_OUTGOING, given)
        try:
            connection.send(
                given.request_data,
                given.exchange,
                given.routing_key,
                given.properties or {},
                given.headers or {},
                given.mandatory,
            )
        except BrokerError as error:
            raise BadRequest(error.problem) from None
        self.response.payload = {"is_success": True}


class GetStatus(Service):
    """Returns what an outgoing AMQP connection is doing, on the server that answers."""

    name = "zato.outgoing.amqp.get-status"

    class SimpleIO:
        """By ID or by name; ``in_flight`` messages are not confirmed yet."""

        input_optional = (Int("id"), "name", Int("cluster_id"))
        output_required = (Bool("is_connected"), "last_problem", Int("in_flight"))

    async def handle(self) -> None:
        """Why it is not connected, if it is not."""
        self.response.payload = connection_of(self.server, AMQP_OUTGOING, self.request.input).status()
