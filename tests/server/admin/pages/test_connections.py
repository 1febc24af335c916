"""Tests of apitest_server.admin.pages.connections."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from apitest_server.service.asgi import Received
from apitest_server.wsx.protocol import client_response
from tests.server.admin.visitor import PASSWORD, PREFIX, words
from tests.server.asgi import Answer, scope
from tests.server.wsx.serving import Guest, Listening, channel, run

Test = Callable[["Window"], Awaitable[None]]


class Window:
    """A browser's window on the event loop of a server that WebSocket clients are connected to."""

    def __init__(self, here: Listening, session: str) -> None:
        self.here = here
        self.session = session

    async def get(self, path: str, accept: str = "text/html") -> Answer:
        """A page, or what a script gets."""
        return await self._ask("GET", path, b"", {"Accept": accept})

    async def rows(self) -> list[dict[str, Any]]:
        """Who is connected, as services say."""
        found: list[dict[str, Any]] = await self.here.call("zato.channel.web-socket.get-connection-list", {})
        return found

    async def post(self, path: str, accept: str = "*/*", **fields: str) -> Answer:
        """A form of this session."""
        proof = sha256(b"form\0" + self.session.encode()).hexdigest()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        return await self._ask("POST", path, urlencode({"proof": proof, **fields}).encode(), kind)

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        given = {"Cookie": f"apitest-session={self.session}", **headers}
        return await self.here.client.answer(method, PREFIX + path, given, body, 1 << 16)

    async def client(self, **about: object) -> Guest:
        """A client with a session."""
        guest = await self.here.connect()
        await guest.sign_in("user1", "secret1", **about)
        return guest

    @asynccontextmanager
    async def events(self, path: str) -> AsyncIterator["asyncio.Queue[dict[str, Any]]"]:
        """The events of a stream; at the end the browser goes away."""
        came: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        gone = asyncio.Event()

        async def receive() -> Received:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Mapping[str, Any]) -> None:
            for line in message.get("body", b"").decode().splitlines():
                if line.startswith("data: "):
                    came.put_nowait(json.loads(line.removeprefix("data: ")))

        request = scope("GET", PREFIX + path, {"Cookie": f"apitest-session={self.session}"})
        answering = asyncio.create_task(self.here.client.app(request, receive, send))
        try:
            yield came
        finally:
            gone.set()
            await answering


@pytest.fixture
def in_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Test], None]:
    """Runs a test in a window that has signed in to a server with one WebSocket channel."""
    monkeypatch.setenv("APITEST_ADMIN_PASSWORD", PASSWORD)

    def runs(test: Test) -> None:
        async def signed_in(here: Listening) -> None:
            given = {"username": "admin", "password": PASSWORD}
            found = await here.call("zato.security.administrator.log-in", given)
            await test(Window(here, found["session"]))

        run(tmp_path, signed_in, channel(security="basic"))

    return runs


def test_who_is_connected(in_window: Callable[[Test], None]) -> None:
    """The page has its channels; its script gets everybody, of one channel or of all."""

    async def test(window: Window) -> None:
        for number in range(3):
            await window.client(client_id=f"till.{number}", client_name="<b>")
        assert "all channels" in words(await window.get("connections"))
        number = window.here.channel().number
        assert "to all clients of this channel" in words(await window.get(f"connections?channel={number}"))
        for channel_id, names in (
            (number, ["till.0", "till.1", "till.2"]),
            (1, []),
            ("x", ["till.0", "till.1", "till.2"]),
        ):
            async with window.events(f"connections/changes?channel={channel_id}") as came:
                first = await came.get()
                assert first["is_anew"]
                assert sorted(row[1] for row in first["rows"]) == names

    in_window(test)


def test_the_figures_of_those_that_are_seen(in_window: Callable[[Test], None]) -> None:
    """By their IDs; one that is gone is left out."""

    async def test(window: Window) -> None:
        for number in range(3):
            await window.client(client_id=f"till.{number}")
        two = [row["pub_client_id"] for row in (await window.rows())[:2]]
        found = (await window.get(f"connections/rows?ids={','.join([*two, 'ws.none'])}", "*/*")).json()["rows"]
        assert {row["pub_client_id"] for row in found} == set(two)
        assert found[0]["messages_in"] > 0
        assert (await window.get("connections/rows", "*/*")).json()["rows"] == []

    in_window(test)


