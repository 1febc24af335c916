"""Tests of apitest_server.wsx.outgoing, against a second server."""

import asyncio
import json
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection

from apitest_server.errors import BadRequest, PayloadTooLarge, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.wsx import messages
from apitest_server.wsx.outgoing import WSXConnection
from tests.ports import free_port
from tests.server.wsx.calling import address, calling
from tests.server.wsx.plain import serving
from tests.server.wsx.serving import Listening, channel, run


def test_a_dictionary_goes_out_and_one_comes_in(tmp_path: Path) -> None:
    """From a service in a thread, and from one on the event loop."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here), username="user1", secret="secret1")
            assert await there.call("test.call", {"a": 1}) == {"a": 1}
            assert await there.call("test.call-on-the-loop", {"a": [1, {"b": None}]}) == {"a": [1, {"b": None}]}
            assert here.one().user == "user1"

    run(tmp_path, test, channel(security="basic"))


def test_many_callers_share_a_connection(tmp_path: Path) -> None:
    """Each gets its own answer, from threads and from the event loop at a time."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here), pool_size=2)
            services = ["test.call", "test.call-on-the-loop"] * 30
            calls = (there.call(service, {"n": number}) for number, service in enumerate(services))
            assert await asyncio.gather(*calls) == [{"n": number} for number in range(60)]
            assert len(list(here.web_sockets.clients())) == 2
            assert all(client.socket.messages_in > 5 for client in here.web_sockets.clients())

    run(tmp_path, test, channel())


def test_an_error_of_the_remote_end_has_its_status_and_cid(tmp_path: Path) -> None:
    """Its text as well; what is only for its log is not told."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here))
            with pytest.raises(RemoteError, match=r"`There` answered with 500: Internal server error") as caught:
                await there.call("test.call", 1)
            assert (caught.value.status, caught.value.remote_status) == (502, 500)
            assert caught.value.remote_cid in caught.value.details
            assert "only for the log" not in str(caught.value)

    run(tmp_path, test, channel(service="test.broken"))


def test_an_answer_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """The next call is answered all the same."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here))
            client = there.connection.client()
            assert await client.invoke(0) == "slept"  # It is connected now, so that the time is that of the answer
            with pytest.raises(ServiceTimeout, match=r"`There` did not answer within 0.01 s"):
                await client.invoke(0.5, 0.01)
            assert await client.invoke(0) == "slept"

    run(tmp_path, test, channel(service="test.slow"))


def test_a_remote_end_that_is_away_is_told_at_once(tmp_path: Path) -> None:
    """With why; from a thread and from the event loop."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(f"ws://127.0.0.1:{free_port()}/")
            for service in ("test.call", "test.call-on-the-loop"):
                with pytest.raises(ServiceUnavailable, match=r"`There` is not connected: .*[Cc]onnect"):
                    await there.call(service, 1)

    run(tmp_path, test, channel())


def test_wrong_credentials_are_told_without_the_secret(tmp_path: Path) -> None:
    """Nobody is connected."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here), username="user1", secret="not-the-secret")
            with pytest.raises(ServiceUnavailable, match="It refuses us: You are not authorized") as caught:
                await there.call("test.call", 1)
            assert "not-the-secret" not in str(caught.value)

    run(tmp_path, test, channel(security="basic"))


def test_a_message_that_is_too_large_is_not_sent(tmp_path: Path) -> None:
    """The connection goes on."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here), max_message_size=1000)
            with pytest.raises(PayloadTooLarge, match="larger than its max_message_size"):
                await there.call("test.call", "x" * 1001)
            assert await there.call("test.call", "x" * 800) == "x" * 800

    run(tmp_path, test, channel())


def test_a_large_answer_is_read_beside_the_event_loop(tmp_path: Path) -> None:
    """What comes after it is not overtaken, and everything is answered."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here))
            sizes = (200_000, 1, 100_000, 2)
            answers = await asyncio.gather(*(there.call("test.call", "x" * size) for size in sizes))
            assert tuple(map(len, answers)) == sizes

    run(tmp_path, test, channel())


def test_another_event_loop_can_wait_too(tmp_path: Path) -> None:
    """That of a thread, for example."""
    found: list[object] = []

    async def invoke(connection: WSXConnection) -> None:
        found.append(await connection.client().invoke({"a": 1}))

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here))
            await there.until_open()
            await asyncio.to_thread(asyncio.run, invoke(there.connection))

    run(tmp_path, test, channel())
    assert found == [{"a": 1}]


def test_a_plain_remote_end_is_sent_messages(tmp_path: Path) -> None:
    """Text as it is, anything else as JSON; it cannot be invoked."""
    came: list[object] = []

    async def test(here: Listening) -> None:
        async with serving(collect) as url, calling(tmp_path / "calling") as there:
            await there.connect(url, is_zato=False, on_message_service_name="test.hook")
            await there.until_open()
            with there.connection.conn.client() as client:
                await client.send("hello")
                assert await client.send({"a": 1}) is None
                with pytest.raises(BadRequest, match="does not lead to a Zato server: use `send`"):
                    client.invoke("x")
            hook = there.service("test.hook")
            await here.until(lambda: len(hook.heard) == 2)  # type: ignore[attr-defined]  # the test's own
            assert hook.heard == [("message", "hello"), ("message", '{"a":1}')]  # type: ignore[attr-defined]

    async def collect(connection: object) -> None:
        async for message in connection:  # type: ignore[attr-defined]  # of the package websockets
            came.append(message)
            await connection.send(message)  # type: ignore[attr-defined]  # likewise

    run(tmp_path, test, channel())
    assert came == ["hello", '{"a":1}']


def test_a_server_that_stops_says_so(tmp_path: Path) -> None:
    """The remote end gets a Close frame; who waits is told, and is not left waiting."""
    closed: list[tuple[int | None, str | None]] = []

    async def handler(connection: ServerConnection) -> None:
        login = json.loads(await connection.recv())["meta"]
        await connection.send(messages.session_created("s", "t", login["id"], "token"))
        await connection.wait_closed()
        closed.append((connection.close_code, connection.close_reason))

    async def test(here: Listening) -> None:
        async with serving(handler) as url:
            async with calling(tmp_path / "calling") as there:
                await there.connect(url)
                await there.until_open()
                waiting = [
                    asyncio.ensure_future(there.call(name, 1)) for name in ("test.call", "test.call-on-the-loop")
                ]
                await here.until(lambda: there.connection.links[0].in_flight == 2)
            for one in waiting:
                with pytest.raises(ServiceUnavailable, match="`There` was lost before it answered: The server is"):
                    await one
            await here.until(lambda: bool(closed))

    run(tmp_path, test, channel())
    assert closed == [(1001, "The server is stopping")]


def test_before_the_start_nothing_can_be_called(tmp_path: Path) -> None:
    """Nor after the end; nobody waits."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here))
            await there.until_open()
            connection = there.connection
            assert await connection.ping(10) < 10
        with pytest.raises(ServiceUnavailable, match="the server is starting or stopping"):
            connection.client().invoke(1)

    run(tmp_path, test, channel())
