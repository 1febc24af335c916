"""WebSocket channels under attack: what clients send, how much, how fast, and what they may find out."""

import asyncio
import json
import zlib
from itertools import product
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from apitest_server.wsx.protocol import client_response, create_session, invoke_service
from tests.attempts import Attempts
from tests.server.wsx.serving import Guest, Listening, channel, run

HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n"
)
DEFLATE = b"Sec-WebSocket-Extensions: permessage-deflate\r\n"
Raw = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def masked(first: int, data: bytes, size: int = -1) -> bytes:
    """A frame of a client; `first` has opcode and flags, `size` what the length says if it is not true."""
    length = len(data) if size < 0 else size
    head = bytes([0x80 | length]) if length < 126 else bytes([0xFF]) + length.to_bytes(8, "big")
    return bytes([first]) + head + bytes(4) + data


async def opened(server: Listening, more: bytes = b"") -> Raw:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(HANDSHAKE % more)
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def ended(raw: Raw) -> bytes:
    """What the server says until it ends the connection; what it says after ten seconds is that it does not."""
    reader, writer = raw
    try:
        async with asyncio.timeout(10):
            return await reader.read()
    except ConnectionResetError:
        return b"\x88"
    except TimeoutError:
        return b"still open"
    finally:
        writer.close()


def test_frames_that_are_no_messages(tmp_path: Path, attempts: Attempts) -> None:
    """None ends the server, gets a traceback, or opens a session; whoever has one keeps it."""
    objects = ["{}", '{"meta": null}', '{"meta": {"action": []}}', '{"meta": {"id": {}}}', '{"meta": {"id": 1e999}}']
    broken = ["", "{", "nul", "[" * 50_000, '"\\ud800"', "{" * 50_000, '{"meta": {"client_id": "%s"}}' % ("x" * 2000)]
    actions = ["create_session", "delete", "invoke-service\0", "../", "zato.ping", "x" * 10_000]
    made_up = [json.dumps({"meta": {"action": action, "id": "1", "token": "t"}, "data": {}}) for action in actions]

    async def test(server: Listening) -> None:
        for text in [*objects, *broken, *made_up, b"\xff\xfe", b"\x00" * 1000]:
            guest, stranger = await server.connect(), await server.connect()
            await guest.sign_in("user1", "secret1")
            answer = await stranger.ask(text)
            attempts.held(answer["meta"]["msg_type"] == "zwsx.merr", f"before a session: {text[:40]!r}")
            with_token = text.replace('"t"', f'"{guest.token}"') if isinstance(text, str) else text
            answer = await guest.ask(with_token)
            is_told = answer["meta"]["status"] in (400, 403) and "Traceback" not in json.dumps(answer)
            attempts.held(is_told, f"in a session: {text[:40]!r}: {answer}")
            for each in (guest, stranger):
                await each.connection.close()
        survivor = await server.connect()
        await survivor.sign_in("user1", "secret1")
        attempts.held((await survivor.invoke(1))["data"] == 1, "the server goes on")

    run(tmp_path, test, channel(security="basic"))


def test_no_way_round_signing_in(tmp_path: Path, attempts: Attempts) -> None:
    """Without a session, with another one's token, an old one, half of one or one in another spelling: forbidden."""

    async def test(server: Listening) -> None:
        other = await server.connect()
        await other.sign_in("user1", "secret1")
        old = other.token
        await other.sign_in("user1", "secret1")
        tokens = ["", old, other.token[:-1], other.token + " ", other.token.upper(), "ws.token.", "null", other.token]
        for token, signs_in, answers in product(tokens, (False, True), (False, True)):
            guest = await server.connect()
            if signs_in:
                await guest.sign_in("user1", "secret1")
            message = (
                client_response("r", "t", "x", token, {}, 1) if answers else invoke_service("i", "t", token, {}, 1)
            )
            answer = await guest.ask(message)
            what = f"{token!r}, signed in {signs_in}, {answer}"
            attempts.held(answer["meta"]["msg_type"] == "zwsx.merr", what)
            attempts.held((await guest.closed())[0] == 1008, what)
        attempts.held((await other.invoke(7))["data"] == 7, "the session goes on")
        with pytest.raises(AssertionError):
            assert (await other.invoke(7, old))["data"] == 7

    run(tmp_path, test, channel(security="basic"))


