"""Outgoing IBM MQ connections. This server has no driver for IBM MQ: ``self.out.jms_wmq`` says so."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, ObjectType, definition
from apitest_server.internal.jms_wmq.definitions import WMQ_DEFINITION
from apitest_server.service.elements import Bool

WMQ_OUTGOING = ObjectType(
    name="outgoing.jms-wmq",
    title="Outgoing IBM MQ connection",
    fields=(
        Field(Bool("is_active", default=True), about="Kept only: this server has no driver for IBM MQ"),
        definition(WMQ_DEFINITION),
        Field(Between("delivery_mode", 1, 2, default=2), about="2: messages outlive a restart of the queue manager"),
        Field(Between("priority", 0, 9, default=5)),
        Field(Between("expiration", 0, 2**31 - 1, default=0), about="In milliseconds; 0: none"),
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(WMQ_OUTGOING, __name__)


class Ping(crud.Ping):
    """Says that there is no driver for IBM MQ."""

    name = "zato.outgoing.jms-wmq.ping"
    object_type = WMQ_OUTGOING
