"""Opens Kafka: channels, whose services are called with the messages of topics, and outgoing connections."""

from apitest_server.kafka.objects import CHANNEL, KAFKA_KEY, OUTGOING, Kafka
from apitest_server.messaging.means import means_of
from apitest_server.messaging.objects import Objects
from apitest_server.outgoing import connections
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Consumes topics, and offers ``self.out.kafka`` to services; the driver is loaded when it is needed."""
    have = server.components
    have[KAFKA_KEY] = kafka = Kafka(means_of(server))
    have[connections.OUTGOING].add("kafka", kafka.connections)
    return Room(kinds=dict.fromkeys((CHANNEL, OUTGOING), lambda: Objects(kafka)), start=kafka.start, close=kafka.close)