def test_whoever_comes_and_goes_is_told(in_window: Callable[[Test], None]) -> None:
    """As long as the page is open, and no longer than the session; a page that was away goes on where it was."""

    async def test(window: Window) -> None:
        async with window.events("connections/changes") as came:
            assert (await came.get())["rows"] == []
            guest = await window.client(client_id="till.1")
            found = await came.get()
            assert [(row[1], row[9]) for row in found["rows"]] == [("till.1", os.getpid())]
            connection = found["rows"][0][0]
        await guest.connection.close()
        async with window.events(f"connections/changes?since={found['position']}") as came:
            news = await came.get()
            while not news["gone"]:
                news = await came.get()
            assert (news["is_anew"], news["rows"], news["gone"]) == (False, [], [connection])
            await window.here.call("zato.security.administrator.log-out", {"session": window.session})
            assert await came.get() == {"why": "session"}

    in_window(test)


def test_one_connection(in_window: Callable[[Test], None]) -> None:
    """Everything that is known of it; what clients call themselves stays text."""

    async def test(window: Window) -> None:
        await window.client(client_id="<script>", client_name="One")
        [row] = await window.rows()
        page = await window.get(f"connections/{row['pub_client_id']}")
        assert "<script>" not in page.text.replace("<script type=", "")
        for part in ("One", row["pub_client_id"], "user1", "127.0.0.1", "Topics that it is subscribed to"):
            assert part in words(page)
        assert (await window.get("connections/ws.none")).status == 404

    in_window(test)


def test_it_is_talked_to(in_window: Callable[[Test], None]) -> None:
    """Its answer is shown, or that there was none in time; the request is JSON, or refused."""

    async def test(window: Window) -> None:
        guest = await window.client()
        [row] = await window.rows()
        path = f"connections/{row['pub_client_id']}/invoke"
        sent = asyncio.create_task(window.post(path, request='{"a": 1}', timeout="5"))
        message = await guest.next()
        assert message["data"] == {"a": 1}
        await guest.connection.send(client_response("i", "t", message["meta"]["id"], guest.token, {}, {"b": 2}))
        answer = (await sent).json()
        assert answer["answer"] == {"b": 2}
        assert '"pub_client_id"' in words(await window.get(f"steps/{answer['done']}"))
        late = await window.post(path, request="{}", timeout="0.1")
        assert late.status == 504
        wrong = await window.post(path, request="{")
        assert (wrong.status, wrong.json()["problem"]) == (
            400,
            "Request is not valid JSON; a text has to be in quotes",
        )

    in_window(test)


def test_all_of_a_channel_are_talked_to(in_window: Callable[[Test], None]) -> None:
    """How many they were is told."""

    async def test(window: Window) -> None:
        guest = await window.client()
        number = window.here.channel().number
        answer = await window.post(f"connections/broadcast/{number}", request='"hello"')
        assert answer.json()["clients"] == 1
        assert (await guest.next())["data"] == "hello"

    in_window(test)


def test_it_is_closed(in_window: Callable[[Test], None]) -> None:
    """The client gets a Close frame; a second time there is nothing to close."""

    async def test(window: Window) -> None:
        guest = await window.client()
        [row] = await window.rows()
        path = f"connections/{row['pub_client_id']}/disconnect"
        answer = await window.post(path, "text/html")
        assert answer.headers["location"].startswith(f"{PREFIX}connections?channel={row['channel_id']}&done=")
        assert (await guest.closed())[0] == 1001
        assert (await window.post(path, "text/html")).status == 404

    in_window(test)


def test_its_frames_are_watched(in_window: Callable[[Test], None]) -> None:
    """Until the connection or the page is closed; then nobody taps it any more."""

    async def test(window: Window) -> None:
        guest = await window.client()
        [row] = await window.rows()
        path = f"connections/{row['pub_client_id']}/frames"
        async with window.events(path) as came:
            await window.here.until(lambda: window.here.one().socket.tap is not None)
            await guest.invoke("something")
            frames = (await came.get())["frames"]
            assert "something" in frames[0]["data"]
        await window.here.until(lambda: window.here.one().socket.tap is None)
        assert (await window.get("connections/ws.none/frames", "*/*")).status == 404

    in_window(test)
