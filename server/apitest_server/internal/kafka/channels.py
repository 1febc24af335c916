"""Kafka channels: services that are called with the messages of topics."""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import (
    RECEIVED_FIELDS,
    Between,
    Field,
    Generic,
    ObjectType,
    OneOf,
    ServiceName,
    check_service,
)
from apitest_server.internal.kafka._brokers import BROKERS, check_brokers, check_topic
from apitest_server.kafka.objects import KAFKA_KEY
from apitest_server.kafka.place import topics_of
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    check_brokers(fields)
    topics = topics_of(fields.topic)
    if not topics:
        raise InputError("topic", "must not be empty")
    for topic in topics:
        check_topic(topic)
    check_service(server, fields)


KAFKA_CHANNEL = ObjectType(
    name="channel.kafka",
    title="Kafka channel",
    fields=(
        Field(Bool("is_active", default=True)),
        *BROKERS,
        Field(Text("topic"), required=True, searched=True, about="One, or several with commas between"),
        Field(Text("group_id", default=""), about="Of consumers; empty: the name of the channel"),
        Field(OneOf("start_from", "earliest", "latest"), about="What a new group begins with"),
        Field(ServiceName(), required=True, searched=True),
        Field(Between("pool_size", 1, 50, default=1), about="Consumers, each with one message at a time"),
        Field(OneOf("on_failure", "retry", "skip"), about="What becomes of a message whose service fails"),
        Field(OneOf("data_format", "", "json"), about="json: a message is decoded"),
        *RECEIVED_FIELDS,
    ),
    validate=_validate,
    generic=Generic(),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(KAFKA_CHANNEL, __name__)


class GetStatus(crud.ChannelStatus):
    """Returns what a Kafka channel is doing on the server that answers, and what has become of its messages."""

    name = "zato.channel.kafka.get-status"
    object_type = KAFKA_CHANNEL
    key = KAFKA_KEY
