"""ZeroMQ channels and outgoing connections of the ODB, in the running server."""

import asyncio
from typing import TYPE_CHECKING

from apitest_server.components import Key
from apitest_server.messaging.delivery import Terms
from apitest_server.messaging.means import Means
from apitest_server.messaging.objects import Technology
from apitest_server.odb import StoredObject
from apitest_server.zmq.channel import ZMQChannel
from apitest_server.zmq.driver import DRIVER
from apitest_server.zmq.outgoing import ZMQConnection, ZMQConnections
from apitest_server.zmq.place import place_of

if TYPE_CHECKING:
    from zmq.asyncio import Context as Sockets

CHANNEL = "channel.zmq"
OUTGOING = "outgoing.zmq"


class ZMQ(Technology[ZMQChannel, ZMQConnection]):
    """What a server has to do with ZeroMQ, from its start to its end."""

    def __init__(self, means: Means) -> None:
        """Takes what the server gives."""
        super().__init__(CHANNEL, DRIVER, ZMQConnections("outgoing ZeroMQ connection"), means)
        self._sockets: Sockets | None = None

    async def close(self) -> None:
        """The server has ended: services that were called end, too."""
        await super().close()
        if self._sockets is not None:
            await asyncio.to_thread(self._sockets.term)  # Waits for what was sent

    def channel(self, item: StoredObject) -> ZMQChannel:
        """A socket whose messages call a service."""
        place, get = place_of(item), item.fields.get
        terms = Terms(item.name, get("service", ""), place.address, get("data_format", ""))
        return ZMQChannel(terms, place, self.means.pipeline, self._context)

    def connection(self, item: StoredObject) -> ZMQConnection:
        """A socket that services send through."""
        return ZMQConnection(item.name, place_of(item), self._context, self.note(item))

    def _context(self) -> "Sockets":
        from zmq.asyncio import Context as Sockets

        if self._sockets is None:
            self._sockets = Sockets()
        return self._sockets


ZMQ_KEY: Key[ZMQ] = Key("zmq")
