"""Opens AMQP: channels, whose services are called with the messages of queues, and outgoing connections."""

from apitest_server.amqp.objects import AMQP, AMQP_KEY, CHANNEL, DEFINITION, OUTGOING, DefinitionObjects
from apitest_server.messaging.means import means_of
from apitest_server.messaging.objects import Objects
from apitest_server.outgoing import connections
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Consumes queues of brokers, and offers ``self.out.amqp`` to services; the driver is loaded when it is needed."""
    have = server.components
    have[AMQP_KEY] = amqp = AMQP(means_of(server))
    have[connections.OUTGOING].add("amqp", amqp.connections)
    return Room(
        kinds={
            DEFINITION: lambda: DefinitionObjects(amqp),
            CHANNEL: lambda: Objects(amqp),
            OUTGOING: lambda: Objects(amqp),
        },
        start=amqp.start,
        close=amqp.close,
    )
