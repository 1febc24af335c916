"""Tests of apitest_server.wsx.client: clients of the package websockets against channels."""

import asyncio
import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from apitest_server.errors import NotFound, ServiceTimeout
from apitest_server.service.values import LARGE
from apitest_server.wsx.client import Client
from apitest_server.wsx.protocol import client_response, invoke_service
from apitest_server.wsx.turns import AHEAD, AT_ONCE
from tests.server.wsx.serving import SECONDS, Listening, channel, run

FORBIDDEN = "You are not authorized to access this resource"


def test_a_service_is_invoked(tmp_path: Path) -> None:
    """It is given the data and who has signed in, and its output goes back with the call's ID."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        created = await guest.sign_in("user1", "secret1")
        assert created["meta"]["status"] == 200
        assert guest.token.startswith("ws.token.")
        answer = await guest.invoke({"a": 1})
        assert answer["data"] == {"user": "user1", "channel": "one", "type": "web-socket", "a": 1}
        assert answer["meta"]["msg_type"] == "zwsx.rspok"

    run(tmp_path, test, channel(service="test.whoever", security="basic"))


def test_what_goes_wrong_is_told_as_the_protocol_says(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Input errors, unknown services and services that raise; the traceback is in the log only."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        expected = {
            "test.whoever": (400, "I/O processing error"),
            "test.unknown": (404, "No such service"),
            "test.broken": (500, "Internal server error"),
        }
        for service, (status, text) in expected.items():
            answer = await guest.invoke({"service": service, "request": {}})
            assert (answer["meta"]["status"], answer["meta"]["error_message"]) == (status, text)
            assert answer["data"] == {"cid": answer["meta"]["id"]}
            assert answer["meta"]["msg_type"] == "zwsx.rsperr"
        assert "only for the log" in caplog.text
        assert answer["meta"]["id"] in caplog.text

    run(tmp_path, test, channel(service="helpers.web-sockets-gateway"))


def test_a_call_is_in_the_access_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """As one over REST is, with who called."""

    async def test(server: Listening) -> str:
        guest = await server.connect("/chat")
        await guest.sign_in("user1", "secret1")
        cid: str = (await guest.invoke({}))["meta"]["id"]
        return cid

    with caplog.at_level(logging.INFO):
        cid = run(tmp_path, test, channel(path="/chat", security="basic"))
    assert "to the channel `one` from 127.0.0.1 has signed in: user user1, client c1" in caplog.text
    assert "secret1" not in caplog.text
    [line] = [record.getMessage() for record in caplog.records if record.name == "apitest.access"]
    assert line.startswith(f"cid={cid} method=WSX path=/chat service=test.echo status=200")
    assert line.endswith("remote=127.0.0.1 user=user1")


def test_a_message_may_hold_so_many_values(tmp_path: Path) -> None:
    """As many as a request over REST, whether it is read at once or, being large, in a thread."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        for data in ([0] * 600, [["a" * LARGE], *range(600)]):
            answer = await guest.invoke(data)
            assert (answer["meta"]["status"], answer["meta"]["error_message"]) == (400, "I/O processing error")
        assert (await guest.invoke([0] * 400))["data"] == [0] * 400

    run(tmp_path, test, channel() + "[limits]\nbody_values = 500\n")


