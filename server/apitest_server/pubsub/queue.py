"""PURE  The queue of one subscription, in memory: what comes first, what is being delivered, what has expired.

The clock is an argument of each method that needs it, in seconds.
"""

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush, nsmallest

from msgspec.structs import replace

from apitest_server.pubsub.message import Message


class Entry:
    """A message in a queue.

    Attributes:
        message: the message.
        delivery_count: how often it was given out.
        is_claimed: whether it is given out now.
    """

    __slots__ = ("delivery_count", "is_claimed", "message")

    def __init__(self, message: Message, delivery_count: int = 0) -> None:
        self.message = message
        self.delivery_count = delivery_count
        self.is_claimed = False

    def given(self, sub_key: str) -> Message:
        """The message as this subscriber is given it."""
        return replace(self.message, sub_key=sub_key, delivery_count=self.delivery_count)


class Queue:
    """Messages in the order of delivery: the highest priority first, then the oldest.

    What is given out stays here until it is confirmed; what is released comes again in its place.
    """

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._heap: list[tuple[int, int, str]] = []  # Rank, number, message; those that are gone fall out on their way

    def __len__(self) -> int:
        return len(self._entries)

    def msg_ids(self) -> list[str]:
        """Of all messages here."""
        return list(self._entries)

    def depth(self, now: float) -> int:
        """How many have not expired, those that are given out included."""
        return sum(1 for entry in self._entries.values() if entry.message.expires_at > now)

    def entry(self, msg_id: str) -> Entry | None:
        """What is known of a message here."""
        return self._entries.get(msg_id)

    def add(self, message: Message, delivery_count: int = 0) -> None:
        """Takes a message that was given out so often before; one that is here already stays as it is."""
        if message.msg_id not in self._entries:
            self._entries[message.msg_id] = Entry(message, delivery_count)
            self._push(message)

    def claim(self, limit: int, now: float) -> list[Entry]:
        """Gives out the first messages that have not expired; each is counted as delivered once more."""
        claimed: list[Entry] = []
        while self._heap and len(claimed) < limit:
            entry = self._popped()
            if entry is not None and entry.message.expires_at > now:
                entry.is_claimed = True
                entry.delivery_count += 1
                claimed.append(entry)
        return claimed

    def confirm(self, msg_ids: Iterable[str]) -> list[Message]:
        """Lets go of messages that have arrived, given out or not; returns those that were here."""
        gone = (self._entries.pop(msg_id, None) for msg_id in msg_ids)
        return [entry.message for entry in gone if entry is not None]

    def release(self, msg_ids: Iterable[str], was_sent: bool = True) -> None:
        """Takes back what was given out and has not arrived; what was not even sent does not count as delivered."""
        for msg_id in msg_ids:
            entry = self._entries.get(msg_id)
            if entry is not None and entry.is_claimed:
                entry.is_claimed = False
                entry.delivery_count -= 0 if was_sent else 1
                self._push(entry.message)

    def replace(self, message: Message) -> None:
        """Puts a changed message in the place of what it was."""
        entry = self._entries.get(message.msg_id)
        if entry is None:
            return
        entry.message = message
        if not entry.is_claimed:
            self._push(message)

    def in_order(self, now: float) -> Iterator[Entry]:
        """What would be given out next, from first to last."""
        yield from sorted(self._waiting(now), key=_key)

    def first(self, limit: int, now: float) -> list[Entry]:
        """The first few of that."""
        return nsmallest(limit, self._waiting(now), key=_key)

    def _waiting(self, now: float) -> list[Entry]:
        return [each for each in self._entries.values() if not each.is_claimed and each.message.expires_at > now]

    def _push(self, message: Message) -> None:
        heappush(self._heap, (message.rank, message.number, message.msg_id))
        if len(self._heap) > 2 * len(self._entries) + 64:  # Mostly of what is gone
            waiting = [entry.message for entry in self._entries.values() if not entry.is_claimed]
            self._heap = [(each.rank, each.number, each.msg_id) for each in waiting]
            heapify(self._heap)

    def _popped(self) -> Entry | None:
        """The entry of the first item of the heap; nothing if that is about one that is gone, or was before."""
        rank, number, msg_id = heappop(self._heap)
        entry = self._entries.get(msg_id)
        if entry is None or entry.is_claimed or (entry.message.rank, entry.message.number) != (rank, number):
            return None
        return entry


def _key(entry: Entry) -> tuple[int, int]:
    return entry.message.rank, entry.message.number
