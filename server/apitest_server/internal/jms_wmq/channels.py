"""IBM MQ channels: services for the messages of queues. This server has no driver for IBM MQ; none comes."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType, OneOf, ServiceName, check_service, definition
from apitest_server.internal.jms_wmq.definitions import WMQ_DEFINITION
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    check_service(server, fields)


WMQ_CHANNEL = ObjectType(
    name="channel.jms-wmq",
    title="IBM MQ channel",
    fields=(
        Field(Bool("is_active", default=True), about="Kept only: this server has no driver for IBM MQ"),
        definition(WMQ_DEFINITION),
        Field(Text("queue"), required=True, searched=True),
        Field(ServiceName(), required=True, searched=True),
        Field(OneOf("data_format", "", "json"), about="json: a message is decoded"),
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(WMQ_CHANNEL, __name__)
