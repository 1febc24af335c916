"""Guaranteed delivery while the disk is full or the database is away: publishers are told, and nothing is lost."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, text

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.odb.models import PubSubMessage
from apitest_server.pubsub import queues
from apitest_server.pubsub.message import Publication
from tests.server.pubsub.place import Place, until


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "AGAIN", 0.01)


@contextmanager
def full(place: Place) -> Iterator[None]:
    """The disk has no page left for the database, whoever connects to it."""
    pages = place.run(place.broker.do(lambda connection: connection.scalar(text("PRAGMA page_count"))))

    def limit(connection: object, record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    event.listen(place.odb.engine, "connect", limit)
    place.broker._writer._disconnect()
    place.odb.engine.dispose()
    yield
    event.remove(place.odb.engine, "connect", limit)
    place.broker._writer._disconnect()
    place.odb.engine.dispose()


def test_publishers_are_told_that_the_disk_is_full(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What was acknowledged before is delivered; once there is room again, publishing works again."""
    odb = ODB("", tmp_path)
    odb.load()
    with Place(odb) as place:
        place.topic("/a")
        sub_key = place.subscribe("/a")
        acknowledged = []
        with full(place):
            for number in range(200):
                try:
                    place.publish("/a", f"{number} {'x' * 2000}", has_gd=True)
                except ServiceUnavailable as error:
                    assert "database cannot be written" in str(error)
                    break
                acknowledged.append(number)
            else:
                pytest.fail("The disk never was full")
        place.publish("/a", "200 after", has_gd=True)
        got = [int(str(data).partition(" ")[0]) for data in place.pull(sub_key, 1000)]
    odb.close()
    assert got == [*acknowledged, 200]
    assert "full" in caplog.text


@pytest.fixture
def away(odb: ODB, odb_url: str, postgresql_url: str) -> Callable[[bool], None]:
    """Lets a database go away, with all connections to it, and come back."""
    name = odb_url.rpartition("/")[2]

    def switch(is_away: bool) -> None:
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {str(not is_away).lower()}")
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    return switch


@pytest.mark.postgresql
@pytest.mark.parametrize("odb_url", ["postgresql"], indirect=True)
def test_a_database_goes_away_and_returns(place: Place, away: Callable[[bool], None]) -> None:
    """Publishers are told meanwhile; what was acknowledged while it was away is not given out again."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    ids = place.publish("/a", 1, 2, 3, has_gd=True)
    assert len(place.run(place.broker.claim(sub_key, 2))) == 2

    async def scenario() -> None:
        away(True)
        with pytest.raises(ServiceUnavailable):
            await place.broker.publish("/a", Publication(data="meanwhile", has_gd=True))
        with pytest.raises(ServiceUnavailable):
            await place.broker.claim(sub_key)
        await place.broker.confirm(sub_key, ids[:1])
        await place.broker.release(sub_key, ids[1:2])
        await asyncio.sleep(0)
        away(False)
        async with asyncio.timeout(30):
            while not await _returned(place):
                await asyncio.sleep(0.01)
        await until(lambda: not place.broker.queues._background)

    place.run(scenario())
    claimed = place.run(place.broker.claim(sub_key))
    assert [(one.data, one.delivery_count) for one in claimed][:2] == [(2, 2), (3, 1)]
    assert place.count(PubSubMessage) == len(claimed)


async def _returned(place: Place) -> bool:
    try:
        await place.broker.do(lambda connection: None)
    except ServiceUnavailable:
        return False
    return True


def test_what_has_become_of_messages_does_not_wait_for_subscriptions(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are read again after something was missed: if the database is away then, nothing stays given out."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    ids = place.publish("/a", 1, 2, has_gd=True)
    place.run(place.broker.claim(sub_key))

    def fail() -> None:
        raise ServiceUnavailable

    async def scenario() -> None:
        monkeypatch.setattr(place.bus, "enrol", fail)
        place.broker._load_again()
        await place.broker.confirm(sub_key, ids[:1])
        await place.broker.release(sub_key, ids[1:])
        with pytest.raises(ServiceUnavailable):
            await place.broker.claim(sub_key)
        monkeypatch.undo()

    place.run(scenario())
    assert claimed(place, sub_key) == [(2, 2)]


@pytest.fixture
def in_doubt(place: Place) -> Callable[[], AbstractContextManager[None]]:
    """Lets transactions commit, while whoever waits for them is told that the database is away."""

    @contextmanager
    def unheard() -> Iterator[None]:
        dialect = place.odb.engine.dialect
        commit = dialect.do_commit

        def do_commit(connection: Any) -> None:
            commit(connection)
            raise dialect.dbapi.OperationalError("The answer is lost")  # type: ignore[union-attr]  # there is a driver

        dialect.do_commit = do_commit  # type: ignore[method-assign]
        yield
        del dialect.do_commit

    return unheard


InDoubt = Callable[[], AbstractContextManager[None]]


def claimed(place: Place, sub_key: str) -> list[tuple[object, int]]:
    """What is given out next: data and delivery count of each message."""
    return [(one.data, one.delivery_count) for one in place.run(place.broker.claim(sub_key))]


def settled(place: Place) -> None:
    """All is written down that had to be."""
    place.run(until(lambda: not place.broker.queues._background))


def test_what_was_claimed_without_an_answer_is_given_out(place: Place, in_doubt: InDoubt) -> None:
    """Nobody has got it, so that it counts as delivered for the first time."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, 2, has_gd=True)
    with in_doubt(), pytest.raises(ServiceUnavailable):
        place.run(place.broker.claim(sub_key))
    assert claimed(place, sub_key) == [(1, 1), (2, 1)]


@pytest.mark.parametrize(("was_sent", "count"), [(True, 2), (False, 1)])
def test_what_was_released_without_an_answer_is_released_once(
    place: Place, in_doubt: InDoubt, was_sent: bool, count: int
) -> None:
    """It is not taken back from the one to whom it is given out next."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    ids = place.publish("/a", 1, has_gd=True)
    place.run(place.broker.claim(sub_key))
    with in_doubt():
        place.run(place.broker.release(sub_key, ids, was_sent))
    assert claimed(place, sub_key) == [(1, count)]
    settled(place)
    assert claimed(place, sub_key) == []


def test_what_was_confirmed_without_an_answer_is_gone(place: Place, in_doubt: InDoubt) -> None:
    """It is not given out again."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    ids = place.publish("/a", 1, 2, has_gd=True)
    place.run(place.broker.claim(sub_key, 1))
    with in_doubt():
        place.run(place.broker.confirm(sub_key, ids[:1]))
    settled(place)
    assert claimed(place, sub_key) == [(2, 1)]
