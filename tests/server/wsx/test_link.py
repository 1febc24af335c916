"""Tests of apitest_server.wsx.link, against servers that come, go and misbehave."""

import asyncio
import gc
import json
import logging
import socket
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

from apitest_server.errors import ServiceUnavailable, StartError
from apitest_server.wsx import hooks, link, messages
from apitest_server.wsx.caller import CallerTerms
from apitest_server.wsx.outgoing_objects import OutgoingWSX
from apitest_server.wsx.remote import Credentials, Remote
from tests.server.wsx.calling import Calling, address, calling
from tests.server.wsx.plain import raw, serving
from tests.server.wsx.serving import Listening, channel, run
from tests.server.wsx.test_hooks import SLOW

HOOKS = {f"on_{kind}_service_name": "test.hook" for kind in ("connect", "message", "close")}


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second attempt to connect is made soon."""
    monkeypatch.setattr(link, "FIRST_DELAY", 0.01)


def heard(there: Calling) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = there.service("test.hook").heard  # type: ignore[attr-defined]  # the test's own
    return found


def kinds(there: Calling) -> list[str]:
    return [kind for kind, _ in heard(there)]


def test_a_connection_that_is_lost_is_opened_again(tmp_path: Path) -> None:
    """Each time the hooks are told, and calls are answered again."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here), **HOOKS)
            for _ in range(3):
                await there.until_open()
                assert await there.call("test.call", 1) == 1
                here.one().socket.abort("for the test")
                await here.until(lambda: not there.connection.links[0].is_open)
            await there.until_open()
            await here.until(lambda: len(heard(there)) >= 7)
            assert kinds(there) == ["connect", "close"] * 3 + ["connect"]
            assert heard(there)[0][1]["client_id"] == here.one().client_id

    run(tmp_path, test, channel())


def test_who_waits_is_told_that_the_connection_was_lost(tmp_path: Path) -> None:
    """At once, and not after the time-out."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here), timeout=100)
            waiting = asyncio.ensure_future(there.call("test.call", 0.5))
            await here.until(lambda: any(client.socket.messages_in == 2 for client in here.web_sockets.clients()))
            here.one().socket.abort("for the test")
            with pytest.raises(ServiceUnavailable, match="`There` was lost before it answered"):
                await waiting

    run(tmp_path, test, channel(service="test.slow"))


def test_requests_of_the_remote_end_are_answered_by_the_hook(tmp_path: Path) -> None:
    """With what it returns."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here), on_message_service_name="test.hook")
            await there.until_open()
            assert await here.one().request('{"q": 1}', 10) == {"heard": {"q": 1}}
            assert heard(there) == [("message", {"q": 1})]

    run(tmp_path, test, channel())


def test_what_is_closed_here_is_not_opened_again(tmp_path: Path) -> None:
    """The remote end gets a Close frame, the hook is told, and nothing is left."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            before = len(asyncio.all_tasks())
            number = await there.connect(address(here), pool_size=3, **HOOKS)
            await there.until_open()
            await there.call("zato.outgoing.wsx.delete", {"id": number})
            await here.until(lambda: not list(here.web_sockets.clients()))
            await here.until(lambda: kinds(there).count("close") == 3)
            await here.until(lambda: len(asyncio.all_tasks()) <= before)

    run(tmp_path, test, channel())


def test_many_changes_leave_nothing(tmp_path: Path) -> None:
    """No task, no link and no socket is there that was not before."""

    def counted() -> tuple[int, int, int]:
        gc.collect()
        links = sum(isinstance(one, link.Link) for one in gc.get_objects())
        sockets = sum(isinstance(one, socket.socket) and one.fileno() >= 0 for one in gc.get_objects())
        return len(asyncio.all_tasks()), links, sockets

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            number = await there.connect(address(here), pool_size=2, **HOOKS)
            await there.until_open()
            before = counted()
            for change in range(20):
                await there.call("zato.outgoing.wsx.edit", {"id": number, "is_active": change % 3 != 0})
            await there.call("zato.outgoing.wsx.edit", {"id": number, "is_active": True})
            await there.until_open()
            await here.until(lambda: len(list(here.web_sockets.clients())) == 2)
            await here.until(lambda: all(now <= then for now, then in zip(counted(), before, strict=True)))

    run(tmp_path, test, channel())


def test_what_fails_here_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that cannot be read, or anything that nobody has thought of."""
    errors = [RuntimeError("for the test"), StartError("The key is not there"), None]
    pair = Credentials.pair

    def failing(self: Credentials) -> tuple[str, str]:
        error = errors.pop(0) if errors else None
        if error is not None:
            raise error
        return pair(self)

    monkeypatch.setattr(Credentials, "pair", failing)

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            await there.connect(address(here))
            await there.until_open()
            assert there.connection.links[0].failure == "The key is not there"

    run(tmp_path, test, channel())


