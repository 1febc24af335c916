"""Outgoing ZeroMQ connections; services use them as ``self.out.zmq``."""

from apitest_server.internal import crud
from apitest_server.internal.crud import SENT_FIELDS, Field, ObjectType, OneOf, connection_of
from apitest_server.internal.zmq._address import ADDRESS, METHOD, check_address
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import AsIs, Bool, Int, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    check_address(fields)


ZMQ_OUTGOING = ObjectType(
    name="outgoing.zmq",
    title="Outgoing ZeroMQ connection",
    fields=(
        Field(Bool("is_active", default=True)),
        ADDRESS,
        Field(
            OneOf("socket_type", "PUSH", "PUB"), about="PUSH: one peer gets a message; PUB: all that subscribe to it"
        ),
        METHOD,
        *SENT_FIELDS,
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(ZMQ_OUTGOING, __name__)


class Publish(Service):
    """Sends a message through a connection, and answers once it is sent."""

    name = "zato.outgoing.zmq.publish"

    class SimpleIO:
        """By ID or by name; text is sent as it is, other data as JSON."""

        input_required = (AsIs("request_data"),)
        input_optional = (*crud.BY_ID_OR_NAME, Text("topic", default=""))
        output_required = (Bool("is_success"),)

    def handle(self) -> None:
        """``PUSH`` waits for a peer: 503 where none takes it, and why."""
        given = self.request.input
        connection_of(self.server, ZMQ_OUTGOING, given).send(given.request_data, given.topic)
        self.response.payload = {"is_success": True}


class GetStatus(crud.ConnectionStatus):
    """Returns what an outgoing ZeroMQ connection is doing, on the server that answers."""

    name = "zato.outgoing.zmq.get-status"
    object_type = ZMQ_OUTGOING

    class SimpleIO:
        """By ID or by name; it is connected where it has a peer."""

        input_optional = crud.BY_ID_OR_NAME
        output_required = (Bool("is_connected"), "last_problem", Int("peers"))