def test_nothing_tells_what_exists(tmp_path: Path, attempts: Attempts) -> None:
    """Unknown users and wrong passwords look alike, and so do paths that are none and channels that are stopped."""

    async def test(server: Listening) -> None:
        said = set()
        for username, secret in (("user1", "x"), ("nobody", "x"), ("nobody", "secret1"), ("", ""), ("a:b", "c")):
            guest = await server.connect()
            answer = await guest.sign_in(username, secret)
            said.add((answer["meta"]["msg_type"], answer["meta"]["status"], answer["data"], await guest.closed()))
        attempts.held(len(said) == 1, f"signing in: {said}")
        fields = {"name": "s", "service": "test.echo", "url_path": "/stopped", "is_active": False}
        await server.call("zato.channel.web-socket.create", fields)
        refused = set()
        for path in ("/nothing", "/stopped", "/../etc/passwd", "//", "/%2e%2e/", "/zato"):
            with pytest.raises(InvalidStatus) as found:
                await server.connect(path)
            body = json.loads(bytes(found.value.response.body))
            refused.add((found.value.response.status_code, body["details"]))
        attempts.held(refused == {(404, "Not found")}, f"paths: {refused}")

    run(tmp_path, test, channel(security="basic"))


def test_frames_that_break_the_protocol(tmp_path: Path, attempts: Attempts) -> None:
    """Reserved bits and opcodes, no mask, lengths that lie, control frames in parts: closed, and forgotten."""
    opcodes = (0x83, 0x87, 0x8B, 0x8F, 0xC1, 0xA1, 0x91, 0x80, 0x09, 0x08)
    frames = [bytes([first]) + b"\x80\0\0\0\0" for first in opcodes]
    frames += [b"\x81\x05hello", b"\x81\x7f" + bytes(4), b"\x89\xff" + (1 << 20).to_bytes(8, "big") + bytes(4)]
    frames += [masked(0x81, b"", 1 << 62), masked(0x82, b"x", 1 << 33), masked(0x88, b"\x03")]
    frames += [masked(0x01, b"a") + masked(0x81, b"b"), masked(0x88, (1005).to_bytes(2, "big"))]
    frames += [masked(0x88, b"\x03\xe9\xff")]

    async def test(server: Listening) -> None:
        for frame in frames:
            raw = await opened(server)
            raw[1].write(frame)
            raw[1].write(masked(0x81, b"not heard") * 3)
            if frame.endswith(bytes(4)) and frame[:1] == b"\x81":
                raw[1].write_eof()
            said = await ended(raw)
            attempts.held(said != b"still open", f"{frame[:20]!r}")
        await server.until(lambda: not server.connected.count)
        attempts.held(not list(server.web_sockets.clients()), "nobody is left")

    run(tmp_path, test, channel(new_token_wait_time=1))


def test_messages_that_are_too_large(tmp_path: Path, attempts: Attempts) -> None:
    """Whole, in parts, and bombs that are large once decompressed: closed with 1009, and nothing was kept of them."""
    bomb = zlib.compressobj(9, wbits=-15)
    packed = (bomb.compress(bytes(50_000_000)) + bomb.flush(zlib.Z_SYNC_FLUSH))[:-4]

    async def test(server: Listening) -> None:
        whole, parts = masked(0x81, b"x" * 50_000), masked(0x01, b"x" * 4000) + masked(0x00, b"x" * 4000) * 10
        in_parts = masked(0x41, packed[:20_000]) + masked(0x00, packed[20_000:40_000]) * 2
        for data in (whole, parts, masked(0xC1, packed), in_parts, masked(0x81, b"", 1 << 40)):
            raw = await opened(server, DEFLATE)
            raw[1].write(data)
            said = await ended(raw)
            attempts.held(b"\x88" in said and (1009).to_bytes(2, "big") in said, f"{len(data)} bytes: {said[:60]!r}")
        await server.until(lambda: not list(server.web_sockets.clients()))

    run(tmp_path, test, channel(max_message_size=10_000, compression=True))


