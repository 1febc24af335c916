"""PURE  Messages without guaranteed delivery, in the memory of the server that took them."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from apitest_server.pubsub.directory import Topic, full
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.queue import Basket, Entry, Portion, Queue


class Held:
    """What one topic holds. Times are in seconds.

    Attributes:
        messages: by their ID, the oldest first.
        queues: of the subscriptions that something has ever waited for.
    """

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.queues: dict[str, Queue] = {}
        self._left: dict[str, int] = {}  # In how many queues a message is; none of what waits for the first subscriber

    def add(self, message: Message, sub_keys: Sequence[str]) -> None:
        """Takes a message for these subscriptions; for the first to come, if there are none."""
        self.messages[message.msg_id] = message
        if sub_keys:
            self._left[message.msg_id] = len(sub_keys)
        for sub_key in sub_keys:
            self.queue(sub_key).add(message)

    def adopt(self, message: Message) -> None:
        """Takes a message for one subscriber that another server had; one that is here already stays as it is."""
        queue = self.queue(message.sub_key)
        if queue.entry(message.msg_id) is None:
            plain = replace(message, sub_key="", delivery_count=0)
            self.messages.setdefault(message.msg_id, plain)
            self._left[message.msg_id] = self._left.get(message.msg_id, 0) + 1
            queue.add(plain, message.delivery_count)

    def subscribe(self, sub_key: str) -> None:
        """Gives a subscription what was kept for the first one."""
        for message in self.messages.values():
            if message.msg_id not in self._left:
                self._left[message.msg_id] = 1
                self.queue(sub_key).add(message)

    def confirm(self, sub_key: str, msg_ids: Iterable[str]) -> list[str]:
        """Messages have left a queue: those that no other one has are let go of. Returns the IDs of those it had."""
        gone = [message.msg_id for message in self.queue(sub_key).confirm(msg_ids)]
        for msg_id in gone:
            self._left[msg_id] -= 1
            if not self._left[msg_id]:
                del self._left[msg_id], self.messages[msg_id]
        return gone

    def delete(self, msg_ids: Iterable[str]) -> list[str]:
        """Lets go of messages, whoever waits for them; returns the IDs of those that there were."""
        gone = [msg_id for msg_id in msg_ids if self.messages.pop(msg_id, None) is not None]
        for msg_id in gone:
            self._left.pop(msg_id, None)
        for queue in self.queues.values():
            queue.confirm(gone)
        return gone

    def expire(self, now: float) -> list[str]:
        """Lets go of messages whose time is over; returns their IDs."""
        return self.delete([each.msg_id for each in self.messages.values() if each.expires_at <= now])

    def replace(self, message: Message) -> None:
        """Puts a changed message in the place of what it was."""
        self.messages[message.msg_id] = message
        for queue in self.queues.values():
            queue.replace(message)

    def queue(self, sub_key: str) -> Queue:
        """The queue of a subscription."""
        found = self.queues.get(sub_key)
        if found is None:
            found = self.queues[sub_key] = Queue()
        return found


class Memory:
    """The topics of one server. Times are in seconds; the clock is an argument."""

    def __init__(self) -> None:
        self._topics: dict[int, Held] = {}

    def publish(self, topic: Topic, message: Message, sub_keys: Sequence[str], now: float) -> None:
        """Takes a message for these subscriptions; for the first to come, if there are none.

        Raises:
            ServiceUnavailable: the topic is full, and refuses new ones.
        """
        held = self._topics.setdefault(topic.id, Held())
        if len(held.messages) >= topic.max_depth_non_gd:
            held.expire(now)
            while len(held.messages) >= topic.max_depth_non_gd:
                if topic.depth_policy == "refuse":
                    raise full(topic)
                held.delete([next(iter(held.messages))])
        held.add(message, sub_keys)

    def subscribe(self, topic_id: int, sub_key: str) -> None:
        """Gives a new subscription what its topic has kept for the first one."""
        held = self._topics.get(topic_id)
        if held is not None:
            held.subscribe(sub_key)

    def topics(self) -> list[int]:
        """Those that something was ever published to."""
        return list(self._topics)

    def give(self, topic_id: int, sub_key: str, limit: int, now: float) -> list[Message]:
        """Hands what waits for a subscriber, and is not being delivered, to another server."""
        given = self.of_queue(topic_id, sub_key, now)[:limit]
        self.confirm(topic_id, sub_key, [message.msg_id for message in given])
        return given

    def adopt(self, message: Message) -> None:
        """Takes a message for one subscriber from another server."""
        self._topics.setdefault(message.topic_id, Held()).adopt(message)

    def unsubscribe(self, topic_id: int, sub_key: str) -> None:
        """Forgets a subscription, and what waits for it alone."""
        held = self._topics.get(topic_id)
        if held is not None:
            held.confirm(sub_key, held.queue(sub_key).msg_ids())
            del held.queues[sub_key]

    def remove_topic(self, topic_id: int) -> None:
        """Forgets a topic and all that it holds."""
        self._topics.pop(topic_id, None)

    def claim(
        self, topic_id: int, sub_key: str, portion: Portion, now: float, basket: Basket | None = None
    ) -> list[Message]:
        """Gives out the first messages of a subscription, each counted as delivered once more.

        Args:
            topic_id: its topic.
            sub_key: its key.
            portion: how much.
            now: the time.
            basket: what has been taken elsewhere already.
        """
        return [entry.given(sub_key) for entry in self.queue(topic_id, sub_key).claim(portion, now, basket)]

    def first(self, topic_id: int, sub_key: str, portion: Portion, now: float) -> list[Entry]:
        """What would be given out next, from first to last."""
        return self.queue(topic_id, sub_key).first(portion, now)

    def confirm(self, topic_id: int, sub_key: str, msg_ids: Iterable[str]) -> list[str]:
        """Lets go of messages that have arrived; returns the IDs of those that were here."""
        held = self._topics.get(topic_id)
        return held.confirm(sub_key, msg_ids) if held else []

    def queue(self, topic_id: int, sub_key: str) -> Queue:
        """The queue of a subscription; an empty one that nobody keeps, where its topic holds nothing."""
        held = self._topics.get(topic_id)
        return Queue() if held is None else held.queue(sub_key)

    def expire(self, now: float) -> list[str]:
        """Lets go of all messages whose time is over; returns their IDs."""
        return [msg_id for held in self._topics.values() for msg_id in held.expire(now)]

    def depth(self, topic_id: int, sub_key: str, now: float) -> int:
        """How many messages wait for a subscription, those that are being delivered included."""
        return self.queue(topic_id, sub_key).depth(now)

    def of_topic(self, topic_id: int, now: float) -> list[Message]:
        """What a topic holds, the oldest first."""
        held = self._topics.get(topic_id)
        return [message for message in held.messages.values() if message.expires_at > now] if held else []

    def of_queue(self, topic_id: int, sub_key: str, now: float) -> list[Message]:
        """What waits for a subscription and is not being delivered, in the order of delivery."""
        return [entry.given(sub_key) for entry in self.queue(topic_id, sub_key).in_order(now)]

    def find(self, msg_id: str) -> Message | None:
        """A message by its ID."""
        found = (held.messages.get(msg_id) for held in self._topics.values())
        return next((message for message in found if message is not None), None)

    def entry(self, topic_id: int, sub_key: str, msg_id: str) -> Entry | None:
        """What is known of a message in the queue of a subscription."""
        return self.queue(topic_id, sub_key).entry(msg_id)

    def replace(self, message: Message) -> None:
        """Puts a changed message in the place of what it was, if it is still there."""
        held = self._topics.get(message.topic_id)
        if held is not None and message.msg_id in held.messages:
            held.replace(message)

    def delete(self, msg_ids: Iterable[str]) -> list[str]:
        """Deletes messages, whoever waits for them; returns the IDs of those that there were."""
        wanted = list(msg_ids)
        return [msg_id for held in self._topics.values() for msg_id in held.delete(wanted)]
