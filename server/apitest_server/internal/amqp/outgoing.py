"""Outgoing AMQP connections: defined, tried and used."""

from apitest_server.errors import BadRequest, BrokerError
from apitest_server.internal import crud
from apitest_server.internal.amqp.definitions import AMQP_DEFINITION
from apitest_server.internal.crud import SENT_FIELDS, Between, Field, ObjectType, connection_of, definition
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Bool, Dict, Int, Text

AMQP_OUTGOING = ObjectType(
    name="outgoing.amqp",
    title="Outgoing AMQP connection",
    fields=(
        Field(Bool("is_active", default=True)),
        definition(AMQP_DEFINITION),
        Field(Between("delivery_mode", 1, 2, default=2), about="2: messages outlive a restart of the broker"),
        Field(Between("priority", 0, 255, default=0)),
        Field(Text("content_type", default="")),
        Field(Text("content_encoding", default="")),
        Field(Between("expiration", 0, 2**32 - 1, default=0), about="In milliseconds; 0: none"),
        Field(Text("user_id", default="")),
        Field(Text("app_id", default="")),
        Field(Between("pool_size", 1, 200, default=10)),
        *SENT_FIELDS,
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(AMQP_OUTGOING, __name__)


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


class GetStatus(crud.ConnectionStatus):
    """Returns what an outgoing AMQP connection is doing, on the server that answers."""

    name = "zato.outgoing.amqp.get-status"
    object_type = AMQP_OUTGOING
