"""What topics and queues hold: looked at, changed and deleted, with guaranteed delivery (``gd``) or without.

All of it runs on the event loop. Messages without guaranteed delivery are those of this server.
"""

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec

from apitest_server.errors import NotFound
from apitest_server.pubsub.broker import Broker
from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.message import Message, content_of
from apitest_server.pubsub.places import ALL, Cut, Place, part
from apitest_server.pubsub.queue import Entry
from apitest_server.pubsub.reasons import Facts, State, reason
from apitest_server.pubsub.subscriptions import Subscription

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

T = TypeVar("T")


class Contents:
    """The messages of a broker."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    async def of_topic(self, topic: Topic, gd: bool, cut: Cut = ALL) -> tuple[list[Message], int]:
        """What a topic holds, the oldest first, and how many there are in all."""
        from apitest_server.pubsub.browsing import of_topic

        now = self._broker.now()
        if gd:
            return await self._do(lambda connection: of_topic(connection, topic.id, now, cut))
        return part(self._broker.memory.of_topic(topic.id, now), cut)

    async def with_words(self, topics: list[Topic] | None, gd: bool, cut: Cut) -> tuple[list[Message], int]:
        """What topics, or all of them, hold that has the words of a cut in it, the latest first; how many in all."""
        from apitest_server.pubsub.searching import of_memory, stored

        now = self._broker.now()
        numbers = None if topics is None else [topic.id for topic in topics]
        if gd:
            return await self._do(lambda connection: stored(connection, numbers, now, cut))
        held = [one.id for one in self._broker.topics.all()] if numbers is None else numbers
        return of_memory((message for number in held for message in self._broker.memory.of_topic(number, now)), cut)

    async def of_queue(self, one: Subscription, gd: bool, cut: Cut = ALL) -> tuple[list[Place], int]:
        """What waits for a subscriber, in the order of delivery; what is being delivered is among it."""
        from apitest_server.pubsub.browsing import of_queue

        now = self._broker.now()
        if gd:
            return await self._do(lambda connection: of_queue(connection, one.id, one.sub_key, now, cut))
        return part(self._in_memory(one, now), cut)

    async def message(self, msg_id: str) -> Message:
        """A message by its ID.

        Raises:
            NotFound: there is none any more.
        """
        found = await self._found(msg_id)
        if found is None or found.expires_at <= self._broker.now():
            raise NotFound(f"There is no message `{msg_id}`: it was delivered, has expired, was deleted, or never was")
        return found

    async def in_queue(self, one: Subscription, msg_id: str) -> Place | None:
        """A message in the queue of a subscription, if it is there."""
        from apitest_server.pubsub.browsing import find_in_queue

        entry = self._broker.memory.entry(one.topic_id, one.sub_key, msg_id)
        if entry is not None:
            return place_of(entry, one.sub_key)
        return await self._do(lambda connection: find_in_queue(connection, one.id, one.sub_key, msg_id))

    async def why(self, msg_id: str, sub_key: str) -> tuple[State, str]:
        """What has become of a message for a subscriber, and why it was not delivered, in words.

        Raises:
            NotFound: there is no such subscription.
        """
        one = await self._broker.subscription(sub_key)
        topic, endpoint = self._broker.topics.get(one.topic_id), self._broker.endpoints.get(one.endpoint_id)
        if topic is None or endpoint is None:
            raise NotFound(f"The topic or the endpoint of the subscription `{sub_key}` was deleted")
        message = await self._found(msg_id)
        place = await self.in_queue(one, msg_id)
        ahead = await self._ahead(one, place.message) if place else 0
        arrived = self._broker.record.arrival(sub_key, msg_id)
        connected, elsewhere = self._broker.is_attached(sub_key), self._broker.attached_elsewhere(sub_key)
        return reason(
            Facts(self._broker.now(), message, one, topic, endpoint, place, ahead, connected, elsewhere, arrived)
        )

    async def change(self, message: Message, given: Mapping[str, object]) -> Message:
        """Changes a message for all who have still to get it; returns what it has become.

        Args:
            message: as it is.
            given: ``data``, ``priority``, ``expiration`` (ms, from now) and ``mime_type``, each where it changes.

        Raises:
            BadRequest: JSON cannot hold the data.
            NotFound: it is gone.
        """
        from apitest_server.pubsub.browsing import change

        values = {name: given[name] for name in ("priority", "expiration", "mime_type") if name in given}
        if "data" in given:
            values["content"], values["size"] = content_of(given["data"])
        if "expiration" in given:
            values["expires_at"] = self._broker.now() + int(str(given["expiration"])) / 1000
        if message.has_gd:
            await self._do(lambda connection: change(connection, message.msg_id, values))
        else:
            self._broker.memory.replace(msgspec.structs.replace(message, sub_key="", delivery_count=0, **values))
        return await self.message(message.msg_id)

    async def delete(self, msg_ids: Collection[str]) -> int:
        """Deletes messages, whoever waits for them; returns how many there were."""
        from apitest_server.pubsub.browsing import remove

        gone = self._broker.memory.delete(msg_ids)
        stored = set(msg_ids) - set(gone)
        return len(gone) + (await self._do(lambda connection: remove(connection, stored)) if stored else 0)

    async def delete_from_queue(self, one: Subscription, msg_ids: Collection[str]) -> int:
        """Takes messages out of the queue of one subscription; others get them still. Returns how many there were."""
        from apitest_server.pubsub.browsing import remove_from_queue

        gone = self._broker.memory.confirm(one.topic_id, one.sub_key, msg_ids)
        stored = set(msg_ids) - set(gone)
        if not stored:
            return len(gone)
        removed = await self._do(lambda connection: remove_from_queue(connection, one.id, one.topic_id, stored))
        return len(gone) + removed

    async def clear_queue(self, one: Subscription) -> int:
        """Takes everything out of the queue of one subscription; returns how many messages there were."""
        from apitest_server.pubsub.browsing import clear_queue

        msg_ids = [place.message.msg_id for place in self._in_memory(one, 0.0)]
        gone = self._broker.memory.confirm(one.topic_id, one.sub_key, msg_ids)
        return len(gone) + await self._do(lambda connection: clear_queue(connection, one.id, one.topic_id))

    async def clear_topic(self, topic: Topic) -> int:
        """Deletes all messages of a topic, whoever waits for them; returns how many there were."""
        from apitest_server.pubsub.browsing import clear_topic

        held = self._broker.memory.of_topic(topic.id, 0.0)
        gone = self._broker.memory.delete([message.msg_id for message in held])
        return len(gone) + await self._do(lambda connection: clear_topic(connection, topic.id))

    async def topic_depths(self) -> dict[int, tuple[int, int]]:
        """How many messages each topic holds: with guaranteed delivery, and without."""
        from apitest_server.pubsub.browsing import topic_depths

        now = self._broker.now()
        stored = await self._do(partial(topic_depths, now=now))
        memory = self._broker.memory
        return {one.id: (stored.get(one.id, 0), len(memory.of_topic(one.id, now))) for one in self._broker.topics.all()}

    async def queue_depths(self) -> dict[str, tuple[int, int]]:
        """How many messages wait for each subscription: with guaranteed delivery, and without."""
        from apitest_server.pubsub.browsing import queue_depths

        now = self._broker.now()
        stored = await self._do(partial(queue_depths, now=now))
        memory = self._broker.memory
        return {
            one.sub_key: (stored.get(one.id, 0), memory.depth(one.topic_id, one.sub_key, now))
            for one in self._broker.subscriptions.where(lambda _: True)
        }

    async def dead_letters(self, one: Subscription) -> list[Place]:
        """What is not delivered to a subscriber any more since it never arrived, in the order of delivery."""
        from apitest_server.pubsub.browsing import dead_letters

        now = self._broker.now()
        held = self._broker.memory.queue(one.topic_id, one.sub_key).dead(now)
        stored = await self._do(lambda connection: dead_letters(connection, one.id, one.sub_key, now))
        both = [*stored, *(place_of(entry, one.sub_key) for entry in held)]
        return sorted(both, key=lambda place: (place.message.rank, place.message.pub_time))

    async def dead_counts(self) -> dict[str, int]:
        """How many dead letters each subscription has."""
        from apitest_server.pubsub.browsing import dead_counts

        now, memory = self._broker.now(), self._broker.memory
        stored = await self._do(partial(dead_counts, now=now))
        return {
            one.sub_key: stored.get(one.id, 0) + len(memory.queue(one.topic_id, one.sub_key).dead(now))
            for one in self._broker.subscriptions.where(lambda _: True)
        }

    async def retry(self, one: Subscription, msg_ids: Collection[str]) -> int:
        """Puts dead letters back into their places in the queue; returns how many there were."""
        from apitest_server.pubsub.browsing import retry

        held = self._broker.memory.queue(one.topic_id, one.sub_key).retry(msg_ids)
        stored = await self._do(lambda connection: retry(connection, one.id, msg_ids))
        self._broker.waits_again(one)
        return len(held) + stored

    async def holders(self) -> dict[int, str]:
        """Which run of a server delivers to which subscription, where only one may."""
        from apitest_server.pubsub.browsing import holders

        return await self._do(holders)

    async def _found(self, msg_id: str) -> Message | None:
        from apitest_server.pubsub.browsing import find

        found = self._broker.memory.find(msg_id)
        return found or await self._do(lambda connection: find(connection, msg_id))

    async def _ahead(self, one: Subscription, message: Message) -> int:
        """How many messages a subscriber gets before one of its queue."""
        from apitest_server.pubsub.browsing import ahead

        now, place = self._broker.now(), (message.rank, message.pub_time)
        waiting = [each for each in self._in_memory(one, now) if not each.is_claimed and each.dead_since is None]
        others = [each.message for each in waiting]
        stored = await self._do(lambda connection: ahead(connection, one.id, message, now))
        return stored + sum((each.rank, each.pub_time) < place for each in others)

    def _in_memory(self, one: Subscription, now: float) -> list[Place]:
        memory = self._broker.memory
        entries = (memory.entry(one.topic_id, one.sub_key, each.msg_id) for each in memory.of_topic(one.topic_id, now))
        places = [place_of(entry, one.sub_key) for entry in entries if entry is not None]
        return sorted(places, key=lambda place: (place.message.rank, place.message.number))

    async def _do(self, function: "Callable[[Connection], T]") -> T:
        await self._broker.ready()
        return await self._broker.do(function)


def place_of(entry: Entry, sub_key: str) -> Place:
    """Where a message is that is held in memory for a subscriber."""
    return Place(entry.given(sub_key), entry.is_claimed, entry.due, entry.dead_since, entry.problem)
