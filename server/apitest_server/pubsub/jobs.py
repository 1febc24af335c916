"""What is done to messages with guaranteed delivery, many together in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.queue import Portion
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.pubsub.writer import Job

if TYPE_CHECKING:
    from sqlalchemy import Connection

T_co = TypeVar("T_co", covariant=True)


class Place(NamedTuple):
    """Where a message waits.

    Attributes:
        subscription_id: in whose queue.
        message_id: the message's number.
    """

    subscription_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Publish(Job[None]):
    """Stores a message for all who are subscribed to its topic, or for the first to come."""

    topic: Topic
    message: Message


class Candidate(NamedTuple):
    """A message that may be given out next; the one that comes first is smaller.

    Attributes:
        rank: see ``Message``.
        pub_time: likewise.
        size: bytes of its data.
        was_sent: whether it was given out before.
    """

    rank: int
    pub_time: float
    size: int
    was_sent: bool


class Claimed(NamedTuple):
    """What is given out.

    Attributes:
        messages: those of the ODB.
        others: how many of the others may be given out together with them.
        is_held: whether something that comes before the rest is in the hands of another server.
        has_more: whether others of the ODB could be given out, too, but do not fit.
    """

    messages: list[Message]
    others: int
    is_held: bool = False
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Claim(Job[Claimed]):
    """Gives out the first messages of a queue to be delivered by this server, each counted once more.

    Attributes:
        subscription: whose queue.
        portion: how much in all, together with others.
        others: what waits for the same subscriber elsewhere, in its order.
        keeps_order: whether nothing is given out that comes after what another server has.
        chosen: numbers of the messages that are about to be given out.
    """

    subscription: Subscription
    portion: Portion
    others: Sequence[Candidate] = ()
    keeps_order: bool = False
    chosen: list[int] = field(default_factory=list)

    def in_doubt(self) -> "Release":
        """They are taken back: nobody was given them."""
        return Release([Place(self.subscription.id, number) for number in self.chosen], was_sent=False)


@dataclass(frozen=True, slots=True)
class Confirm(Job[None]):
    """Lets go of messages that have arrived."""

    places: Sequence[Place]

    def in_doubt(self) -> "Confirm":
        """It is done again: what was acknowledged must not be given out again."""
        return self


@dataclass(frozen=True, slots=True)
class Release(Job[None]):
    """Takes back messages that have not arrived.

    Attributes:
        places: where they wait.
        was_sent: whether that counts as a delivery.
        problem: why they have not arrived, if that is known.
        due: they are not pushed before this moment.
    """

    places: Sequence[Place]
    was_sent: bool = True
    problem: str = ""
    due: float = 0.0

    def in_doubt(self) -> "Release":
        """It is done again, before anything is given out: messages that are free by then stay as they are."""
        return self


@dataclass(frozen=True, slots=True)
class Bury(Job[list[int]]):
    """Gives up those of the messages that were given out so often; of them it returns the numbers."""

    places: Sequence[Place]
    attempts: int


@dataclass(frozen=True, slots=True)
class Call(Job[T_co], Generic[T_co]):
    """Anything else."""

    function: "Callable[[Connection], T_co]"
