"""Opens ZeroMQ: channels, whose services are called with the messages of sockets, and outgoing connections."""

from apitest_server.messaging.means import means_of
from apitest_server.messaging.objects import Objects
from apitest_server.outgoing import connections
from apitest_server.room import Host, Room
from apitest_server.zmq.objects import CHANNEL, OUTGOING, ZMQ, ZMQ_KEY


def open_room(server: Host) -> Room:
    """Receives messages, and offers ``self.out.zmq`` to services; the driver is loaded when it is needed."""
    have = server.components
    have[ZMQ_KEY] = zmq = ZMQ(means_of(server))
    have[connections.OUTGOING].add("zmq", zmq.connections)
    return Room(kinds=dict.fromkeys((CHANNEL, OUTGOING), lambda: Objects(zmq)), start=zmq.start, close=zmq.close)
