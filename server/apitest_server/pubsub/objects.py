"""Topics and endpoints of the ODB in the running server: put into the broker's directories."""

from dataclasses import fields

from apitest_server.errors import AsBadRequest
from apitest_server.odb.live import Each
from apitest_server.odb.stored import StoredObject
from apitest_server.pubsub.broker import Broker
from apitest_server.pubsub.directory import Endpoint, Topic
from apitest_server.pubsub.topics import checked_name, permissions
from apitest_server.security.groups import Group
from apitest_server.security.objects import SecurityObjects

_OF_TOPICS = {field.name for field in fields(Topic)}


class TopicObjects(Each):
    """Objects of the kind ``pubsub.topic``."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def check(self, item: StoredObject) -> None:
        """Refuses a name that no topic can have.

        Raises:
            BadRequest: what is wrong with it.
        """
        with AsBadRequest():
            checked_name(item.name)

    def put(self, item: StoredObject) -> None:
        """The topic can be published and subscribed to."""
        known = {name: value for name, value in item.fields.items() if name in _OF_TOPICS}
        self._broker.topics.put(Topic(id=item.id, name=item.name, **known))

    def remove(self, item: StoredObject) -> None:
        """It is gone, with its messages and subscriptions."""
        self._broker.topics.remove(item.id)


class EndpointObjects(Each):
    """Objects of the kind ``pubsub.endpoint``; those of REST are known by their credentials."""

    def __init__(self, broker: Broker, callers: Group, security: SecurityObjects) -> None:
        self._broker = broker
        self._callers = callers
        self._security = security

    def check(self, item: StoredObject) -> None:
        """Refuses patterns that cannot be used.

        Raises:
            BadRequest: what is wrong with them.
        """
        with AsBadRequest():
            permissions(item.fields["topic_patterns"])

    def put(self, item: StoredObject) -> None:
        """The endpoint may do what it says."""
        fields = dict(item.fields)
        del fields["tags"]
        with AsBadRequest():
            allowed = permissions(fields.pop("topic_patterns"))
        self._broker.endpoints.put(Endpoint(id=item.id, name=item.name, permissions=allowed, **fields))
        if item.fields["security_id"]:
            self._callers.put(item.id, item.name, self._security.key(item.fields["security_id"]))
        else:
            self._callers.remove(item.id)

    def remove(self, item: StoredObject) -> None:
        """It is gone, with its subscriptions."""
        self._callers.remove(item.id)
        self._broker.endpoints.remove(item.id)
