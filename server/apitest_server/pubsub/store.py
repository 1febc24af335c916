"""Messages with guaranteed delivery, in the ODB: what the writer's thread does within its transactions."""

from collections.abc import Callable, Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, func, insert, literal, or_, select, update

from apitest_server.errors import NotFound
from apitest_server.odb.models import Object, ServerRun
from apitest_server.odb.models import PubSubMessage as Stored
from apitest_server.odb.models import PubSubQueue as Queue
from apitest_server.odb.models import PubSubSubscription as Subscribed
from apitest_server.pubsub.directory import Topic, full
from apitest_server.pubsub.jobs import Call, Claim, Confirm, Place, Publish, Release
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.rows import message, row
from apitest_server.pubsub.writer import Job

SHARE = 8  # Servers that may publish to one topic between two looks at how full it is, without going over its depth


class Store:
    """The queues of all subscriptions, as one server works with them.

    Attributes:
        run_id: of this server; what it is delivering is claimed in this name.
    """

    def __init__(self, run_id: str, now: Callable[[], float]) -> None:
        self.run_id = run_id
        self._now = now
        self._room: dict[tuple[int, int], int] = {}

    def apply(self, connection: Connection, jobs: Sequence[Job[object]]) -> list[object]:
        """Does jobs in their order, those of one kind at once; returns what came of each."""
        results: list[object] = []
        for _, group in groupby(jobs, key=type):
            same = list(group)
            if publications := [job for job in same if isinstance(job, Publish)]:
                results += self._publish(connection, publications)
            elif arrived := [job for job in same if isinstance(job, Confirm)]:
                self._confirm(connection, [place for job in arrived for place in job.places])
                results += [None] * len(same)
            else:
                results += [self._do(connection, job) for job in same]
        return results

    def _do(self, connection: Connection, job: Job[object]) -> object:
        if isinstance(job, Claim):
            return self._claim(connection, job)
        if isinstance(job, Release):
            self._release(connection, job.places, job.was_sent)
        return job.function(connection) if isinstance(job, Call) else None

    def _publish(self, connection: Connection, jobs: Sequence[Publish]) -> list[object]:
        numbers = sorted({job.topic.id for job in jobs})
        # Nobody subscribes meanwhile, on any server: a message is either kept for the first or in the queues of all.
        locked = (
            select(Object.id)
            .where(Object.id.in_(numbers))
            .order_by(Object.id)
            .with_for_update(key_share=True, read=True)
        )
        existing = set(connection.scalars(locked))
        of_topics = select(Subscribed.topic_id).where(Subscribed.topic_id.in_(existing)).distinct()
        with_subscribers = set(connection.scalars(of_topics))
        refused = self._refused(connection, [job for job in jobs if job.topic.id in existing])
        results: list[object] = []
        taken: list[Publish] = []
        for job in jobs:
            if job.topic.id not in existing:
                results.append(NotFound(f"There is no topic `{job.topic.name}`"))
            elif id(job) in refused:
                results.append(full(job.topic))
            else:
                results.append(None)
                taken.append(job)
        if taken:
            rows = [row(job.message, job.topic.id not in with_subscribers) for job in taken]
            connection.execute(insert(Stored), rows)
            self._enqueue(connection, [job.message.msg_id for job in taken if job.topic.id in with_subscribers])
            self._trim(connection, {job.topic.id: job.topic for job in taken})
        return results

    def _enqueue(self, connection: Connection, msg_ids: Sequence[str]) -> None:
        """Puts messages into the queues of all who are subscribed to their topics."""
        if not msg_ids:
            return
        entries = (
            select(Subscribed.id, 9 - Stored.priority, Stored.id, literal(0))
            .join(Stored, Stored.topic_id == Subscribed.topic_id)
            .where(Stored.msg_id.in_(msg_ids))
        )
        connection.execute(
            insert(Queue).from_select(["subscription_id", "rank", "message_id", "delivery_count"], entries)
        )

    def _refused(self, connection: Connection, jobs: Sequence[Publish]) -> set[int]:
        """Which publications find their topic full; those that came last."""
        refused: set[int] = set()
        for topic_id in {job.topic.id for job in jobs}:
            mine = [job for job in jobs if job.topic.id == topic_id]
            topic = mine[-1].topic
            if self._takes(topic, len(mine)):
                continue
            counted = select(func.count()).select_from(Stored).where(Stored.topic_id == topic_id)
            free = max(0, topic.max_depth_gd - (connection.scalar(counted) or 0))
            self._room[_key(topic)] = max(0, free - len(mine)) // SHARE
            if topic.depth_policy == "refuse":
                refused.update(id(job) for job in mine[free:])
        return refused

    def _takes(self, topic: Topic, count: int) -> bool:
        """Whether a topic is known to have room for so many more; then there is less from now on."""
        left = self._room.get(_key(topic), 0) - count
        if left < 0:
            return False
        self._room[_key(topic)] = left
        return True

    def _trim(self, connection: Connection, topics: dict[int, Topic]) -> None:
        """Drops the oldest messages of topics that may be over their depth."""
        for topic in topics.values():
            if topic.depth_policy == "drop-oldest" and not self._room.get(_key(topic)):
                of_topic = select(Stored.id).where(Stored.topic_id == topic.id)
                newest_dropped = (
                    of_topic.order_by(Stored.id.desc()).limit(1).offset(topic.max_depth_gd).scalar_subquery()
                )
                connection.execute(delete(Stored).where(Stored.topic_id == topic.id, Stored.id <= newest_dropped))

    def _claim(self, connection: Connection, job: Claim) -> list[Message]:
        theirs = Queue.claimed_by.not_in(select(ServerRun.id)) & (Queue.claimed_by != self.run_id)
        found = (
            select(Stored, Queue.delivery_count)
            .join(Queue, Queue.message_id == Stored.id)
            .where(Queue.subscription_id == job.subscription.id, or_(Queue.claimed_by.is_(None), theirs))
            .where(Stored.expires_at > self._now())
            .order_by(Queue.rank, Queue.message_id)
            .limit(job.limit)
            .with_for_update(of=Queue, skip_locked=True)
        )
        claimed = [
            message(one, sub_key=job.subscription.sub_key, delivery_count=one["delivery_count"] + 1)
            for one in connection.execute(found).mappings()
        ]
        claimed = _first(claimed, job)
        if claimed:
            self._set(
                connection,
                [(job.subscription.id, one.rank, one.number) for one in claimed],
                delivery_count=Queue.delivery_count + 1,
                claimed_by=self.run_id,
            )
        return claimed

    def _release(self, connection: Connection, places: Sequence[Place], was_sent: bool) -> None:
        delivery_count = Queue.delivery_count - (0 if was_sent else 1)
        self._set(connection, places, claimed_by=None, delivery_count=delivery_count)

    def _set(self, connection: Connection, places: Sequence[Place], **values: object) -> None:
        if places:
            changed = update(Queue).where(*_at_place()).values(**values)
            connection.execute(changed, [_place(place) for place in places])

    def _confirm(self, connection: Connection, places: Sequence[Place]) -> None:
        if not places:
            return
        connection.execute(delete(Queue).where(*_at_place()), [_place(place) for place in places])
        numbers = {number for _, _, number in places}
        connection.execute(delete(Stored).where(Stored.id.in_(numbers), _is_for_nobody()))


def _first(found: list[Message], job: Claim) -> list[Message]:
    """Those of the messages that are among the first, if there are others elsewhere."""
    if len(found) + len(job.others) <= job.limit:
        return found
    keys = [(one.rank, one.pub_time) for one in found]
    last = sorted([*keys, *job.others])[job.limit - 1]
    return [one for one, key in zip(found, keys, strict=True) if key <= last]


def _is_for_nobody() -> ColumnElement[bool]:
    return ~Stored.is_kept & ~exists().where(Queue.message_id == Stored.id)


def _at_place() -> tuple[ColumnElement[bool], ...]:
    return (
        Queue.subscription_id == bindparam("p_subscription"),
        Queue.rank == bindparam("p_rank"),
        Queue.message_id == bindparam("p_message"),
    )


def _place(place: Place) -> dict[str, int]:
    return {"p_subscription": place[0], "p_rank": place[1], "p_message": place[2]}


def _key(topic: Topic) -> tuple[int, int]:
    """Of what is known about a topic's room: it is another one once its depth was changed."""
    return topic.id, topic.max_depth_gd
