"""PURE  What people look at of topics and queues: messages, where they are, and a part of a list of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from apitest_server.pubsub.message import Message

SEARCHED = ("msg_id", "publisher", "correl_id", "ext_client_id")


class Place(NamedTuple):
    """A message in the queue of a subscription.

    Attributes:
        message: as the subscriber is given it.
        is_claimed: whether it is being delivered now.
        due: it is not pushed before this moment.
        dead_since: when it became a dead letter, which is not delivered any more.
        problem: why it did not arrive the last time.
    """

    message: Message
    is_claimed: bool
    due: float = 0.0
    dead_since: float | None = None
    problem: str = ""


class Cut(NamedTuple):
    """A part of a list.

    Attributes:
        words: each has to be found in a message's ID, its publisher, its correlation ID or its client's ID.
        offset: how many to leave out.
        limit: how many at most; ``None`` for all.
    """

    words: tuple[str, ...] = ()
    offset: int = 0
    limit: int | None = None


ALL = Cut()
T = TypeVar("T", Message, Place)


def part(items: Iterable[T], cut: Cut) -> tuple[list[T], int]:
    """The items of a list that are asked for, and how many there would be without a limit."""
    found = [item for item in items if _has(item if isinstance(item, Message) else item.message, cut.words)]
    end = None if cut.limit is None else cut.offset + cut.limit
    return found[cut.offset : end], len(found)


def _has(message: Message, words: Sequence[str]) -> bool:
    text = "\n".join(str(getattr(message, name)) for name in SEARCHED).casefold()
    return all(word.casefold() in text for word in words)
