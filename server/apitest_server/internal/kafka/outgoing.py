"""Outgoing Kafka connections: defined, tried and used."""

from apitest_server.errors import BadRequest, BrokerError
from apitest_server.internal import crud
from apitest_server.internal.crud import SENT_FIELDS, Between, Field, Generic, ObjectType, OneOf, connection_of
from apitest_server.internal.kafka._brokers import BROKERS, check_brokers, check_topic
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import AsIs, Bool, Dict, Int, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    check_brokers(fields)
    if fields.topic:
        check_topic(fields.topic)


KAFKA_OUTGOING = ObjectType(
    name="outgoing.kafka",
    title="Outgoing Kafka connection",
    fields=(
        Field(Bool("is_active", default=True)),
        *BROKERS,
        Field(Text("topic", default=""), searched=True, about="Of messages that are sent without one"),
        Field(Between("timeout", 1, 300, default=10), about="In seconds, until brokers have confirmed a message"),
        Field(OneOf("compression", "none", "gzip", "snappy", "lz4", "zstd")),
        *SENT_FIELDS,
    ),
    validate=_validate,
    generic=Generic(),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(KAFKA_OUTGOING, __name__)


class Ping(crud.Ping):
    """Asks the brokers of a connection whether they are there."""

    name = "zato.outgoing.kafka.ping"
    object_type = KAFKA_OUTGOING


class Publish(Service):
    """Sends a message through a connection, and answers once the brokers have it."""

    name = "zato.outgoing.kafka.publish"

    class SimpleIO:
        """By ID or by name; text is sent as it is, other data as JSON."""

        input_required = (AsIs("request_data"),)
        input_optional = (
            Int("id"), "name", Int("cluster_id"), Text("topic", default=""), Text("key"), Dict("headers"),
            Int("partition"),
        )  # fmt: skip
        output_required = (Bool("is_success"), "topic", Int("partition"), Int("offset"))

    def handle(self) -> None:
        """400 where they do not take it, 503 where they are away, and why."""
        given = self.request.input
        connection = connection_of(self.server, KAFKA_OUTGOING, given)
        try:
            sent = connection.send(given.request_data, given.topic, given.key, given.headers, given.partition)
        except BrokerError as error:
            raise BadRequest(error.problem) from None
        self.response.payload = {"is_success": True, **sent._asdict()}


class GetStatus(crud.ConnectionStatus):
    """Returns what an outgoing Kafka connection is doing, on the server that answers."""

    name = "zato.outgoing.kafka.get-status"
    object_type = KAFKA_OUTGOING
