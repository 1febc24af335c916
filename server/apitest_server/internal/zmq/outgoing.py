"""Outgoing ZeroMQ connections; services use them as ``self.out.zmq``."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType, OneOf
from apitest_server.internal.zmq._address import ADDRESS, METHOD, check_address
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool


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
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(ZMQ_OUTGOING, __name__)
