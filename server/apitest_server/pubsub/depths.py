"""How many messages with guaranteed delivery a topic may still take, whichever server they are published to.

Far from its maximum depth a topic has no lock that publishers wait for: each server may add so many messages without
looking, and together they cannot fill it. A topic that is half full is marked in the ODB. Then each server counts, in
the transaction that adds messages and alone with the topic, so that the maximum is kept to the message.
"""

from sqlalchemy import Connection, delete, insert

from apitest_server.odb.models import Fact
from apitest_server.pubsub import statements
from apitest_server.pubsub.directory import Topic

SERVERS = 16  # that may publish to one topic; with more of them its depth could be exceeded


class Depths:
    """What one server knows of it; used in the writer's thread, within its transactions."""

    def __init__(self) -> None:
        self._room: dict[tuple[int, int], int] = {}  # By topic and maximum: what may be added without looking

    def take(self, connection: Connection, topic: Topic, count: int, now: float) -> int | None:
        """Locks a topic, to add messages: it exists, and nobody subscribes to it, until the end of the transaction.

        What has expired takes no room: it is deleted once the topic seems to be full.

        Returns:
            How many of them it takes; ``None`` if it does not exist any more.
        """
        at = {"topic": topic.id}
        if self._room.get(_key(topic), 0) >= count and not _is_marked(connection, topic):
            if connection.scalar(statements.LOCK_TOPIC, at) is None:
                return None
            if not _is_marked(connection, topic):  # Whoever marks it has waited for all who add messages
                self._room[_key(topic)] -= count
                return count
        if connection.scalar(statements.LOCK_TOPIC_ALONE, at) is None:
            return None
        free = _free(connection, topic)
        if free < count and connection.execute(statements.EXPIRE, {**at, "now": now}).rowcount:
            free = _free(connection, topic)
        reserve = topic.max_depth_gd // 2
        has_room = free - count >= reserve
        _mark(connection, topic, not has_room)
        self._room[_key(topic)] = reserve // SERVERS if has_room else 0
        return count if topic.depth_policy == "drop-oldest" else min(free, count)

    def trim(self, connection: Connection, topic: Topic) -> None:
        """Drops the oldest messages of a topic that was given more than it may hold, if that is what it does."""
        if topic.depth_policy == "drop-oldest" and not self._room.get(_key(topic)):
            connection.execute(statements.TRIM, {"topic": topic.id, "depth": topic.max_depth_gd})


def _key(topic: Topic) -> tuple[int, int]:
    """Of what is known about a topic's room: it is another one once its depth was changed."""
    return topic.id, topic.max_depth_gd


def _free(connection: Connection, topic: Topic) -> int:
    """How many messages a topic has room for, beside those that are stored; the caller is alone with it."""
    return max(0, topic.max_depth_gd - (connection.scalar(statements.DEPTH, {"topic": topic.id}) or 0))


def _name(topic: Topic) -> str:
    return f"{statements.HALF_FULL}{topic.id}"


def _is_marked(connection: Connection, topic: Topic) -> bool:
    return connection.scalar(statements.IS_MARKED, {"mark": _name(topic)}) is not None


def _mark(connection: Connection, topic: Topic, is_wanted: bool) -> None:
    """Marks a topic as half full, or not any longer; the caller is alone with it."""
    if is_wanted == _is_marked(connection, topic):
        return
    if is_wanted:
        connection.execute(insert(Fact).values(name=_name(topic), value=str(topic.max_depth_gd)))
    else:
        connection.execute(delete(Fact).where(Fact.name == _name(topic)))
