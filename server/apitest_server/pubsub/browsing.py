"""Messages with guaranteed delivery in the ODB, looked at, changed and deleted within the transaction of a connection.

Nothing here gives messages out: who looks at a queue leaves it as it is.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, func, or_, select, true, update

from apitest_server.odb.models import PubSubMessage as Stored
from apitest_server.odb.models import PubSubQueue as Queue
from apitest_server.odb.models import PubSubSubscription as Subscribed
from apitest_server.odb.rows import searchable
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.places import SEARCHED, Cut, Place
from apitest_server.pubsub.rows import message
from apitest_server.pubsub.subscribing import forget_delivered

_ALL = tuple(Stored.__table__.columns)
_IN_QUEUE = Queue.delivery_count, Queue.claimed_by, Queue.due, Queue.dead_since, Queue.problem
_PLACES = select(*_ALL, *_IN_QUEUE).join(Queue, Queue.message_id == Stored.id)


def of_topic(connection: Connection, topic_id: int, now: float, cut: Cut) -> tuple[list[Message], int]:
    """What a topic holds, the oldest first, and how many there are in all."""
    chosen = select(*_ALL).where(Stored.topic_id == topic_id, Stored.expires_at > now, *_containing(cut.words))
    rows = connection.execute(_cut(chosen.order_by(Stored.id), cut)).mappings()
    return [message(row) for row in rows], _count(connection, chosen)


def of_queue(
    connection: Connection, subscription_id: int, sub_key: str, now: float, cut: Cut
) -> tuple[list[Place], int]:
    """What waits for a subscriber, in the order of delivery, and how many there are in all."""
    chosen = _PLACES.where(Queue.subscription_id == subscription_id, Stored.expires_at > now, *_containing(cut.words))
    rows = connection.execute(_cut(chosen.order_by(Queue.rank, Queue.message_id), cut)).mappings()
    return [_place(row, sub_key) for row in rows], _count(connection, chosen)


def find(connection: Connection, msg_id: str) -> Message | None:
    """A message by its ID."""
    row = connection.execute(select(*_ALL).where(Stored.msg_id == msg_id)).mappings().first()
    return None if row is None else message(row)


def find_in_queue(connection: Connection, subscription_id: int, sub_key: str, msg_id: str) -> Place | None:
    """A message in the queue of a subscription, by its ID."""
    chosen = _PLACES.where(Queue.subscription_id == subscription_id, Stored.msg_id == msg_id)
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _place(row, sub_key)


def ahead(connection: Connection, subscription_id: int, given: Message, now: float) -> int:
    """How many messages of a queue are delivered before one."""
    first = (Queue.rank < given.rank) | ((Queue.rank == given.rank) & (Stored.pub_time < given.pub_time))
    waiting = select(func.count()).select_from(Queue).join(Stored, Stored.id == Queue.message_id)
    own = Queue.subscription_id == subscription_id, Queue.claimed_by.is_(None), Stored.expires_at > now
    return connection.scalar(waiting.where(*own, Queue.dead_since.is_(None), first, Stored.msg_id != given.msg_id)) or 0


def change(connection: Connection, msg_id: str, values: Mapping[str, object]) -> None:
    """Changes columns of a message; where it is being delivered it keeps its place until that is over."""
    connection.execute(update(Stored).where(Stored.msg_id == msg_id).values(**values))
    if "priority" in values:
        number = select(Stored.id).where(Stored.msg_id == msg_id).scalar_subquery()
        waiting = update(Queue).where(Queue.message_id == number, Queue.claimed_by.is_(None))
        connection.execute(waiting.values(rank=9 - int(str(values["priority"]))))


def remove(connection: Connection, msg_ids: Collection[str]) -> int:
    """Deletes messages, whoever waits for them; returns how many there were."""
    return connection.execute(delete(Stored).where(Stored.msg_id.in_(msg_ids))).rowcount


def remove_from_queue(connection: Connection, subscription_id: int, topic_id: int, msg_ids: Collection[str]) -> int:
    """Takes messages out of one queue; returns how many there were. Others get them still."""
    numbers = select(Stored.id).where(Stored.msg_id.in_(msg_ids))
    return _removed(connection, subscription_id, topic_id, Queue.message_id.in_(numbers))


def clear_queue(connection: Connection, subscription_id: int, topic_id: int) -> int:
    """Takes everything out of one queue; returns how many messages there were."""
    return _removed(connection, subscription_id, topic_id, true())


def clear_topic(connection: Connection, topic_id: int) -> int:
    """Deletes all messages of a topic; returns how many there were."""
    return connection.execute(delete(Stored).where(Stored.topic_id == topic_id)).rowcount


def topic_depths(connection: Connection, now: float) -> dict[int, int]:
    """How many messages each topic holds."""
    counted = select(Stored.topic_id, func.count()).where(Stored.expires_at > now).group_by(Stored.topic_id)
    return {row[0]: row[1] for row in connection.execute(counted)}


def queue_depths(connection: Connection, now: float) -> dict[int, int]:
    """How many messages wait for each subscription, those that are being delivered included."""
    counted = select(Queue.subscription_id, func.count()).join(Stored, Stored.id == Queue.message_id)
    grouped = counted.where(Stored.expires_at > now, Queue.dead_since.is_(None)).group_by(Queue.subscription_id)
    return {row[0]: row[1] for row in connection.execute(grouped)}


def dead_letters(connection: Connection, subscription_id: int, sub_key: str, now: float) -> list[Place]:
    """What was given up for a subscriber, in the order of delivery."""
    dead = Queue.subscription_id == subscription_id, Queue.dead_since.is_not(None), Stored.expires_at > now
    rows = connection.execute(_PLACES.where(*dead).order_by(Queue.rank, Queue.message_id)).mappings()
    return [_place(row, sub_key) for row in rows]


def dead_counts(connection: Connection, now: float) -> dict[int, int]:
    """How many dead letters each subscription has."""
    counted = select(Queue.subscription_id, func.count()).join(Stored, Stored.id == Queue.message_id)
    dead = counted.where(Stored.expires_at > now, Queue.dead_since.is_not(None)).group_by(Queue.subscription_id)
    return {row[0]: row[1] for row in connection.execute(dead)}


def retry(connection: Connection, subscription_id: int, msg_ids: Collection[str]) -> int:
    """Makes dead letters wait again, with as many attempts as a new message has; returns how many there were."""
    numbers = select(Stored.id).where(Stored.msg_id.in_(msg_ids))
    dead = Queue.subscription_id == subscription_id, Queue.message_id.in_(numbers), Queue.dead_since.is_not(None)
    waits = {"dead_since": None, "due": None, "attempts_before": Queue.delivery_count}
    return connection.execute(update(Queue).where(*dead).values(**waits)).rowcount


def holders(connection: Connection) -> dict[int, str]:
    """Which run of a server delivers to which subscription, where only one may."""
    held = select(Subscribed.id, Subscribed.held_by).where(Subscribed.held_by.is_not(None))
    return {number: str(run) for number, run in connection.execute(held)}


def _removed(connection: Connection, subscription_id: int, topic_id: int, which: ColumnElement[bool]) -> int:
    gone = connection.execute(delete(Queue).where(Queue.subscription_id == subscription_id, which)).rowcount
    forget_delivered(connection, {topic_id})
    return gone


def _place(row: RowMapping, sub_key: str) -> Place:
    found = message(row, sub_key, row["delivery_count"])
    return Place(found, row["claimed_by"] is not None, row["due"] or 0.0, row["dead_since"], row["problem"] or "")


def _containing(words: Sequence[str]) -> list[ColumnElement[bool]]:
    columns = [func.lower(getattr(Stored, name)) for name in SEARCHED]
    return [or_(*(one.contains(searchable(word), autoescape=True) for one in columns)) for word in words]


def _cut(chosen: Select[Any], cut: Cut) -> Select[Any]:
    rest = chosen.offset(cut.offset)
    return rest if cut.limit is None else rest.limit(cut.limit)


def _count(connection: Connection, chosen: Select[Any]) -> int:
    return connection.scalar(select(func.count()).select_from(chosen.subquery())) or 0
