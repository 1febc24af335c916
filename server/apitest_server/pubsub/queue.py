"""PURE  The queue of one subscription, in memory: what comes first, what is being delivered, what has expired.

The clock is an argument of each method that needs it, in seconds.
"""

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush, nsmallest
from typing import NamedTuple

from msgspec.structs import replace

from apitest_server.pubsub.message import Message


class Portion(NamedTuple):
    """How much is given out at once.

    Attributes:
        limit: messages, at most.
        most_bytes: of their data; a larger message goes alone.
        is_pushed: whether a message that was sent before goes alone, and what is held back stays; else it is taken by
            somebody who asked for it.
        attempts: so many deliveries make a message that is pushed a dead letter; 0 if none do.
    """

    limit: int
    most_bytes: int
    is_pushed: bool = False
    attempts: int = 0

    def is_spent(self, attempts: int) -> bool:
        """Whether a message was sent as often as it may be."""
        return self.is_pushed and 0 < self.attempts <= attempts


class Basket:
    """Takes messages in their order, as long as they fit into a portion.

    A message that was sent before and has not arrived is pushed alone: so one that never arrives is told from those
    beside it.
    """

    def __init__(self, portion: Portion) -> None:
        self._portion = portion
        self._count = self._size = 0
        self._is_closed = False

    @property
    def is_full(self) -> bool:
        """Whether nothing else fits, whatever it is."""
        return self._is_closed or self._count >= self._portion.limit

    def takes(self, size: int, was_sent: bool) -> bool:
        """Puts in one of so many bytes; ``False`` if it does not fit, and then nothing else does."""
        portion, is_first = self._portion, not self._count
        goes_alone = was_sent and portion.is_pushed
        fits = is_first or (not goes_alone and self._size + size <= portion.most_bytes)
        if self.is_full or not fits:
            self._is_closed = True
            return False
        self._count += 1
        self._size += size
        self._is_closed = goes_alone
        return True


