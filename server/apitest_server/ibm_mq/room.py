"""Opens IBM MQ: definitions, channels and outgoing connections are kept for clients; there is no driver for them."""

from apitest_server.ibm_mq.objects import CHANNEL, DEFINITION, OUTGOING, ChannelObjects, WMQConnections
from apitest_server.odb import StoredObject
from apitest_server.outgoing import connections
from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.objects import ConnectionObjects
from apitest_server.outgoing.without_driver import WMQConnection
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Offers ``self.out.jms_wmq``, which says that there is no driver."""
    have = server.components

    def made(item: StoredObject) -> WMQConnection:
        return WMQConnection(item, server.config.directory)

    definitions: Connections[WMQConnection] = Connections("IBM MQ definition")
    outgoing = WMQConnections("outgoing IBM MQ connection")
    have[connections.DEFINITIONS].add("jms_wmq", definitions)
    for name in ("jms_wmq", "ibm_mq"):  # The latter is what newer services say
        have[connections.OUTGOING].add(name, outgoing)
    return Room(
        kinds={
            DEFINITION: lambda: ConnectionObjects(definitions, made),
            CHANNEL: ChannelObjects,
            OUTGOING: lambda: ConnectionObjects(outgoing, made),
        }
    )
