"""PURE  What a server remembers of messages that it does not have any more: who published, and what has arrived."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from apitest_server.pubsub.message import Message

ARRIVALS = 20_000  # that are remembered


@dataclass(slots=True)
class Published:
    """What somebody has published to a topic since the server's start.

    Attributes:
        publisher: the name of an endpoint or service.
        count: how many messages.
        last_msg_id: the last one.
        last_pub_time: when that was, in seconds since 1970.
        last_has_gd: whether its delivery was guaranteed.
        ext_client_id: who the publisher said it was then.
    """

    publisher: str
    count: int = 0
    last_msg_id: str = ""
    last_pub_time: float = 0.0
    last_has_gd: bool = False
    ext_client_id: str = ""


class Record:
    """What one server has seen."""

    def __init__(self, arrivals: int = ARRIVALS) -> None:
        self._publishers: dict[int, dict[str, Published]] = {}
        self._arrived: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._most = arrivals

    def published(self, message: Message) -> None:
        """A message was published."""
        of_topic = self._publishers.setdefault(message.topic_id, {})
        found = of_topic.get(message.publisher)
        if found is None:
            found = of_topic[message.publisher] = Published(message.publisher)
        found.count += 1
        found.last_msg_id, found.last_pub_time = message.msg_id, message.pub_time
        found.last_has_gd, found.ext_client_id = message.has_gd, message.ext_client_id

    def arrived(self, sub_key: str, msg_ids: Iterable[str], now: float) -> None:
        """A subscriber has acknowledged messages."""
        for msg_id in msg_ids:
            self._arrived[sub_key, msg_id] = now
        while len(self._arrived) > self._most:
            self._arrived.popitem(last=False)

    def arrival(self, sub_key: str, msg_id: str) -> float | None:
        """When a subscriber acknowledged a message, as far as it is remembered."""
        return self._arrived.get((sub_key, msg_id))

    def arrivals(self, sub_key: str) -> list[tuple[str, float]]:
        """What a subscriber has acknowledged, and when, the latest first, as far as it is remembered."""
        return [(msg_id, when) for (key, msg_id), when in reversed(self._arrived.items()) if key == sub_key]

    def publishers(self, topic_id: int) -> list[Published]:
        """Who has published to a topic, the latest first."""
        return sorted(self._publishers.get(topic_id, {}).values(), key=lambda one: -one.last_pub_time)

    def topics(self, publisher: str) -> dict[int, Published]:
        """To which topics somebody has published."""
        return {number: found[publisher] for number, found in self._publishers.items() if publisher in found}

    def forget(self, topic_id: int) -> None:
        """A topic was deleted."""
        self._publishers.pop(topic_id, None)
