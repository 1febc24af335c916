"""Tests of apitest_server.wsx.cluster: two servers of one ODB, each a process."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect

from apitest_server.wsx.protocol import client_response
from tests.server.cluster.pair import Member
from tests.server.wsx.serving import Guest, channel

NAME = "zato.channel.web-socket"


class Pair:
    """Two servers, and what both say."""

    def __init__(self, directory: Path) -> None:
        self.members = [Member(directory, f"{number}.log") for number in range(2)]
        self.servers = [member.process for member in self.members]
        self.guests: list[Guest] = []

    async def call(self, index: int, verb: str, payload: object) -> Any:
        return await asyncio.to_thread(self.members[index].call, f"{NAME}.{verb}", payload)

    async def signed_in(self, index: int, client_id: str) -> Guest:
        guest = Guest(await connect(self.servers[index].address.replace("http", "ws") + "/", proxy=None))
        self.guests.append(guest)
        await guest.sign_in(client_id=client_id)
        return guest

    async def connections(self, index: int, count: int) -> list[dict[str, Any]]:
        """What a server lists, once it lists so many: it hears of those of the other one a moment later."""
        found: list[dict[str, Any]] = []
        while len(found) != count:
            found = await self.call(index, "get-connection-list", {"sort_by": "ext_client_id"})
        return found


def run(directory: Path, test: Callable[[Pair], Awaitable[None]]) -> None:
    (directory / "services").mkdir()
    (directory / "server.conf").write_text(channel(service="zato.helpers.echo"), "utf-8")
    pair = Pair(directory)

    async def main() -> None:
        try:
            async with asyncio.timeout(60):
                await test(pair)
        finally:
            for guest in pair.guests:
                guest.connection.transport.abort()
                await guest.connection.wait_closed()

    try:
        for server in pair.servers:
            server.start()
        asyncio.run(main())
    finally:
        for server in pair.servers:
            server.stop()


async def answer(guest: Guest, response: object) -> object:
    asked = await guest.next()
    await guest.connection.send(client_response("r", "t", asked["meta"]["id"], guest.token, {}, response))
    return asked["data"]


@pytest.mark.live
def test_any_server_reaches_all_clients(tmp_path: Path) -> None:
    """It lists them with their servers, asks them, sends to all of them, and disconnects them."""

    async def test(pair: Pair) -> None:
        first, second = [await pair.signed_in(index, f"c{index}") for index in range(2)]
        for index in range(2):
            rows = await pair.connections(index, 2)
            assert [row["ext_client_id"] for row in rows] == ["c0", "c1"]
            assert [row["server_proc_pid"] for row in rows] == [server.pid for server in pair.servers]
        target = {"pub_client_id": rows[0]["pub_client_id"]}
        asking = asyncio.create_task(pair.call(1, "invoke-wsx", {**target, "request_data": "how are you?"}))
        assert await answer(first, "well") == "how are you?"
        assert await asking == {"response_data": "well"}
        sent = await pair.call(1, "broadcast", {"id": rows[0]["channel_id"], "request_data": [1]})
        assert sent["clients"] == 2
        assert [(await guest.next())["data"] for guest in (first, second)] == [[1], [1]]
        closing = asyncio.create_task(first.closed())
        assert await pair.call(1, "disconnect-connection", target) == target
        assert (await closing)[0] == 1001
        assert [row["ext_client_id"] for row in await pair.connections(1, 1)] == ["c1"]

    run(tmp_path, test)


@pytest.mark.live
def test_taps_hear_the_clients_of_all_servers(tmp_path: Path) -> None:
    """One on a channel, and one on a connection elsewhere; any server reads and stops them."""

    async def test(pair: Pair) -> None:
        guests = [await pair.signed_in(index, f"c{index}") for index in range(2)]
        rows = await pair.connections(1, 2)
        tap = await pair.call(1, "start-tap", {"id": rows[0]["channel_id"]})
        for number, guest in enumerate(guests):
            await guest.invoke({"said": number})
        heard: list[dict[str, Any]] = []
        while len(heard) < 4:
            heard += (await pair.call(len(heard) % 2, "read-tap", {**tap, "timeout": 5}))["frames"]
        assert sorted(frame["direction"] for frame in heard) == ["in", "in", "out", "out"]
        assert {frame["pub_client_id"] for frame in heard} == {row["pub_client_id"] for row in rows}
        assert (await pair.call(1, "read-tap", tap))["frames"] == []
        assert await pair.call(0, "stop-tap", tap) == tap
        for index in range(2):
            assert (await pair.call(index, "read-tap", tap))[0] == 404
        one = await pair.call(1, "start-tap", {"pub_client_id": rows[0]["pub_client_id"]})
        for guest in guests:
            await guest.invoke({"again": True})
        frames = (await pair.call(1, "read-tap", {**one, "timeout": 5}))["frames"]
        while len(frames) < 2:
            frames += (await pair.call(1, "read-tap", {**one, "timeout": 5}))["frames"]
        assert {frame["pub_client_id"] for frame in frames} == {rows[0]["pub_client_id"]}
        assert (await pair.call(1, "start-tap", {"pub_client_id": "ws.none"}))[0] == 404

    run(tmp_path, test)


@pytest.mark.live
def test_a_server_that_dies_leaves_no_connections(tmp_path: Path) -> None:
    """The other one does not list what was connected to it."""

    async def test(pair: Pair) -> None:
        for index in range(2):
            await pair.signed_in(index, f"c{index}")
        await pair.connections(1, 2)
        os.kill(pair.servers[0].pid, signal.SIGKILL)
        pair.servers[0].stop()
        assert [row["ext_client_id"] for row in await pair.connections(1, 1)] == ["c1"]

    run(tmp_path, test)
