"""Tests of apitest_server.internal.channel_web_socket.clients."""

import asyncio
import os
from pathlib import Path

import pytest

from apitest_server.cluster.bus import BUS, Bus
from apitest_server.wsx import websocket
from apitest_server.wsx.protocol import client_response
from tests.server.cluster.test_runs import connection
from tests.server.wsx.serving import Listening, channel, run

NAME = "zato.channel.web-socket"
LIST = f"{NAME}.get-connection-list"


def test_a_request_is_sent_to_everybody(tmp_path: Path) -> None:
    """Answers are not waited for; a channel that is not there is 404."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        number = server.channel().number
        for here_only in (False, True):
            payload = {"id": number, "request_data": ["x"], "here_only": here_only}
            assert await server.call(f"{NAME}.broadcast", payload) == {"id": number, "clients": 1}
            assert (await guest.next())["data"] == ["x"]
        assert (await server.call(f"{NAME}.broadcast", {"id": 99, "request_data": ""}))[0] == 404

    run(tmp_path, test, channel())


def test_connections_are_listed(tmp_path: Path) -> None:
    """With everything that is known of them, by page, filtered and sorted; those without a session are not."""

    async def test(server: Listening) -> None:
        for number in range(3):
            guest = await server.connect()
            await guest.sign_in("user1", "secret1", client_id=f"00{number}", client_name={"till": number, "a": 1})
        await server.connect()
        await guest.invoke("x")
        number = server.channel().number
        [row] = await server.call(LIST, {"id": number, "ext_client_id": "002"})
        [same] = await server.call(LIST, {"pub_client_ids": [row["pub_client_id"], "ws.none"]})
        assert same["pub_client_id"] == row["pub_client_id"]
        assert await server.call(LIST, {"pub_client_ids": []}) == []
        assert (await server.call(LIST, {"pub_client_ids": ["x"] * 1001}))[0] == 400
        client = server.web_sockets.find(row["pub_client_id"])
        assert client is not None
        expected = {
            "pub_client_id": client.id,
            "ext_client_id": "002",
            "ext_client_name": "a: 1; till: 2",
            "channel_id": number,
            "channel_name": "one",
            "username": "user1",
            "peer_address": "127.0.0.1",
            "peer_fqdn": client.fqdn,
            "local_address": f"127.0.0.1:{server.port}",
            "server_name": "server",
            "server_proc_pid": os.getpid(),
            "connection_time": client.connected.isoformat(),
            "last_activity": row["last_activity"],
            "bytes_in": client.socket.bytes_in,
            "bytes_out": client.socket.bytes_out,
            "messages_in": 2,
            "messages_out": 2,
            "unsent_bytes": 0,
        }
        assert row == expected
        found = await server.call(LIST, {"sort_by": "ext_client_id", "sort_order": "desc", "page_size": 2})
        assert [one["ext_client_id"] for one in found] == ["002", "001"]
        assert len(await server.call(LIST, {"query": "till 127.0"})) == 3
        assert await server.call(LIST, {"id": 77}) == []
        for wrong in ({"sort_by": "secret"}, {"sort_order": "up"}, {"cur_page": 0}, {"id": "x"}):
            assert (await server.call(LIST, wrong))[0] == 400

    run(tmp_path, test, channel(security="basic"))


def test_a_client_is_asked(tmp_path: Path) -> None:
    """Its answer is returned; without one in time it is 504, without a connection 404."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        target = {"pub_client_id": server.one().id, "request_data": {"cmd": "uptime"}}
        asking = asyncio.create_task(server.call(f"{NAME}.invoke-wsx", target))
        asked = await guest.next()
        assert asked["data"] == {"cmd": "uptime"}
        await guest.connection.send(client_response("r", "t", asked["meta"]["id"], guest.token, {}, {"up": 7}))
        assert await asking == {"response_data": {"up": 7}}
        late = await server.call(f"{NAME}.invoke-wsx", {**target, "timeout": 0.01})
        assert late == (504, "The client did not answer within 0.01 s")
        for timeout in (0, -1, 1e9):
            assert (await server.call(f"{NAME}.invoke-wsx", {**target, "timeout": timeout}))[0] == 400
        missing = await server.call(f"{NAME}.invoke-wsx", {**target, "pub_client_id": "ws.x"})
        assert missing == (404, "There is no WebSocket connection with ID ws.x")

    run(tmp_path, test, channel())


