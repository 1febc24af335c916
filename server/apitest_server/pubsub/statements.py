"""The statements that are executed for each message, built once: building them takes longer than executing them."""

from functools import cache

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, delete, exists, func, or_, select, update

from apitest_server.odb.models import Fact, Object, ServerRun
from apitest_server.odb.models import PubSubMessage as Stored
from apitest_server.odb.models import PubSubQueue as Queue
from apitest_server.odb.models import PubSubSubscription as Subscribed
from apitest_server.pubsub.rows import COLUMNS

_ENQUEUE = (
    "INSERT INTO pubsub_queue (subscription_id, rank, message_id, delivery_count) "
    "SELECT s.id, 9 - m.priority, m.id, 0 FROM pubsub_messages m "
    "JOIN pubsub_subscriptions s ON s.topic_id = m.topic_id WHERE m.msg_id = {}"
)


@cache
def store(mark: str) -> str:
    """Stores a row of a message; ``mark`` is what a driver has in the place of a value."""
    return f"INSERT INTO pubsub_messages ({', '.join(COLUMNS)}) VALUES ({', '.join(mark for _ in COLUMNS)})"  # noqa: S608


@cache
def enqueue(mark: str) -> str:
    """Puts a stored message into the queues of all who are subscribed to its topic."""
    return _ENQUEUE.format(mark)


# Nobody subscribes to a topic that is locked, on any server: a message is either kept for the first subscriber or in
# the queues of all.
LOCK_TOPIC = select(Object.id).where(Object.id == bindparam("topic")).with_for_update(key_share=True, read=True)
LOCK_TOPIC_ALONE = select(Object.id).where(Object.id == bindparam("topic")).with_for_update()
HALF_FULL = "pubsub.half-full."  # With the ID of a topic, the name of its mark
IS_MARKED = select(Fact.name).where(Fact.name == bindparam("mark"))
HAS_SUBSCRIBERS = select(exists().where(Subscribed.topic_id == bindparam("topic")))
DEPTH = select(func.count()).select_from(Stored).where(Stored.topic_id == bindparam("topic"))
# By the index of times: what has not expired is not read, however much of it a topic holds.
_EXPIRED = select(Stored.id).where(Stored.expires_at <= bindparam("now"))
EXPIRE = delete(Stored).where(Stored.topic_id == bindparam("topic"), Stored.id.in_(_EXPIRED))
_NEWEST_DROPPED = (
    select(Stored.id)
    .where(Stored.topic_id == bindparam("topic"))
    .order_by(Stored.id.desc())
    .limit(1)
    .offset(bindparam("depth"))
)
TRIM = delete(Stored).where(Stored.topic_id == bindparam("topic"), Stored.id <= _NEWEST_DROPPED.scalar_subquery())
# What a server that is not known any more was delivering is there for others.
_IS_FREE = or_(
    Queue.claimed_by.is_(None),
    and_(Queue.claimed_by != bindparam("run"), Queue.claimed_by.not_in(select(ServerRun.id))),
)
# This server's own claims are not in the way: of two of its pushers one waits for the other.
_IS_NOT_OWN = or_(Queue.claimed_by.is_(None), Queue.claimed_by != bindparam("run"))
_IS_DUE = and_(
    Queue.subscription_id == bindparam("subscription"), Queue.dead_since.is_(None),
    or_(Queue.due.is_(None), Queue.due <= bindparam("due")), Stored.expires_at > bindparam("now"),
)  # fmt: skip
_ATTEMPTS = Queue.delivery_count - Queue.attempts_before
_LOCKED = (
    select(
        Queue.rank, Queue.message_id, Queue.delivery_count, _ATTEMPTS.label("attempts"),
        func.length(Stored.content).label("bytes"),
    )
    .join(Queue, Queue.message_id == Stored.id)
    .where(_IS_FREE, _IS_DUE)
    .order_by(Queue.rank, Queue.message_id)
    .limit(bindparam("most"))
    .with_for_update(of=Queue, skip_locked=True)
    .subquery()
)  # fmt: skip
_TOTAL = func.sum(_LOCKED.c.bytes).over(order_by=(_LOCKED.c.rank, _LOCKED.c.message_id))
_FITTING = select(_LOCKED, _TOTAL.label("total")).subquery()
# The first messages of a queue, up to the one with which they are so many bytes: what comes after that is not read.
FIRST = (
    select(*Stored.__table__.columns, _FITTING.c.delivery_count, _FITTING.c.attempts)
    .join(_FITTING, _FITTING.c.message_id == Stored.id)
    .where(_FITTING.c.total - _FITTING.c.bytes < bindparam("most_bytes"))
    .order_by(_FITTING.c.rank, _FITTING.c.message_id)
)
# The same queue, with what other servers are delivering or have locked. It is read after the statement above: what is
# here and not there comes before what it stands in front of.
PLACES = (
    select(Queue.rank, Queue.message_id, Stored.pub_time)
    .join(Stored, Stored.id == Queue.message_id)
    .where(_IS_NOT_OWN, _IS_DUE)
    .order_by(Queue.rank, Queue.message_id)
    .limit(bindparam("most"))
)


def _at_place() -> ColumnElement[bool]:
    return and_(Queue.subscription_id == bindparam("subscription"), Queue.message_id == bindparam("message"))


CLAIM = update(Queue).where(_at_place()).values(delivery_count=Queue.delivery_count + 1, claimed_by=bindparam("run"))
_NEW_PROBLEM: BindParameter[str] = bindparam("why")
RELEASE = (
    update(Queue)
    .where(_at_place(), Queue.claimed_by == bindparam("run"))
    .values(
        claimed_by=None,
        delivery_count=Queue.delivery_count - bindparam("unsent"),
        due=bindparam("until"),
        problem=case((_NEW_PROBLEM == "", Queue.problem), else_=_NEW_PROBLEM),
    )
)
BURY = (
    update(Queue)
    .where(_at_place(), Queue.claimed_by.is_(None), bindparam("most") <= _ATTEMPTS)
    .values(dead_since=bindparam("now"))
)
GIVE_UP = update(Queue).where(_at_place()).values(dead_since=bindparam("now"), claimed_by=None)
CONFIRM = delete(Queue).where(_at_place())
FORGET = delete(Stored).where(
    Stored.id == bindparam("message"), ~Stored.is_kept, ~exists().where(Queue.message_id == Stored.id)
)