def test_a_call_that_is_under_way_is_answered_although_the_connection_is_changed(tmp_path: Path) -> None:
    """Then the old link is closed; a new one is there at once."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            number = await there.connect(address(here))
            await there.until_open()
            slow = here.client.app.store.get("test.slow").cls
            waiting = asyncio.ensure_future(there.call("test.call", 0.2))
            await here.until(lambda: slow.running == 1)
            await there.call("zato.outgoing.wsx.edit", {"id": number, "timeout": 7})
            await there.until_open()
            assert await waiting == "slept"
            assert await there.call("test.call", 0) == "slept"
            await here.until(lambda: len(list(here.web_sockets.clients())) == 1)

    run(tmp_path, test, channel(service="test.slow"))


def test_a_remote_end_that_closes_at_once_is_tried_less_and_less(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has one line of it."""
    attempts: list[float] = []

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        attempts.append(asyncio.get_running_loop().time())

    async def test(here: Listening) -> None:
        async with raw(behave) as url, calling(tmp_path / "calling") as there:
            await there.connect(url, max_reconnect_delay=1)
            await here.until(lambda: len(attempts) == 7)
            assert attempts[-1] - attempts[0] > (0.01 + 0.02 + 0.04 + 0.08 + 0.16 + 0.32) / 2

    with caplog.at_level(logging.INFO, "apitest.wsx"):
        run(tmp_path, test, channel())
    lines = [record.getMessage() for record in caplog.records if "`There`" in record.getMessage()]
    assert len(lines) == 1
    assert "It closed the connection before the WebSocket was open; it is tried again" in lines[0]


def test_garbage_is_told_by_what_it_is(tmp_path: Path) -> None:
    """Whoever waits for a session is told so."""

    async def handler(connection: ServerConnection) -> None:
        await connection.send("garbage")
        await connection.wait_closed()

    async def test(here: Listening) -> None:
        async with serving(handler) as url, calling(tmp_path / "calling") as there:
            await there.connect(url)
            with pytest.raises(ServiceUnavailable, match=r"It does not speak WSX. The message is not valid JSON"):
                await there.call("test.call", 1)

    run(tmp_path, test, channel())


def test_a_remote_end_that_creates_no_session_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It took the message, and says nothing."""
    monkeypatch.setattr(Remote, "terms", CallerTerms(login_timeout=0.05))

    async def handler(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async def test(here: Listening) -> None:
        async with serving(handler) as url, calling(tmp_path / "calling") as there:
            await there.connect(url)
            with pytest.raises(ServiceUnavailable, match="It created no session in time"):
                await there.call("test.call", 1)

    run(tmp_path, test, channel())


def test_what_the_remote_end_says_is_shown_without_our_secret(tmp_path: Path) -> None:
    """It may say back what it was sent; between two attempts, what is shown is of the last one."""

    async def handler(connection: ServerConnection) -> None:
        said = json.loads(await connection.recv())["meta"]
        await connection.send(messages.forbidden("s", "t", f"{said['secret']} is wrong"))
        await connection.wait_closed()

    async def test(here: Listening) -> None:
        async with serving(handler) as url, calling(tmp_path / "calling") as there:
            await there.connect(url, username="me", secret="top-secret-thing")
            told = ""
            while "is wrong" not in told:
                with pytest.raises(ServiceUnavailable) as caught:
                    await there.call("test.call", 1)
                told = str(caught.value)
                assert "top-secret-thing" not in told

    run(tmp_path, test, channel())


def test_a_flood_is_not_read_faster_than_the_hook_takes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost, and only so much waits."""
    monkeypatch.setattr(hooks, "MOST", 3)
    total = 200

    async def handler(connection: ServerConnection) -> None:
        for number in range(total):
            await connection.send(f"{number}")
        await connection.wait_closed()

    async def test(here: Listening) -> None:
        async with serving(handler) as url, calling(tmp_path / "calling") as there:
            await there.connect(url, is_zato=False, on_message_service_name="test.hook")
            await here.until(lambda: len(heard(there)) == total)
            assert [data for _, data in heard(there)] == [str(number) for number in range(total)]

    run(tmp_path, test, channel())


