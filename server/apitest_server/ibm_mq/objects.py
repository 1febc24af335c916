"""IBM MQ objects of the ODB in the running server, which has no driver for IBM MQ."""

from logging import getLogger
from typing import NoReturn

from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.without_driver import WMQConnection

CHANNEL = "channel.jms-wmq"
DEFINITION = "definition.jms-wmq"
OUTGOING = "outgoing.jms-wmq"
logger = getLogger("apitest.ibm_mq")


class WMQConnections(Connections[WMQConnection]):
    """``self.out.jms_wmq``: the outgoing connections by name, and a short way to send."""

    def send(self, data: object, name: str, queue: str = "", **options: object) -> NoReturn:
        """Looks for the connection of a name, which says that there is no driver.

        Raises:
            ServerError: there is no such connection.
            ServiceUnavailable: there is one.
        """
        self[name].send(data, queue, **options)


class ChannelObjects(Each):
    """Channels, none of which gets a message."""

    def put(self, item: StoredObject) -> None:
        """Tells the log of one that is active, so that nobody waits for its messages."""
        if item.fields.get("is_active", True):
            logger.warning("IBM MQ channel `%s` gets no messages: this server has no driver for IBM MQ", item.name)

    def remove(self, item: StoredObject) -> None:
        """There is nothing to stop."""
