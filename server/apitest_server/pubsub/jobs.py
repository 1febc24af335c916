"""What is done to messages with guaranteed delivery, many together in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.message import Message
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


@dataclass(frozen=True, slots=True)
class Claim(Job[list[Message]]):
    """Gives out the first messages of a queue to be delivered by this server, each counted once more.

    Attributes:
        subscription: whose queue.
        limit: how many messages there may be in all, together with others.
        others: rank and time of publication of messages that wait for the same subscriber elsewhere, in their order.
        chosen: numbers of the messages that are about to be given out.
    """

    subscription: Subscription
    limit: int
    others: Sequence[tuple[int, float]] = ()
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
    """Takes back messages that have not arrived; those that were not even sent are not counted as delivered."""

    places: Sequence[Place]
    was_sent: bool = True

    def in_doubt(self) -> "Release":
        """It is done again, before anything is given out: messages that are free by then stay as they are."""
        return self


@dataclass(frozen=True, slots=True)
class Call(Job[T_co], Generic[T_co]):
    """Anything else."""

    function: "Callable[[Connection], T_co]"
