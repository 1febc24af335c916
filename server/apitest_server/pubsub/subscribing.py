"""Subscriptions in the ODB: made, found and ended, each within the transaction of a connection."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists, func, insert, literal, or_, select, update

from apitest_server.errors import NotFound
from apitest_server.odb.models import Fact, Object, ServerRun
from apitest_server.odb.models import PubSubMessage as Stored
from apitest_server.odb.models import PubSubQueue as Queue
from apitest_server.odb.models import PubSubSubscription as Table
from apitest_server.pubsub.rows import subscription
from apitest_server.pubsub.statements import HALF_FULL
from apitest_server.pubsub.subscriptions import Subscription

Rows = Table.__table__


def load(connection: Connection, sub_key: str = "") -> list[Subscription]:
    """All subscriptions, or the one of a key."""
    chosen = select(Rows).where(Table.sub_key == sub_key) if sub_key else select(Rows)
    return [subscription(row) for row in connection.execute(chosen.order_by(Table.id)).mappings()]


def subscribe(connection: Connection, wanted: Subscription) -> tuple[Subscription, bool]:
    """Subscribes, and takes over what the topic has kept for its first subscriber.

    Args:
        connection: within a transaction.
        wanted: the subscription; its number does not count.

    Returns:
        The subscription, the earlier one if there is one already; and whether it is new.

    Raises:
        NotFound: the topic or the endpoint is gone.
    """
    # Nobody publishes to the topic meanwhile, on any server.
    locked = select(Object.id).where(Object.id.in_([wanted.topic_id, wanted.endpoint_id])).order_by(Object.id)
    if len(connection.scalars(locked.with_for_update()).all()) < 2:
        raise NotFound("The topic or the endpoint was deleted")
    same = select(Rows).where(Table.topic_id == wanted.topic_id, Table.endpoint_id == wanted.endpoint_id)
    found = connection.execute(same.where(Table.client_id == wanted.client_id)).first()
    if found is not None:
        wrap = wanted.wrap_one_msg_in_list
        connection.execute(update(Table).where(Table.id == found.id).values(wrap_one_msg_in_list=wrap))
        return load(connection, found.sub_key)[0], False
    values = {name: getattr(wanted, name) for name in Subscription.__dataclass_fields__ if name != "id"}
    connection.execute(insert(Table).values(**values))
    made = load(connection, wanted.sub_key)[0]
    kept = Stored.topic_id == wanted.topic_id, Stored.is_kept
    entries = select(literal(made.id), 9 - Stored.priority, Stored.id, literal(0)).where(*kept)
    connection.execute(insert(Queue).from_select(["subscription_id", "rank", "message_id", "delivery_count"], entries))
    connection.execute(update(Stored).where(*kept).values(is_kept=False))
    return made, True


def unsubscribe(connection: Connection, sub_keys: Sequence[str]) -> list[Subscription]:
    """Ends subscriptions, with what waits for them; returns those that there were."""
    chosen = select(Rows).where(Table.sub_key.in_(sub_keys))
    found = [subscription(row) for row in connection.execute(chosen).mappings()]
    connection.execute(delete(Table).where(Table.sub_key.in_(sub_keys)))
    forget_delivered(connection, {one.topic_id for one in found})
    return found


def forget_delivered(connection: Connection, topic_ids: set[int] | None = None) -> None:
    """Deletes messages that nobody waits for, of these topics or of all."""
    unwanted = delete(Stored).where(~Stored.is_kept, ~exists().where(Queue.message_id == Stored.id))
    connection.execute(unwanted if topic_ids is None else unwanted.where(Stored.topic_id.in_(topic_ids)))


def expire(connection: Connection, now: float) -> None:
    """Deletes messages whose time is over, and those that nobody waits for any more."""
    connection.execute(delete(Stored).where(Stored.expires_at <= now))
    forget_delivered(connection)
    for name in connection.scalars(select(Fact.name).where(Fact.name.startswith(HALF_FULL))).all():
        of_topic = select(Object.id).where(Object.id == int(name.removeprefix(HALF_FULL)))
        if connection.scalar(of_topic) is None:  # It was deleted
            connection.execute(delete(Fact).where(Fact.name == name))


def depth(connection: Connection, subscription_id: int, now: float) -> int:
    """How many messages a queue holds that have not expired."""
    counted = select(func.count()).select_from(Queue).join(Stored, Stored.id == Queue.message_id)
    own = Queue.subscription_id == subscription_id, Queue.dead_since.is_(None), Stored.expires_at > now
    return connection.scalar(counted.where(*own)) or 0


def hold(connection: Connection, subscription_id: int, run_id: str) -> bool:
    """Lets one server deliver to a subscription until it ends or dies; whether that is this one."""
    gone = or_(Table.held_by.is_(None), Table.held_by == run_id, Table.held_by.not_in(select(ServerRun.id)))
    taken = update(Table).where(Table.id == subscription_id, gone).values(held_by=run_id)
    return bool(connection.execute(taken).rowcount)


def runs(connection: Connection) -> list[str]:
    """The runs of all servers, this one's included if it has been written."""
    return list(connection.scalars(select(ServerRun.id)))


def let_go(connection: Connection, run_id: str) -> None:
    """Gives up all that a server holds: subscriptions, and messages that it was delivering."""
    connection.execute(update(Table).where(Table.held_by == run_id).values(held_by=None))
    connection.execute(update(Queue).where(Queue.claimed_by == run_id).values(claimed_by=None))
