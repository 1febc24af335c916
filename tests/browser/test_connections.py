"""WebSocket clients in a browser: two real ones, live."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from websocket import ABNF, WebSocket, WebSocketException

from tests.browser.pages import Pages
from tests.browser.waiting import follow

pytestmark = [pytest.mark.browser, pytest.mark.live]


class Client:
    """A client of the channel wsx-echo that answers whatever it is asked."""

    def __init__(self, server: str, client_id: str) -> None:
        self.socket = WebSocket()
        self.socket.connect(f"ws{server.removeprefix('http')}/wsx/echo")
        self.closed: int | None = None
        meta = {"client_id": client_id, "client_name": f"Name of {client_id}"}
        self._send({"action": "create-session", **meta}, {})
        self._token = json.loads(self.socket.recv())["data"]["token"]
        self.thread = threading.Thread(target=self._answer)
        self.thread.start()

    def _send(self, meta: dict[str, object], data: object) -> None:
        about = {"id": uuid4().hex, "timestamp": "2026-01-01T00:00:00", **meta}
        self.socket.send(json.dumps({"meta": about, "data": data}))

    def _answer(self) -> None:
        try:
            while self.closed is None:
                kind, data = self.socket.recv_data()
                if kind == ABNF.OPCODE_CLOSE:
                    self.closed = int.from_bytes(data[:2], "big")
                else:
                    asked = json.loads(data)
                    meta = {"action": "client-response", "in_reply_to": asked["meta"]["id"], "token": self._token}
                    self._send(meta, {"response": {"you said": asked["data"]}})
        except (WebSocketException, OSError):
            return

    def close(self) -> None:
        """Ends it."""
        if self.closed is None:
            self.socket.send_close()
        self.thread.join()
        self.socket.shutdown()


@pytest.fixture
def clients(server: str) -> Iterator[list[Client]]:
    """Two of them."""
    made = [Client(server, name) for name in ("till.1", "till.2")]
    yield made
    for client in made:
        client.close()


def test_rows_come_and_go(pages: Pages, clients: list[Client], server: str, shots: Path) -> None:
    """Without the page being loaded again; the filter works while one types."""
    page = pages.open("connections")
    page.get_by_role("link", name="till.1").wait_for()
    page.screenshot(path=shots / "connections.png")
    third = Client(server, "till.3")
    page.get_by_role("link", name="till.3").wait_for()
    third.close()
    page.get_by_role("link", name="till.3").wait_for(state="detached")
    page.get_by_label("Client ID, name, address or user").press_sequentially("till.2")
    page.get_by_role("link", name="till.1").wait_for(state="detached")
    assert page.get_by_role("link", name="till.2").count() == 1


def test_times_in_utc_and_back(pages: Pages, clients: list[Client]) -> None:
    """At a click, and the next page knows."""
    page = pages.open("connections")
    follow(page.get_by_role("link", name="till.1"))
    times = page.locator("dd time").first
    local = times.inner_text()
    page.get_by_role("button", name="Show UTC").click()
    assert times.inner_text().endswith(" UTC")
    page.reload()
    assert page.locator("dd time").first.inner_text().endswith(" UTC")
    page.get_by_role("button", name="Show local time").click()
    assert page.locator("dd time").first.inner_text() == local


def test_one_is_talked_to_watched_and_closed(pages: Pages, clients: list[Client], shots: Path) -> None:
    """Its answer is shown, its frames pass, the filter and the pause work, and it gets a Close frame."""
    page = pages.open("connections")
    follow(page.get_by_role("link", name="till.1"))
    page.get_by_role("button", name="Watch").click()
    page.get_by_text("Watching.").wait_for()
    page.get_by_label("Request, as JSON").fill('{"hello": "wor')
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Not valid JSON").wait_for()
    page.get_by_label("Request, as JSON").fill('{"hello": "world"}')
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Answered in").wait_for()
    assert json.loads(page.locator(".answer pre").inner_text()) == {"you said": {"hello": "world"}}
    page.locator(".passing li.in", has_text="you said").wait_for()
    page.screenshot(path=shots / "connection.png", full_page=True)
    page.get_by_label("Filter frames").fill("nothing has this")
    assert page.locator(".passing li:visible").count() == 0
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("Paused after").wait_for()
    page.get_by_role("button", name="Disconnect").click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    page.locator(".done", has_text="was closed").wait_for()
    clients[0].thread.join(10)
    assert clients[0].closed == 1001


def test_all_are_talked_to(pages: Pages, clients: list[Client]) -> None:
    """Those of a channel."""
    page = pages.open("connections")
    page.get_by_role("link", name="till.1").wait_for()
    page.get_by_label("Channel").select_option("wsx-echo")
    page.get_by_role("button", name="Send to all").click()
    page.get_by_text("It was sent to 2 clients.").wait_for()