@pytest.mark.parametrize("given", [("user1", "wrong"), ("user2", "secret1"), ("", ""), ("user1:secret1", "")])
def test_wrong_credentials_are_forbidden(tmp_path: Path, given: tuple[str, str]) -> None:
    """The answer is the same for each, and the connection is closed."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        answer = await guest.sign_in(*given)
        assert (answer["meta"]["msg_type"], answer["data"]) == ("zwsx.merr", FORBIDDEN)
        assert await guest.closed() == (1008, "Forbidden")
        await server.until(lambda: not list(server.web_sockets.clients()))

    run(tmp_path, test, channel(security="basic"))


def test_a_changed_definition_signs_out(tmp_path: Path) -> None:
    """Who has signed in with a password that was changed since is forbidden the next call."""

    async def test(server: Listening) -> None:
        made = await server.call("zato.security.basic-auth.create", {"name": "b", "username": "u", "password": "p"})
        fields = {"name": "two", "service": "test.echo", "url_path": "/two", "security_id": made["id"]}
        await server.call("zato.channel.web-socket.create", fields)
        guest = await server.connect("/two")
        await guest.sign_in("u", "p")
        assert (await guest.invoke({"a": 1}))["data"] == {"a": 1}
        await server.call("zato.security.basic-auth.edit", {"id": made["id"], "realm": "other"})
        assert (await guest.invoke({}))["meta"]["msg_type"] == "zwsx.merr"
        assert (await guest.closed())[0] == 1008

    run(tmp_path, test)


def test_a_changed_definition_ends_what_the_server_sends(tmp_path: Path) -> None:
    """Who only listens gets nothing more either: no delivery, no request and no broadcast."""

    async def test(server: Listening) -> None:
        made = await server.call("zato.security.basic-auth.create", {"name": "b", "username": "u", "password": "p"})
        fields = {"name": "two", "service": "test.echo", "url_path": "/two", "security_id": made["id"]}
        await server.call("zato.channel.web-socket.create", fields)

        async def refuses(send: Callable[[Client], object]) -> None:
            await server.until(lambda: not list(server.web_sockets.clients()))
            guest = await server.connect("/two")
            await guest.sign_in("u", "p")
            client = server.one()
            assert client.tell('"before"')
            assert (await guest.next())["data"] == "before"
            await server.call("zato.security.basic-auth.edit", {"id": made["id"], "realm": f"other {client.id}"})
            send(client)
            assert (await guest.next())["meta"]["msg_type"] == "zwsx.merr"
            assert (await guest.closed())[0] == 1008

        def delivers(client: Client) -> None:
            with pytest.raises(NotFound):
                client.deliver({}, '"secret"', SECONDS)

        await refuses(delivers)
        await refuses(lambda client: client.tell('"secret"'))
        await refuses(lambda client: asyncio.ensure_future(client.request('"secret"', SECONDS)))

    run(tmp_path, test)


def test_a_session_can_be_created_again(tmp_path: Path) -> None:
    """On an open connection that grants a new token; the old one is void, and the list says who it is now."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in("user1", "secret1", client_id="first")
        old = guest.token
        await guest.sign_in("user1", "secret1", client_id="second")
        assert guest.token != old
        assert (await guest.invoke(1))["data"] == 1
        [row] = await server.call("zato.channel.web-socket.get-connection-list")
        assert row["ext_client_id"] == "second"
        assert (await guest.invoke(1, old))["meta"]["msg_type"] == "zwsx.merr"

    run(tmp_path, test, channel(security="basic"))


def test_no_session_in_time_is_forbidden(tmp_path: Path) -> None:
    """The connection is closed after the new-token wait time."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        assert (await guest.next())["data"] == FORBIDDEN
        assert (await guest.closed())[0] == 1008

    run(tmp_path, test, channel(new_token_wait_time=0.05))


def test_pings_that_are_answered_keep_a_token_alive(tmp_path: Path) -> None:
    """Well beyond the life that it was given."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        client = server.one()
        expired = asyncio.get_running_loop().time() + 0.6
        await server.until(lambda: asyncio.get_running_loop().time() > expired)
        assert client.socket.bytes_out > 0
        assert (await guest.invoke({"a": 1}))["data"] == {"a": 1}

    run(tmp_path, test, channel(token_ttl=0.3, ping_interval=0.05))


