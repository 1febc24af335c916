"""Tests of apitest_server.wsx.feed, on both databases."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.cluster.bus import Bus
from apitest_server.odb import ODB
from apitest_server.wsx import feed as module
from apitest_server.wsx.feed import Feed, News
from apitest_server.wsx.roll import Roll
from tests.server.wsx.test_roll import client


@pytest.fixture
def odb(tmp_path: Path, odb_url: str) -> Iterator[ODB]:
    found = ODB(odb_url, tmp_path)
    found.load()
    yield found
    found.close()


class Server:
    """A server's roll."""

    def __init__(self, odb: ODB) -> None:
        self.bus = Bus(odb, "s", "http://s")
        self.roll = Roll(odb, self.bus)
        self.clients: dict[int, Any] = {}

    def come(self, *numbers: int, **about: object) -> None:
        for number in numbers:
            self.clients[number] = client(number, **about)
            self.roll.add(self.clients[number])
        self.roll.flush()

    def go(self, *numbers: int) -> None:
        for number in numbers:
            self.roll.drop(self.clients.pop(number))
        self.roll.flush()


@pytest.fixture
def servers(odb: ODB, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Server]]:
    """Two of one ODB; each look is one of its own."""
    monkeypatch.setattr(module, "EVERY", 0.0)
    made = [Server(odb), Server(odb)]
    yield made
    for server in made:
        server.roll.close()


class Reader:
    """Who wants to know."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.position = ""

    async def read(self, size: int = 100, channel: int | None = None) -> News:
        news = await self.feed.read(channel, self.position, size, 0.0)
        self.position = news.position
        return news


def told(news: News) -> tuple[list[str], list[str]]:
    return [str(row["pub_client_id"]) for row in news.rows], sorted(news.gone)


def test_who_comes_and_goes_on_all_servers(odb: ODB, servers: list[Server]) -> None:
    """First everybody, then what is new, and nothing twice; also where one comes as another one goes."""
    one, two = servers

    async def run() -> None:
        reader = Reader(Feed(one.roll, odb))
        one.come(1, 2)
        two.come(3)
        first = await reader.read()
        assert (first.is_anew, sorted(told(first)[0])) == (True, ["ws.1", "ws.2", "ws.3"])
        assert (first.rows[0]["connection_time"], first.rows[0]["server_name"]) == ("2026-01-31T12:00:00+00:00", "s")
        assert told(await reader.read()) == ([], [])
        one.go(1)
        one.come(4)
        two.go(3)
        news = await reader.read()
        assert (news.is_anew, told(news)) == (False, (["ws.4"], ["ws.1", "ws.3"]))
        one.come(5)
        one.go(5)
        assert told(await reader.read()) == ([], [])
        reader.feed.close()

    asyncio.run(run())


def test_what_is_learnt_of_a_client_is_told(odb: ODB, servers: list[Server]) -> None:
    """What it sends is not."""
    one = servers[0]

    async def run() -> None:
        reader = Reader(Feed(one.roll, odb))
        one.come(1)
        await reader.read()
        one.clients[1].socket.bytes_in = 500
        one.roll._note_activity()
        one.roll.flush()
        assert told(await reader.read()) == ([], [])
        one.clients[1].fqdn = "one.example"
        one.roll.change(one.clients[1])
        news = await reader.read()
        assert [row["peer_fqdn"] for row in news.rows] == ["one.example"]
        reader.feed.close()

    asyncio.run(run())


def test_many_are_told_in_parts(odb: ODB, servers: list[Server]) -> None:
    """One channel's clients can be asked for alone; who goes between two parts is told as well."""
    one = servers[0]

    async def run() -> None:
        feed = Feed(one.roll, odb)
        reader, of_none = Reader(feed), Reader(feed)
        one.come(*range(5))
        first = await reader.read(size=2)
        assert (len(first.rows), first.has_more) == (2, True)
        one.go(0, 4)
        second = await reader.read(size=2)
        third = await reader.read(size=2)
        names = [name for news in (first, second, third) for name in told(news)[0]]
        gone = [name for news in (first, second, third) for name in news.gone]
        assert set(names) - set(gone) == {"ws.1", "ws.2", "ws.3"}
        assert (third.has_more, third.is_anew) == (False, False)
        assert (await of_none.read(channel=7)).rows == []
        assert len((await Reader(feed).read(channel=-5)).rows) == 3
        feed.close()

    asyncio.run(run())


def test_a_server_that_has_ended_takes_its_clients_along(odb: ODB, servers: list[Server]) -> None:
    """All of them are gone."""
    one, two = servers

    async def run() -> None:
        reader = Reader(Feed(one.roll, odb))
        one.come(1)
        two.come(2, 3)
        await reader.read()
        two.go(2, 3)
        assert told(await reader.read()) == ([], ["ws.2", "ws.3"])
        reader.feed.close()

    asyncio.run(run())


def test_one_look_serves_all_and_nobody_means_none(
    odb: ODB, servers: list[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many read; whoever waits is told as soon as there is something."""
    one = servers[0]
    monkeypatch.setattr(module, "EVERY", 0.05)
    looks: list[int] = []
    look = Feed._look
    monkeypatch.setattr(Feed, "_look", lambda self: (looks.append(1), look(self)))

    async def run() -> None:
        feed = Feed(one.roll, odb)
        assert looks == []
        readers = [Reader(feed) for _ in range(50)]
        one.come(1)
        await asyncio.gather(*(reader.read() for reader in readers))
        assert len(looks) < 50
        waiting = asyncio.create_task(feed.read(None, readers[0].position, 10, 60.0))
        await asyncio.sleep(0)
        await asyncio.to_thread(one.come, 2)
        assert told(await waiting) == (["ws.2"], [])
        feed.close()

    asyncio.run(run())


def test_who_was_away_too_long_begins_anew(odb: ODB, servers: list[Server], monkeypatch: pytest.MonkeyPatch) -> None:
    """As does who asks with a position that means nothing; what nobody reads is not kept."""
    one = servers[0]
    monkeypatch.setattr(module, "KEPT", 2)

    async def run() -> None:
        feed = Feed(one.roll, odb)
        reader = Reader(feed)
        one.come(*range(6))
        for number in range(2):
            await reader.read()
            one.go(number)
        assert not (await reader.read()).is_anew
        one.go(2, 3, 4)
        old = Reader(feed)
        old.position = reader.position
        await reader.read()
        assert (await old.read()).is_anew
        for position in ("x", "x.y", f"{reader.position.partition('.')[0]}.{'9' * 30}", "ä.²"):
            old.position = position
            news = await old.read()
            assert (news.is_anew or not news.rows) and news.position != position
        monkeypatch.setattr(module, "IDLE", 0.0)
        await reader.read()
        while feed._rows:
            await asyncio.sleep(0)
        assert (await reader.read()).is_anew
        feed.close()

    asyncio.run(run())