def test_a_client_is_disconnected(tmp_path: Path) -> None:
    """It gets a Close frame; when the service answers, nothing of the connection is left."""

    async def test(server: Listening) -> None:
        before = len(asyncio.all_tasks())
        guest = await server.connect()
        await guest.sign_in()
        client = server.one()
        asking = asyncio.create_task(server.call(f"{NAME}.invoke-wsx", {"pub_client_id": client.id, "request_data": 1}))
        await guest.next()
        closing = asyncio.create_task(guest.closed())
        target = {"pub_client_id": client.id}
        assert await server.call(f"{NAME}.disconnect-connection", target) == target
        assert await closing == (1001, "Disconnected by an administrator")
        assert await asking == (404, "The client left before it answered")
        assert (server.connected.count, list(server.web_sockets.clients())) == (0, [])
        assert await server.call(LIST) == []
        await server.until(lambda: len(asyncio.all_tasks()) <= before)
        assert (await server.call(f"{NAME}.disconnect-connection", target))[0] == 404

    run(tmp_path, test, channel())


def test_a_server_that_cannot_be_reached_is_told_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With its address; a broadcast goes to everybody else."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        [row] = await server.call(LIST)
        odb = server.client.app.odb
        other = Bus(odb, "other", "http://127.0.0.1:9")
        other.start()
        await server.until(lambda: bool(server.client.app.components[BUS].peers()))
        with odb.writing() as session:
            session.add(connection("ws.1", other.run_id))
        assert {row["server_name"] for row in await server.call(LIST)} == {"server", "other"}
        target = {"pub_client_id": "ws.1", "request_data": 1}
        expected = (503, "The server `other` at http://127.0.0.1:9 does not answer")
        assert await server.call(f"{NAME}.invoke-wsx", target) == expected
        assert await server.call(f"{NAME}.disconnect-connection", target) == expected
        sent = await server.call(f"{NAME}.broadcast", {"id": row["channel_id"], "request_data": 1})
        assert sent["clients"] == 1
        assert "did not reach the clients of http://127.0.0.1:9" in caplog.text
        other.close()

    run(tmp_path, test, channel())


def test_a_client_that_ignores_close_is_disconnected_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some seconds, whatever it does."""
    monkeypatch.setattr(websocket, "CLOSING", 0.05)

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        guest.connection.transport.pause_reading()
        target = {"pub_client_id": server.one().id}
        assert await server.call(f"{NAME}.disconnect-connection", target) == target
        assert not list(server.web_sockets.clients())

    run(tmp_path, test, channel())


@pytest.mark.parametrize("how", ["its channel is edited", "it is disconnected", "it breaks the protocol", "it leaves"])
def test_a_connection_that_is_being_closed_is_not_listed(tmp_path: Path, how: str) -> None:
    """Whoever closes it, also while it is waited for that the client closes its side."""

    async def test(server: Listening) -> None:
        made = {"name": "a", "url_path": "/a", "service": "test.echo"}
        number = (await server.call(f"{NAME}.create", made))["id"]
        guest = await server.connect("/a")
        await guest.sign_in()
        client = server.one()
        target = {"pub_client_id": client.id}
        closing = None
        guest.connection.transport.pause_reading()
        if how == "its channel is edited":
            await server.call(f"{NAME}.edit", {"id": number, "url_path": "/b"})
        elif how == "it is disconnected":
            closing = asyncio.create_task(server.call(f"{NAME}.disconnect-connection", target))
        else:  # A frame of no known kind, or a Close frame; both have a mask, and the connection stays
            guest.connection.transport.write(b"\x8b\x80aaaa" if how == "it breaks the protocol" else b"\x88\x80aaaa")
        await server.until(lambda: not client.socket.is_open)
        assert await server.call(LIST) == []
        if how == "its channel is edited":
            assert (await server.call(f"{NAME}.disconnect-connection", target))[0] == 404
        guest.connection.transport.abort()
        assert closing is None or await closing == target

    run(tmp_path, test)


@pytest.mark.parametrize("number", [5, 2**63])
def test_a_number_is_the_id_of_no_connection(tmp_path: Path, number: int) -> None:
    """Also one that no database can hold."""

    async def test(server: Listening) -> None:
        told = (404, f"There is no WebSocket connection with ID {number}")
        given = {"pub_client_id": number, "request_data": 1}
        for service in ("invoke-wsx", "disconnect-connection", "get-sub-key-data-list", "start-tap"):
            assert await server.call(f"{NAME}.{service}", given) == told
        assert await server.call(LIST, {"pub_client_id": number}) == []
        assert await server.call(LIST, {"pub_client_ids": [number]}) == []

    run(tmp_path, test, channel())
