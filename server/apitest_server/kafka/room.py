"""Opens Kafka: channels, whose services are called with the messages of topics, and outgoing connections."""

from apitest_server.invoke.invoker import INVOKER
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.kafka.objects import CHANNEL, KAFKA_KEY, OUTGOING, Kafka, KafkaObjects
from apitest_server.outgoing import connections
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Consumes topics, and offers ``self.out.kafka`` to services; the driver is loaded when it is needed."""
    have = server.components
    patience = server.config.limits.shutdown_timeout
    have[KAFKA_KEY] = kafka = Kafka(Pipeline(have[INVOKER]), lambda: server.name, patience, server.config.directory)
    have[connections.OUTGOING].add("kafka", kafka.connections)
    return Room(
        kinds=dict.fromkeys((CHANNEL, OUTGOING), lambda: KafkaObjects(kafka)),
        start=kafka.start,
        close=kafka.close,
    )
