"""AMQP definitions, channels and outgoing connections of the ODB, in the running server."""

from apitest_server.amqp.broker import DRIVER, Broker, broker_of
from apitest_server.amqp.channel import AMQPChannel
from apitest_server.amqp.outgoing import AMQPConnection, AMQPConnections
from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable
from apitest_server.messaging.delivery import Terms
from apitest_server.messaging.means import Means
from apitest_server.messaging.objects import Technology
from apitest_server.messaging.user import User
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each

DEFINITION = "definition.amqp"
CHANNEL = "channel.amqp"
OUTGOING = "outgoing.amqp"
_PROPERTIES = (
    "delivery_mode", "priority", "content_type", "content_encoding", "expiration", "user_id", "app_id",
)  # fmt: skip


class AMQP(Technology[AMQPChannel, AMQPConnection]):
    """What a server has to do with AMQP, from its start to its end.

    Attributes:
        definitions: brokers by the IDs of their definitions.
    """

    def __init__(self, means: Means) -> None:
        """Takes what the server gives."""
        super().__init__(CHANNEL, DRIVER, AMQPConnections("outgoing AMQP connection"), means)
        self.definitions: dict[int, Broker] = {}
        self._items: dict[int, StoredObject] = {}

    def broker(self, number: int) -> Broker:
        """Where a definition leads.

        Raises:
            ServiceUnavailable: there is none with this ID.
        """
        found = self.definitions.get(number)
        if found is None:
            raise ServiceUnavailable(f"There is no AMQP definition with ID {number}")
        return found

    def define(self, item: StoredObject) -> None:
        """A definition is new or changed: those that use it connect anew."""
        with self.lock:
            broker = broker_of(item, self.means.directory)
            if self.definitions.get(item.id) != broker:
                self.definitions[item.id] = broker
                for one in [one for one in self._items.values() if one.fields["def_id"] == item.id]:
                    self.use(one)

    def forget(self, item: StoredObject) -> None:
        """A definition is gone; nothing uses it."""
        with self.lock:
            self.definitions.pop(item.id, None)

    def channel(self, item: StoredObject) -> AMQPChannel:
        """Consumers of a queue."""
        get, broker = item.fields.get, self._used(item)
        terms = Terms(
            name=item.name,
            service=get("service", ""),
            address=f"{broker.host}:{broker.port}",
            data_format=get("data_format", ""),
            on_failure="skip" if get("ack_mode", "ack") == "reject" else "retry",
        )
        tag = f"{get('consumer_tag_prefix', '') or item.name}.{self.means.server()}."
        size = get("pool_size", 1), get("prefetch_count", 1)
        return AMQPChannel(terms, get("queue", ""), broker, self.means.pipeline, tag[:200], size, self.client(item))

    def connection(self, item: StoredObject) -> AMQPConnection:
        """What services send through."""
        properties = {name: item.fields.get(name) or None for name in _PROPERTIES}
        size, broker = item.fields.get("pool_size", 1), self._used(item)
        return AMQPConnection(item.name, broker, properties, size, self.client(item), self.note(item))

    def _used(self, item: StoredObject) -> Broker:
        """The broker of a channel or connection, which connects anew when its definition changes."""
        broker = self.broker(item.fields["def_id"])
        self._items[item.id] = item
        return broker

    def _taken(self, item: StoredObject) -> User | None:
        self._items.pop(item.id, None)
        return super()._taken(item)


class DefinitionObjects(Each):
    """Makes definitions effective."""

    def __init__(self, amqp: AMQP) -> None:
        self._amqp = amqp

    def check(self, item: StoredObject) -> None:
        """Refuses one whose certificates cannot be used."""
        broker_of(item, self._amqp.means.directory).context()

    def put(self, item: StoredObject) -> None:
        """What uses it connects to where it leads now."""
        self._amqp.define(item)

    def remove(self, item: StoredObject) -> None:
        """Nothing uses it."""
        self._amqp.forget(item)


AMQP_KEY: Key[AMQP] = Key("amqp")
