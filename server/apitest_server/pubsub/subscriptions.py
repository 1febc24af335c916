"""PURE  The subscriptions that a server knows of: those of each topic, and each by its key."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscription of an endpoint, or of one of its clients, to a topic.

    Attributes:
        id: its number.
        sub_key: what it is known by.
        topic_id: the topic.
        endpoint_id: the endpoint.
        endpoint_type: ``rest``, ``wsx`` or ``service``.
        client_id: which of the endpoint's clients; empty where it has one only.
        wrap_one_msg_in_list: whether the client wants a list also of one message.
        created: when it was made, in seconds since 1970.
    """

    id: int
    sub_key: str
    topic_id: int
    endpoint_id: int
    endpoint_type: str
    client_id: str = ""
    wrap_one_msg_in_list: bool = False
    created: float = 0.0


class Subscriptions:
    """Those that are known."""

    def __init__(self) -> None:
        self._by_client: dict[tuple[int, str], dict[str, Subscription]] = {}
        self._by_key: dict[str, Subscription] = {}
        self._by_topic: dict[int, dict[str, Subscription]] = {}

    def put(self, subscription: Subscription) -> None:
        """Adds one, or changes the one of this key."""
        self._by_key[subscription.sub_key] = subscription
        self._by_topic.setdefault(subscription.topic_id, {})[subscription.sub_key] = subscription
        client = subscription.endpoint_id, subscription.client_id
        self._by_client.setdefault(client, {})[subscription.sub_key] = subscription

    def remove(self, sub_key: str) -> Subscription | None:
        """Forgets one; returns what it was."""
        found = self._by_key.pop(sub_key, None)
        if found is not None:
            _drop(self._by_topic, found.topic_id, sub_key)
            _drop(self._by_client, (found.endpoint_id, found.client_id), sub_key)
        return found

    def get(self, sub_key: str) -> Subscription | None:
        """The one of a key."""
        return self._by_key.get(sub_key)

    def of_topic(self, topic_id: int) -> Collection[Subscription]:
        """Those to a topic."""
        return self._by_topic.get(topic_id, {}).values()

    def of_client(self, endpoint_id: int, client_id: str) -> list[Subscription]:
        """Those of a client of an endpoint."""
        return list(self._by_client.get((endpoint_id, client_id), {}).values())

    def where(self, condition: Callable[[Subscription], bool]) -> list[Subscription]:
        """Those for which a condition holds, in the order in which they were made."""
        return sorted((each for each in self._by_key.values() if condition(each)), key=lambda each: each.id)


def _drop(index: dict[K, dict[str, Subscription]], key: K, sub_key: str) -> None:
    del index[key][sub_key]
    if not index[key]:
        del index[key]
