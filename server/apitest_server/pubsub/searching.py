"""Messages that have words in them, whatever their topic: in the ODB within the transaction of a connection."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, Text, cast, func, or_, select

from apitest_server.odb.models import PubSubMessage as Stored
from apitest_server.odb.rows import searchable
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.places import SEARCHED, Cut
from apitest_server.pubsub.rows import message


def stored(
    connection: Connection, topic_ids: Collection[int] | None, now: float, cut: Cut
) -> tuple[list[Message], int]:
    """Messages with all words of a cut in their data, or where other searches look, the latest first; and how many.

    Args:
        connection: to the ODB.
        topic_ids: whose; ``None`` for all topics.
        now: what has expired by then is left out.
        cut: the words, and which of the messages.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    data: ColumnElement[str] = cast(Stored.content, Text) if is_sqlite else func.convert_from(Stored.content, "UTF8")
    columns = [func.lower(data), *(func.lower(getattr(Stored, name)) for name in SEARCHED)]
    chosen = select(*Stored.__table__.columns).where(Stored.expires_at > now)
    if topic_ids is not None:
        chosen = chosen.where(Stored.topic_id.in_(topic_ids))
    for word in cut.words:
        chosen = chosen.where(or_(*(one.contains(searchable(word), autoescape=True) for one in columns)))
    total = connection.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    ordered = chosen.order_by(Stored.id.desc()).offset(cut.offset)
    rows = connection.execute(ordered if cut.limit is None else ordered.limit(cut.limit)).mappings()
    return [message(row) for row in rows], total


def of_memory(messages: Iterable[Message], cut: Cut) -> tuple[list[Message], int]:
    """The same of messages in memory."""
    words = [word.casefold() for word in cut.words]
    found = [one for one in messages if all(word in _text(one) for word in words)]
    found.sort(key=lambda one: -one.pub_time)
    end = None if cut.limit is None else cut.offset + cut.limit
    return found[cut.offset : end], len(found)


def _text(one: Message) -> str:
    parts = (one.content.decode("utf-8", "replace"), *(str(getattr(one, name)) for name in SEARCHED))
    return "\n".join(parts).casefold()