def test_what_a_slow_hook_has_no_room_for_is_left_unanswered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The remote end delivers it again; calls are answered all the same, and the log has one line of it."""
    monkeypatch.setattr(hooks, "MOST", 2)

    async def handler(connection: ServerConnection) -> None:
        login = json.loads(await connection.recv())["meta"]
        await connection.send(messages.session_created("s", "t", login["id"], "token"))
        for number in range(20):
            delivered = {"msg_id": f"zpsm{number}", "data": number}
            await connection.send(messages.delivery(f"d{number}", "t", {}, json.dumps(delivered)))
        async for message in connection:
            meta = json.loads(message)["meta"]
            if meta["action"] == "invoke-service":
                await connection.send(messages.reply("s", "t", meta["id"], 200, "1"))

    async def test(here: Listening) -> None:
        async with serving(handler) as url, calling(tmp_path / "calling", slow=SLOW) as there:
            slow = there.service("test.slow-hook")
            slow.go = asyncio.Event()  # type: ignore[attr-defined]  # the test's own
            await there.connect(url, on_message_service_name="test.slow-hook")
            await here.until(lambda: "left unanswered" in caplog.text)
            assert await there.call("test.call", 1) == 1
            slow.go.set()  # type: ignore[attr-defined]  # the test's own

    with caplog.at_level(logging.WARNING, "apitest.wsx"):
        run(tmp_path, test, channel())
    assert caplog.text.count("left unanswered: `test.slow-hook` is too slow") == 1


def test_a_delivery_is_confirmed_once_the_hook_has_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that failed is not, and comes again; confirmed late, it is not given to the hook once more."""
    monkeypatch.setattr(hooks, "PAUSES", hooks.PAUSES.__class__(9, 0.01))
    confirmed: list[str] = []
    delivered = {"msg_id": "zpsm1", "sub_key": "zpsk", "data": "x"}

    async def handler(connection: ServerConnection) -> None:
        login = json.loads(await connection.recv())["meta"]
        await connection.send(messages.session_created("s", "t", login["id"], "token"))
        for number in range(4):
            await connection.send(messages.delivery(f"d{number}", "t", {}, json.dumps(delivered)))
        async for message in connection:
            meta = json.loads(message)["meta"]
            confirmed.append(meta["in_reply_to"])

    async def test(here: Listening) -> None:
        async with serving(handler) as url, calling(tmp_path / "calling") as there:
            await there.connect(url, on_message_service_name="test.failing")
            await here.until(lambda: len(confirmed) == 2)
            assert confirmed == ["d2", "d3"]
            assert there.service("test.failing").heard == [[delivered]] * 3  # type: ignore[attr-defined]

    run(tmp_path, test, channel())


def test_a_server_that_stops_lets_the_hook_finish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is at work on is confirmed, and what waits behind it is left to the next start."""
    confirmed: list[str] = []
    finish = OutgoingWSX.finish

    async def handler(connection: ServerConnection) -> None:
        login = json.loads(await connection.recv())["meta"]
        await connection.send(messages.session_created("s", "t", login["id"], "token"))
        for number in range(2):
            delivered = json.dumps({"msg_id": f"zpsm{number}", "sub_key": "zpsk", "data": "x"})
            await connection.send(messages.delivery(f"d{number}", "t", {}, delivered))
        async for message in connection:
            meta = json.loads(message)["meta"]
            confirmed.append(meta["in_reply_to"])

    async def test(here: Listening) -> None:
        async with serving(handler) as url:
            async with calling(tmp_path / "calling", slow=SLOW) as there:
                slow = there.service("test.slow-hook")
                slow.go = asyncio.Event()  # type: ignore[attr-defined]  # the test's own

                async def finishing(outgoing: OutgoingWSX, seconds: float) -> None:
                    asyncio.get_running_loop().call_soon(slow.go.set)  # type: ignore[attr-defined]
                    await finish(outgoing, seconds)

                monkeypatch.setattr(OutgoingWSX, "finish", finishing)
                await there.connect(url, on_message_service_name="test.slow-hook")
                await here.until(lambda: bool(slow.running))  # type: ignore[attr-defined]
            await here.until(lambda: bool(confirmed))
        assert confirmed == ["d0"]

    run(tmp_path, test, channel())
