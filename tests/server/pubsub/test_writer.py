"""Tests of apitest_server.pubsub.writer."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, text

from apitest_server.errors import BadRequest, ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.pubsub.jobs import Call
from apitest_server.pubsub.writer import Job, Writer


class Log:
    """Does jobs, and keeps in mind how many were done together."""

    def __init__(self) -> None:
        self.together: list[int] = []

    def apply(self, connection: Connection, jobs: Sequence[Job[Any]]) -> list[object]:
        self.together.append(len(jobs))
        return [job.function(connection) for job in jobs if isinstance(job, Call)]


async def submitted(writer: Writer, *functions: Callable[[Connection], object]) -> list[Any]:
    return await asyncio.gather(*(writer.submit(Call(each)) for each in functions), return_exceptions=True)


def test_what_is_submitted_together_shares_a_transaction(odb: ODB) -> None:
    """Also when those who were answered come again."""
    log = Log()
    writer = Writer(odb, log.apply)

    async def publisher(number: int) -> list[int]:
        return [await writer.submit(Call(lambda _: number)) for _ in range(3)]

    async def publishers() -> list[list[int]]:
        return await asyncio.gather(*(publisher(number) for number in range(20)))

    assert asyncio.run(publishers()) == [[number] * 3 for number in range(20)]
    writer.close()
    assert log.together == [20, 20, 20]


def test_one_bad_job_does_no_harm_to_the_others(odb: ODB) -> None:
    """What it had written is undone."""
    writer = Writer(odb, Log().apply)

    def bad(connection: Connection) -> None:
        connection.execute(text("INSERT INTO objects VALUES (1, 'a', 'a', 'bad', 'a', '{}', '{}')"))
        raise BadRequest("no")

    def good(connection: Connection) -> int:
        connection.execute(text("INSERT INTO objects VALUES (2, 'a', 'a', 'good', 'a', '{}', '{}')"))
        return 2

    one, two = asyncio.run(submitted(writer, bad, good))
    writer.close()
    assert (str(one), two) == ("no", 2)
    with odb.reading() as session:
        assert session.scalars(text("SELECT name FROM objects")).all() == ["good"]


def test_a_database_that_is_away_is_told_and_comes_back(odb: ODB, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever waits is told; the next transaction connects again."""
    writer = Writer(odb, Log().apply)

    async def scenario() -> tuple[Any, Any]:
        def away(connection: Connection) -> None:
            connection.execute(text("SELECT * FROM no_such_table_" + "x" * 5))

        def lost(connection: Connection) -> None:
            from sqlalchemy.exc import OperationalError

            raise OperationalError("statement", {}, Exception("connection lost"))

        (told,) = await submitted(writer, lost)
        (after,) = await submitted(writer, lambda connection: connection.scalar(text("SELECT 1")))
        return told, after

    told, after = asyncio.run(scenario())
    writer.close()
    assert isinstance(told, ServiceUnavailable)
    assert after == 1
    assert "connection lost" in caplog.text


def test_it_ends_with_what_was_submitted(odb: ODB) -> None:
    """What comes later is refused."""
    writer = Writer(odb, Log().apply)
    done: list[int] = []

    async def scenario() -> None:
        waiting = writer.submit(Call(lambda _: done.append(1)))
        writer.close()
        await waiting
        with pytest.raises(ServiceUnavailable, match="shutting down"):
            await writer.submit(Call(lambda _: done.append(2)))

    asyncio.run(scenario())
    assert done == [1]


def test_commits_are_on_disk(odb: ODB) -> None:
    """The connection is one on which the database waits for the disk, whatever its own setting is."""
    with odb.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if not is_sqlite:
            name = connection.scalar(text("SELECT current_database()"))
            connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
            connection.commit()
    odb.engine.dispose()
    writer = Writer(odb, Log().apply)
    setting = "PRAGMA synchronous" if is_sqlite else "SHOW synchronous_commit"
    (found,) = asyncio.run(submitted(writer, lambda connection: connection.scalar(text(setting))))
    writer.close()
    assert found == (2 if is_sqlite else "on")
    with odb.engine.connect() as connection:
        assert connection.scalar(text(setting)) == (1 if is_sqlite else "off")


def test_nobody_waits_any_more(odb: ODB) -> None:
    """What was given up, or whose loop is closed, is done all the same."""
    writer = Writer(odb, Log().apply)
    done: list[int] = []

    async def scenario() -> None:
        given_up = writer.submit(Call(lambda _: done.append(1)))
        given_up.cancel()
        await writer.submit(Call(lambda _: done.append(2)))
        writer.submit(Call(lambda _: done.append(3)))
        await asyncio.sleep(0)

    asyncio.run(scenario())
    writer.close()
    assert done == [1, 2, 3]


def test_a_transaction_that_waited_for_another_one_in_a_circle_is_done_again(odb: ODB) -> None:
    """PostgreSQL ends one of the two; nobody is told of that."""
    from sqlalchemy.exc import OperationalError

    class Deadlock(Exception):
        sqlstate = "40P01"

    failures = [1, 2]

    def sometimes(connection: Connection) -> str:
        if failures:
            failures.pop()
            raise OperationalError("statement", {}, Deadlock("deadlock detected"))
        return "done"

    writer = Writer(odb, Log().apply)
    assert asyncio.run(submitted(writer, sometimes)) == ["done"]
    writer.close()


def test_a_connection_that_is_lost_under_any_name_leaves_doubts(odb: ODB) -> None:
    """Whatever error comes of it, what the database may have done before is settled in the next transaction."""
    settled: list[str] = []

    class Confirming(Job[None]):
        def in_doubt(self) -> Job[object]:
            return Call(lambda connection: settled.append("settled"))

    def apply(connection: Connection, jobs: Sequence[Job[Any]]) -> list[object]:
        if isinstance(jobs[0], Confirming):
            connection.invalidate()
            raise ValueError("a protocol error of the driver")
        return [job.function(connection) for job in jobs if isinstance(job, Call)]

    writer = Writer(odb, apply)

    async def scenario() -> list[Any]:
        [lost] = await asyncio.gather(writer.submit(Confirming()), return_exceptions=True)
        return [lost, *await submitted(writer, lambda connection: list(settled))]

    lost, after = asyncio.run(scenario())
    writer.close()
    assert (type(lost), after) == (ServiceUnavailable, ["settled"])
