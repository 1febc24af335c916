"""Kafka channels and outgoing connections of the ODB, in the running server."""

from apitest_server.components import Key
from apitest_server.kafka.channel import KafkaChannel
from apitest_server.kafka.driver import DRIVER
from apitest_server.kafka.outgoing import KafkaConnection, KafkaConnections
from apitest_server.kafka.place import place_of, topics_of
from apitest_server.messaging.delivery import Terms
from apitest_server.messaging.means import Means
from apitest_server.messaging.objects import Technology
from apitest_server.odb import StoredObject
from apitest_server.outgoing.tls import context

CHANNEL = "channel.kafka"
OUTGOING = "outgoing.kafka"


class Kafka(Technology[KafkaChannel, KafkaConnection]):
    """What a server has to do with Kafka, from its start to its end."""

    def __init__(self, means: Means) -> None:
        """Takes what the server gives."""
        super().__init__(CHANNEL, DRIVER, KafkaConnections("outgoing Kafka connection"), means)

    def check(self, item: StoredObject) -> None:
        """Refuses one whose authorities cannot be used, too."""
        super().check(item)
        if item.fields.get("use_tls"):
            context(item.fields, self.means.directory)

    def channel(self, item: StoredObject) -> KafkaChannel:
        """Consumers of topics."""
        place, get = place_of(item, self.means.directory), item.fields.get
        on_failure = get("on_failure", "retry")
        terms = Terms(item.name, get("service", ""), place.address, get("data_format", ""), on_failure)
        group = {"group.id": get("group_id", "") or item.name, "auto.offset.reset": get("start_from", "earliest")}
        topics, size = topics_of(get("topic", "")), get("pool_size", 1)
        return KafkaChannel(terms, place, self.means.pipeline, topics, group, size, self.client(item))

    def connection(self, item: StoredObject) -> KafkaConnection:
        """What services send through."""
        place, get = place_of(item, self.means.directory), item.fields.get
        more = get("topic", ""), get("timeout", 10), get("compression", "none")
        return KafkaConnection(item.name, place, *more, self.client(item), self.note(item))


KAFKA_KEY: Key[Kafka] = Key("kafka")
