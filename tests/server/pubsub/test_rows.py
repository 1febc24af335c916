"""Tests of apitest_server.pubsub.rows."""

from msgspec.structs import replace
from sqlalchemy import insert, select

from apitest_server.odb.models import PubSubMessage
from apitest_server.pubsub.rows import COLUMNS, message, row
from tests.server.pubsub.place import Place
from tests.server.pubsub.test_message import MESSAGE


def test_a_message_comes_back_as_it_was(place: Place) -> None:
    """All of it but its number, which the database gives it."""
    stored = replace(MESSAGE, topic_id=place.topic("/a").id, content='"é\\u0000"'.encode(), correl_id="c")
    with place.odb.writing() as session:
        values = dict(zip(COLUMNS, row(stored, is_kept=True), strict=True))
        session.execute(insert(PubSubMessage).values(**values))
    with place.odb.reading() as session:
        (found,) = session.connection().execute(select(PubSubMessage.__table__)).mappings()
    assert message(found, "zpsk.rest.1", 2) == replace(stored, number=found["id"])