class Entry:
    """A message in a queue.

    Attributes:
        message: the message.
        delivery_count: how often it was given out.
        is_claimed: whether it is given out now.
        due: it is not pushed before this moment.
        attempts_before: of the deliveries, those that do not count towards the limit: it was retried since.
        dead_since: when it was given up: it is a dead letter.
        problem: why it did not arrive the last time.
    """

    __slots__ = ("attempts_before", "dead_since", "delivery_count", "due", "is_claimed", "message", "problem")

    def __init__(self, message: Message, delivery_count: int = 0) -> None:
        self.message = message
        self.delivery_count = self.attempts_before = delivery_count
        self.is_claimed = False
        self.due = 0.0
        self.dead_since: float | None = None
        self.problem = ""

    @property
    def attempts(self) -> int:
        """How often it was given out, of what counts."""
        return self.delivery_count - self.attempts_before

    @property
    def waits(self) -> bool:
        """Whether it is there to be given out."""
        return not self.is_claimed and self.dead_since is None

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
        """How many have not expired, those that are given out included; dead letters are not."""
        living = (entry for entry in self._entries.values() if entry.dead_since is None)
        return sum(1 for entry in living if entry.message.expires_at > now)

    def dead(self, now: float) -> list[Entry]:
        """The dead letters that have not expired, in the order of delivery."""
        found = [entry for entry in self._entries.values() if entry.dead_since is not None]
        return sorted((entry for entry in found if entry.message.expires_at > now), key=_key)

    def entry(self, msg_id: str) -> Entry | None:
        """What is known of a message here."""
        return self._entries.get(msg_id)

    def add(self, message: Message, delivery_count: int = 0) -> None:
        """Takes a message that was given out so often before; one that is here already stays as it is."""
        if message.msg_id not in self._entries:
            self._entries[message.msg_id] = Entry(message, delivery_count)
            self._push(message)

    def claim(self, portion: Portion, now: float, basket: Basket | None = None) -> list[Entry]:
        """Gives out the first messages that have not expired; each is counted as delivered once more.

        Args:
            portion: how much.
            now: the time.
            basket: what has been taken elsewhere already.
        """
        basket = basket or Basket(portion)
        claimed: list[Entry] = []
        passed_over: list[Entry] = []
        while self._heap and not basket.is_full:
            entry = self._popped()
            if entry is None or entry.message.expires_at <= now:
                continue
            if portion.is_spent(entry.attempts):
                entry.dead_since = now
            elif portion.is_pushed and entry.due > now:
                passed_over.append(entry)
            elif basket.takes(len(entry.message.content), entry.attempts > 0):
                entry.is_claimed = True
                entry.delivery_count += 1
                claimed.append(entry)
            else:
                passed_over.append(entry)
                break
        for entry in passed_over:
            self._push(entry.message)
        return claimed

    def confirm(self, msg_ids: Iterable[str]) -> list[Message]:
        """Lets go of messages that have arrived, given out or not; returns those that were here."""
        gone = (self._entries.pop(msg_id, None) for msg_id in msg_ids)
        return [entry.message for entry in gone if entry is not None]

    def release(self, msg_ids: Iterable[str], was_sent: bool = True, problem: str = "", due: float = 0.0) -> None:
        """Takes back what was given out and has not arrived.

        Args:
            msg_ids: of the messages.
            was_sent: whether it counts as a delivery.
            problem: why it has not arrived, if that is known.
            due: it is not pushed before this moment.
        """
        for msg_id in msg_ids:
            entry = self._entries.get(msg_id)
            if entry is not None and entry.is_claimed:
                entry.is_claimed = False
                entry.delivery_count -= 0 if was_sent else 1
                entry.problem, entry.due = problem or entry.problem, due
                self._push(entry.message)

    def bury(self, msg_ids: Iterable[str], attempts: int, now: float) -> list[str]:
        """Gives up those of the messages that were given out so often; returns their IDs."""
        found = (self._entries.get(msg_id) for msg_id in msg_ids)
        buried = [entry for entry in found if entry is not None and entry.waits and entry.attempts >= attempts]
        for entry in buried:
            entry.dead_since = now
        return [entry.message.msg_id for entry in buried]

    def retry(self, msg_ids: Iterable[str]) -> list[str]:
        """Puts dead letters back into their places, with as many attempts as a new message has; returns their IDs."""
        found = (self._entries.get(msg_id) for msg_id in msg_ids)
        revived = [entry for entry in found if entry is not None and entry.dead_since is not None]
        for entry in revived:
            entry.dead_since, entry.attempts_before = None, entry.delivery_count
            self._push(entry.message)
        return [entry.message.msg_id for entry in revived]

    def replace(self, message: Message) -> None:
        """Puts a changed message in the place of what it was."""
        entry = self._entries.get(message.msg_id)
        if entry is None:
            return
        entry.message = message
        if entry.waits:
            self._push(message)

    def in_order(self, now: float) -> Iterator[Entry]:
        """What would be given out next, from first to last."""
        yield from sorted(self._waiting(now), key=_key)

    def first(self, portion: Portion, now: float) -> list[Entry]:
        """The first few of that, as far as they are due."""
        waiting = self._waiting(now)
        if portion.is_pushed:
            waiting = [each for each in waiting if each.due <= now and not portion.is_spent(each.attempts)]
        return nsmallest(portion.limit, waiting, key=_key)

    def _waiting(self, now: float) -> list[Entry]:
        return [each for each in self._entries.values() if each.waits and each.message.expires_at > now]

    def _push(self, message: Message) -> None:
        heappush(self._heap, (message.rank, message.number, message.msg_id))
        if len(self._heap) > 2 * len(self._entries) + 64:  # Mostly of what is gone
            waiting = [entry.message for entry in self._entries.values() if entry.waits]
            self._heap = [(each.rank, each.number, each.msg_id) for each in waiting]
            heapify(self._heap)

    def _popped(self) -> Entry | None:
        """The entry of the first item of the heap; nothing if that is about one that is gone, or was before."""
        rank, number, msg_id = heappop(self._heap)
        entry = self._entries.get(msg_id)
        if entry is None or not entry.waits or (entry.message.rank, entry.message.number) != (rank, number):
            return None
        return entry


def _key(entry: Entry) -> tuple[int, int]:
    return entry.message.rank, entry.message.number
