"""Opens AMQP: channels, whose services are called with the messages of queues, and outgoing connections."""

from apitest_server.amqp.objects import AMQP, AMQP_KEY, CHANNEL, DEFINITION, OUTGOING, DefinitionObjects, UserObjects
from apitest_server.invoke.invoker import INVOKER
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.outgoing import connections
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Consumes queues of brokers, and offers ``self.out.amqp`` to services; the driver is loaded when it is needed."""
    have = server.components
    patience = server.config.limits.shutdown_timeout
    have[AMQP_KEY] = amqp = AMQP(Pipeline(have[INVOKER]), lambda: server.name, patience, server.config.directory)
    have[connections.OUTGOING].add("amqp", amqp.connections)
    return Room(
        kinds={
            DEFINITION: lambda: DefinitionObjects(amqp),
            CHANNEL: lambda: UserObjects(amqp),
            OUTGOING: lambda: UserObjects(amqp),
        },
        start=amqp.start,
        close=amqp.close,
    )
