"""ZeroMQ channels: services that are called with the messages of a socket."""

from apitest_server.internal import crud
from apitest_server.internal.crud import RECEIVED_FIELDS, Field, ObjectType, OneOf, ServiceName, check_service
from apitest_server.internal.zmq._address import ADDRESS, METHOD, check_address
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Int, Text
from apitest_server.zmq.objects import ZMQ_KEY


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
        Field(ServiceName(), required=True, searched=True),
        Field(OneOf("data_format", "", "json"), about="json: a message is decoded"),
        *RECEIVED_FIELDS,
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(ZMQ_CHANNEL, __name__)


class GetStatus(crud.ChannelStatus):
    """Returns what a ZeroMQ channel is doing on the server that answers, and what has become of its messages."""

    name = "zato.channel.zmq.get-status"
    object_type = ZMQ_CHANNEL
    key = ZMQ_KEY

    class SimpleIO:
        """By ID or by name; messages are counted since the channel was created or changed, or the server started."""

        input_optional = crud.BY_ID_OR_NAME
        output_required = (Bool("is_connected"), "last_problem", Int("peers"), Int("handled"), Int("skipped"))