def test_missed_pings_close(tmp_path: Path) -> None:
    """A client that answers none is closed after as many as the channel says."""

    async def test(server: Listening) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        key = "dGhlIHNhbXBsZSBub25jZQ=="
        writer.write(
            f"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        text = b'{"meta": {"action": "create-session"}, "data": null}'
        writer.write(bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text)
        said = await reader.read()
        assert said.count(b"\x89\x00") == 2
        assert b"2 pings in a row were not answered" in said
        writer.close()
        await writer.wait_closed()
        await server.until(lambda: not server.connected.count)

    run(tmp_path, test, channel(ping_interval=0.03, pings_missed_threshold=2))


def test_a_client_answers_a_request(tmp_path: Path) -> None:
    """Its answer reaches who has asked; what nobody waits for goes nowhere."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        client = server.one()
        asking = asyncio.create_task(client.request('{"cmd":"uptime"}', 10))
        asked = await guest.next()
        assert (asked["meta"]["msg_type"], asked["data"]) == ("zwsx.rqc", {"cmd": "uptime"})
        answer = client_response("resp.1", "t", asked["meta"]["id"], guest.token, {}, [1, None])
        await guest.connection.send(answer)
        assert await asking == [1, None]
        await guest.connection.send(answer)
        with pytest.raises(ServiceTimeout, match=r"did not answer within 0\.01 s"):
            await client.request("1", 0.01)
        assert not client.session.waiting

    run(tmp_path, test, channel())


def test_a_client_confirms_a_delivery(tmp_path: Path) -> None:
    """It gets the messages with their context, and who delivers waits until it has answered."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        delivering = asyncio.ensure_future(server.one().deliver({"sub_key": "zpsk.websockets.1"}, '[{"data":1}]', 10))
        came = await guest.next()
        assert (came["meta"]["msg_type"], came["meta"]["ctx"]) == ("zwsx.psrq", {"sub_key": "zpsk.websockets.1"})
        assert came["data"] == [{"data": 1}]
        assert not delivering.done()
        await guest.connection.send(client_response("resp.1", "t", came["meta"]["id"], guest.token, {}, None))
        assert await delivering is None
        with pytest.raises(ServiceTimeout, match=r"did not answer within 0\.01 s"):
            await server.one().deliver({}, "{}", 0.01)
        assert not server.one().session.waiting

    run(tmp_path, test, channel())


def test_a_client_that_leaves_answers_nothing(tmp_path: Path) -> None:
    """Who waits for it is told, and so is who asks afterwards."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        client = server.one()
        asking = asyncio.create_task(client.request("1", 10))
        await guest.next()
        await guest.connection.close()
        with pytest.raises(NotFound, match="left before it answered"):
            await asking
        with pytest.raises(NotFound, match="not connected"):
            await client.request("1", 10)

    run(tmp_path, test, channel())


def test_only_so_many_messages_are_worked_on_at_once(tmp_path: Path) -> None:
    """The others wait their turn, and all are answered."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        running = server.client.app.store.get("test.slow").cls
        for number in range(3 * AT_ONCE):
            await guest.connection.send(invoke_service(str(number), "t", guest.token, {}, 0.02))
        most, answers = 0, set()
        while len(answers) < 3 * AT_ONCE:
            answers.add((await guest.next())["meta"]["in_reply_to"])
            most = max(most, running.running)
        assert most <= AT_ONCE

    run(tmp_path, test, channel(service="test.slow"))


def test_what_has_its_turn_may_wait_for_the_client(tmp_path: Path) -> None:
    """An answer of the client is taken while as many calls as may be are worked on, and so is a confirmation."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        for number in range(AT_ONCE + 1):
            await guest.connection.send(invoke_service(str(number), "t", guest.token, {}, SECONDS))
        running = server.client.app.store.get("test.slow").cls
        await server.until(lambda: running.running == AT_ONCE)
        client = server.one()
        asking = asyncio.create_task(client.request("1", SECONDS))
        delivering = asyncio.ensure_future(client.deliver({}, "{}", SECONDS))
        for _ in range(2):
            asked = await guest.next()
            await guest.connection.send(client_response("r", "t", asked["meta"]["id"], guest.token, {}, "here"))
        assert await asking == await delivering == "here"

    run(tmp_path, test, channel(service="test.slow"))


def test_a_client_that_is_not_read_from_is_not_taken_for_gone(tmp_path: Path) -> None:
    """It answers pings, which wait behind what it has sent before: its calls are answered all the same."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        size = AHEAD // 16
        for number in range(AT_ONCE + 40):
            await guest.connection.send(json.dumps({
                "meta": {"action": "invoke-service", "id": number, "token": guest.token, "more": "x" * size},
                "data": 0.2,
            }))  # fmt: skip
        answers = {(await guest.next())["meta"]["in_reply_to"] for _ in range(AT_ONCE + 40)}
        assert answers == set(range(AT_ONCE + 40))

    run(tmp_path, test, channel(service="test.slow", ping_interval=0.05, pings_missed_threshold=1))


def test_large_messages_keep_their_order(tmp_path: Path) -> None:
    """A message that is read in a thread reaches its service before one that came after it."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        await guest.invoke("from here on the service is loaded, and answers at once")
        await guest.connection.send(invoke_service("large", "t", guest.token, {}, "x" * LARGE))
        await guest.connection.send(invoke_service("small", "t", guest.token, {}, "y"))
        answers = [await guest.next() for _ in range(2)]
        assert {one["meta"]["in_reply_to"]: one["data"] for one in answers} == {"large": 2, "small": 3}

    run(tmp_path, test, channel(service="test.numbered"))


def test_messages_above_the_pace_wait(tmp_path: Path) -> None:
    """A client that sends faster than it may is read from more slowly; nothing is lost."""

    async def test(server: Listening) -> float:
        guest = await server.connect()
        await guest.sign_in()
        loop = asyncio.get_running_loop()
        started = loop.time()
        for number in range(60):
            await guest.connection.send(invoke_service(str(number), "t", guest.token, {}, number))
        assert {(await guest.next())["data"] for _ in range(60)} == set(range(60))
        return loop.time() - started

    assert run(tmp_path, test, channel(max_messages_per_second=40)) > 0.4


@pytest.mark.parametrize("frame", [b"\xff\xfe", "[]", "{", '{"meta": 1}', '"x"', b"{" * 10000, "NaN"])
def test_frames_that_are_no_messages_get_an_error(tmp_path: Path, frame: str | bytes) -> None:
    """Within a session the answer is an error, and the session goes on; before it, forbidden."""

    async def test(server: Listening) -> None:
        guest, other = await server.connect(), await server.connect()
        await guest.sign_in()
        answer = await guest.ask(frame)
        assert (answer["meta"]["status"], answer["meta"]["msg_type"]) == (400, "zwsx.rsperr")
        assert (await guest.invoke(1))["data"] == 1
        assert (await other.ask(frame))["meta"]["msg_type"] == "zwsx.merr"
        assert (await other.closed())[0] == 1008

    run(tmp_path, test, channel())


def test_text_that_is_not_utf8_gets_an_error_and_is_closed(tmp_path: Path) -> None:
    """The error first, then Close with 1007, as RFC 6455 has it."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        await guest.connection.send(b"\xff", text=True)
        assert (await guest.next())["meta"]["status"] == 400
        assert (await guest.closed())[0] == 1007

    run(tmp_path, test, channel())


def test_too_large_a_message_is_closed(tmp_path: Path) -> None:
    """With 1009; also one that is large only once it is decompressed."""

    async def test(server: Listening) -> None:
        for compression in (None, "deflate"):
            guest = await server.connect(compression=compression)
            await guest.sign_in()
            await guest.connection.send(json.dumps("x" * 5000))
            assert (await guest.closed())[0] == 1009

    run(tmp_path, test, channel(max_message_size=4000, compression=True))


def test_nothing_is_left_of_a_client(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever closes: it is not in its channel, it has no timer and no task, and its place is free."""

    async def test(server: Listening) -> None:
        tasks = len(asyncio.all_tasks())
        for leaves in (False, True):
            guest = await server.connect()
            await guest.sign_in()
            client = server.one()
            if leaves:
                await guest.connection.close(1000, "bye")
            else:
                client.disconnect("You were disconnected")
                assert await guest.closed() == (1001, "You were disconnected")
            await server.until(lambda: not server.connected.count)
            assert not list(server.web_sockets.clients())
            assert client._timer is None
        await server.until(lambda: len(asyncio.all_tasks()) <= tasks)

    with caplog.at_level(logging.INFO):
        run(tmp_path, test, channel())
    assert "is over: the client closed it: 1000 bye" in caplog.text
    assert "is over: You were disconnected" in caplog.text


def test_a_server_that_stops_answers_first(tmp_path: Path) -> None:
    """What is under way is answered, then the connection is closed."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        await guest.connection.send(invoke_service("1", "t", guest.token, {}, 0.05))
        running = server.client.app.store.get("test.slow").cls
        await server.until(lambda: running.running > 0)
        server.one().leave()
        assert (await guest.next())["data"] == "slept"
        assert await guest.closed() == (1001, "The server is stopping")

    run(tmp_path, test, channel(service="test.slow"))