def test_clients_that_take_what_others_need(tmp_path: Path, attempts: Attempts) -> None:
    """Connections, log-ins and messages by the hundred, from one address: others are served meanwhile."""

    async def test(server: Listening) -> None:
        for number in range(30):
            try:
                await server.connect()
                admitted = True
            except InvalidStatus as refused:
                admitted = False
                attempts.held(refused.response.status_code == 503, "refused with 503")
            attempts.held(admitted == (number < 20), f"connection {number}")
        attempts.held((await server.call("zato.ping")) == {"pong": "zato"}, "REST beside too many connections")
        guest = server.guests[0]
        await guest.sign_in("user1", "secret1")
        for number in range(500):
            await guest.connection.send(invoke_service(str(number), "t", guest.token, {}, 0.01))
        other = server.guests[1]
        await other.sign_in("user1", "secret1")
        attempts.held((await other.invoke(0))["data"] == "slept", "a client beside a flood of messages")
        running = server.client.app.store.get("test.slow").cls
        attempts.held(running.running <= 17, f"{running.running} calls at once")

    run(tmp_path, test, channel(service="test.slow", security="basic", max_connections_per_address=20))


def test_clients_that_do_not_do_their_part(tmp_path: Path, attempts: Attempts) -> None:
    """No handshake, half of one, no session, no reading, no Close: each is gone in time, and its place is free."""

    async def test(server: Listening) -> None:
        silent = await asyncio.open_connection("127.0.0.1", server.port)
        slow = await asyncio.open_connection("127.0.0.1", server.port)
        slow[1].write(HANDSHAKE[:60])
        no_session = await opened(server)
        for raw, what in ((silent, "no handshake"), (slow, "half a handshake"), (no_session, "no session")):
            attempts.held(await ended(raw) != b"still open", what)
        deaf = await server.connect(max_queue=1)
        await deaf.sign_in()
        client = server.one()
        deaf.connection.transport.pause_reading()
        while client.is_signed_in and client.tell(json.dumps("x" * 60_000)):
            attempts.held(client.socket.unsent < 3_000_000, f"{client.socket.unsent} bytes wait")
            await asyncio.sleep(0)
        await server.until(lambda: not list(server.web_sockets.clients()))
        attempts.held(server.connected.count == 0, "its place is free")

    conf = "[limits]\nheader_timeout = 0.2\nwrite_timeout = 0.5\n" + channel(new_token_wait_time=0.2)
    run(tmp_path, test, conf)


def test_a_channel_that_is_deleted_under_its_clients(tmp_path: Path, attempts: Attempts) -> None:
    """Whatever they are doing just then: they are told, and nothing of them is left."""

    async def test(server: Listening) -> None:
        fields = {"name": "d", "service": "test.slow", "url_path": "/d"}
        made = await server.call("zato.channel.web-socket.create", fields)
        idle, busy, fresh = [await server.connect("/d") for _ in range(3)]
        for guest in (idle, busy):
            await guest.sign_in()
        await busy.connection.send(invoke_service("1", "t", busy.token, {}, 0.05))
        await fresh.connection.send(create_session("1", "t", {}, "", "")[:30])
        await server.call("zato.channel.web-socket.delete", {"id": made["id"]})
        for guest, what in ((idle, "idle"), (busy, "busy"), (fresh, "fresh")):
            attempts.held((await guest.closed())[0] in {1008, 1012}, what)
        await server.until(lambda: not server.connected.count)
        attempts.held(await server.call("zato.channel.web-socket.get-connection-list") == [], "no rows are left")

    run(tmp_path, test)


def test_pages_of_other_sites(tmp_path: Path, attempts: Attempts) -> None:
    """A browser on a page that the channel does not list is refused before a word was said."""
    url = "https://shop.example"
    others = ["null", "http://shop.example", f"{url}.evil.example", f"{url}:444", "https://evil.example", f"{url}/", ""]

    async def test(server: Listening) -> None:
        for origin in [*others, url]:
            try:
                async with connect(f"ws://127.0.0.1:{server.port}/", proxy=None, additional_headers={"Origin": origin}):
                    admitted = True
            except InvalidStatus as refused:
                admitted = refused.response.status_code != 403
            attempts.held(admitted == (origin == url), f"{origin!r}")
        attempts.held(isinstance(await server.connect(), Guest), "a client that is no browser")

    run(tmp_path, test, channel(origins=url))
