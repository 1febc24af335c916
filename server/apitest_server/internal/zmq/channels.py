"""ZeroMQ channels: services that are called with the messages of a socket."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType, OneOf, check_service
from apitest_server.internal.zmq._address import ADDRESS, METHOD, check_address
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    check_address(fields)
    check_service(server, fields)


ZMQ_CHANNEL = ObjectType(
    name="channel.zmq",
    title="ZeroMQ channel",
    fields=(
        Field(Bool("is_active", default=True)),
        ADDRESS,
        Field(OneOf("socket_type", "PULL", "SUB"), about="PULL: what peers push; SUB: what they publish"),
        METHOD,
        Field(Text("sub_key", default=""), about="What messages begin with that SUB takes; empty: all"),
        Field(Text("service"), required=True, searched=True),
        Field(OneOf("data_format", "", "json"), about="json: a message is decoded"),
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(ZMQ_CHANNEL, __name__)
