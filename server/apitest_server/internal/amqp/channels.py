"""AMQP channels: services that are called with the messages of a queue."""

from apitest_server.amqp.objects import AMQP_KEY
from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.amqp.definitions import AMQP_DEFINITION
from apitest_server.internal.crud import (
    RECEIVED_FIELDS,
    Between,
    Field,
    ObjectType,
    OneOf,
    ServiceName,
    check_service,
    definition,
)
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Int, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not fields.queue:
        raise InputError("queue", "must not be empty")
    check_service(server, fields)


AMQP_CHANNEL = ObjectType(
    name="channel.amqp",
    title="AMQP channel",
    fields=(
        Field(Bool("is_active", default=True)),
        definition(AMQP_DEFINITION),
        Field(Text("queue"), required=True, searched=True),
        Field(ServiceName(), required=True, searched=True),
        Field(Text("consumer_tag_prefix", default="")),
        Field(Between("pool_size", 1, 200, default=1), about="Consumers, each with one message at a time"),
        Field(Between("prefetch_count", 1, 65_535, default=1), about="Messages that each consumer may hold"),
        Field(OneOf("ack_mode", "ack", "reject")),
        Field(OneOf("data_format", "", "json"), about="json: a message is decoded"),
        *RECEIVED_FIELDS,
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(AMQP_CHANNEL, __name__)


class GetStatus(crud.ChannelStatus):
    """Returns what an AMQP channel is doing on the server that answers, and what has become of its messages."""

    name = "zato.channel.amqp.get-status"
    object_type = AMQP_CHANNEL
    key = AMQP_KEY

    class SimpleIO:
        """By ID or by name; messages are counted since the channel was created or changed, or the server started."""

        input_optional = crud.BY_ID_OR_NAME
        output_required = (
            Bool("is_connected"), "last_problem", Int("acknowledged"), Int("rejected"), Int("requeued"),
        )  # fmt: skip
