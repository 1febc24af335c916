"""What comes between a user and the server, in a browser: nothing typed is lost, and the page says what is wrong."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apitest.commands import demo
from apitest.commands.companion import CompanionServer
from tests.browser.pages import PASSWORD, PREFIX, Pages
from tests.browser.test_connections import Client
from tests.browser.waiting import follow
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.live]
REACHED = "The server cannot be reached."
# In one turn of the browser: what it tells of later, that the dialog was closed, has not been told when the key comes
PRESSED_AGAIN = """async () => {
  document.querySelector("dialog").requestClose();
  for (let turn = 0; turn < 50; turn += 1) await null;
  const focused = document.activeElement;
  focused.click();
  return focused.textContent;
}"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CompanionServer]:
    """A server that may be stopped and started: always at the same address."""
    monkeypatch.setenv("APITEST_ADMIN_PASSWORD", PASSWORD)
    made = CompanionServer(demo.copy(tmp_path / "server"), port=free_port())
    with made:
        yield made


@contextmanager
def signed_in(chromium: "Browser", address: str) -> Iterator[Pages]:
    """A window of its own; what the browser says of a server that is away, or of a session that is over, is none."""
    context = chromium.new_context()
    made = Pages(context.new_page(), address)
    made.sign_in()
    yield made
    context.close()
    assert [one for one in made.problems if "ERR_" not in one and "Failed to load resource" not in one] == []


@pytest.fixture
def window(chromium: "Browser", server: str) -> Iterator[Pages]:
    """A window of its own, whose session may end."""
    with signed_in(chromium, server) as made:
        yield made


def typed(page: "Page", name: str) -> None:
    """Into the form of a new connection."""
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("DB name").fill("/tmp/orders.db")
    page.get_by_label("Password", exact=True).fill("hush of the database")


def signs_in_again(page: "Page") -> None:
    """In the window on top of the page, where the user's name is there already."""
    dialog = page.get_by_role("dialog", name="Sign in again")
    dialog.get_by_label("Password").wait_for()
    assert dialog.get_by_label("User name").input_value() == "admin"
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    dialog.get_by_text("do not go together").wait_for()
    dialog.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    dialog.wait_for(state="detached")


def test_a_server_that_is_restarted_under_open_pages(chromium: "Browser", own: CompanionServer) -> None:
    """Each says so, goes on by itself where it was, and a form keeps what was typed."""
    with signed_in(chromium, own.address) as window:
        restarted(window, own)


def restarted(window: Pages, own: CompanionServer) -> None:
    """A form and a table, before and after."""
    form, table = window.open("objects/outgoing.sql/new"), window.page.context.new_page()
    table.goto(f"{own.address}{PREFIX}connections")
    typed(form, "typed before")
    with closing(Client(own.address, "till.1")):
        table.get_by_role("link", name="till.1").wait_for()
        own.stop()
    table.get_by_text(f"{REACHED} Next attempt in").wait_for()
    form.get_by_role("button", name="Create").click()
    form.get_by_text(f"{REACHED} What was typed is still here").wait_for()
    own.start()
    form.get_by_role("button", name="Create").click()
    form.locator(".done", has_text="“typed before” was created").wait_for()
    table.get_by_text(REACHED).wait_for(state="detached", timeout=60_000)
    table.get_by_role("link", name="till.1").wait_for(state="detached")
    with closing(Client(own.address, "till.2")):
        table.get_by_role("link", name="till.2").wait_for()


def test_a_session_that_ends_in_the_middle_of_a_form(window: Pages) -> None:
    """Who signs in again, on top of the page, loses nothing that was typed, secrets included; who does not, neither."""
    page = window.open("objects/outgoing.sql/new")
    typed(page, "typed in two sessions")
    page.context.clear_cookies()
    page.get_by_role("button", name="Create").click()
    page.get_by_role("dialog", name="Sign in again").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    assert page.get_by_label("Password", exact=True).input_value() == "hush of the database"
    page.get_by_role("button", name="Create").click()
    signs_in_again(page)
    page.locator(".done", has_text="“typed in two sessions” was created").wait_for()


def test_what_is_pressed_as_a_dialog_closes_counts(window: Pages) -> None:
    """Whoever calls a question off and asks for it again at once is asked again, by each dialog."""
    with closing(Client(window.server, "till.3")):
        page = window.open("connections?filter=till.3")
        follow(page.get_by_role("link", name="till.3"))
        page.get_by_role("button", name="Disconnect").press("Enter")
        page.get_by_role("dialog").wait_for()
        assert page.evaluate(PRESSED_AGAIN) == "Disconnect"
        page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    page = window.open("objects/outgoing.sql/new")
    typed(page, "called off")
    page.context.clear_cookies()
    page.get_by_role("button", name="Create").press("Enter")
    page.get_by_role("dialog", name="Sign in again").wait_for()
    assert page.evaluate(PRESSED_AGAIN) == "Create"
    page.get_by_role("dialog", name="Sign in again").wait_for()


def test_after_signing_in_one_is_where_one_was(window: Pages) -> None:
    """The page that was asked for, with its search."""
    window.page.context.clear_cookies()
    page = window.open("objects/outgoing.sql?search=orders")
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PREFIX}objects/outgoing.sql?search=orders")


def test_signing_out_ends_what_other_windows_follow(window: Pages, server: str) -> None:
    """They say so, and go on once somebody has signed in there again."""
    table = window.open("connections")
    other = table.context.new_page()
    other.goto(f"{server}{PREFIX}")
    other.get_by_role("button", name="Sign out").click()
    table.get_by_text("The session has ended").wait_for()
    with closing(Client(server, "till.1")):
        table.get_by_role("button", name="Sign in again").click()
        signs_in_again(table)
        table.get_by_role("link", name="till.1").wait_for()
    assert table.get_by_text("The session has ended").count() == 0


def test_a_form_that_is_sent_by_two_clicks(window: Pages) -> None:
    """Makes one object, and says so."""
    sent: list[str] = []
    window.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page = window.open("objects/outgoing.sql/new")
    typed(page, "made once")
    page.get_by_role("button", name="Create").dblclick()
    page.locator(".done", has_text="“made once” was created").wait_for()
    assert len(sent) == 1
    assert page.get_by_role("link", name="made once").count() == 1


def test_what_somebody_else_has_changed(window: Pages, shots: Path) -> None:
    """Both versions are there, nothing is overwritten before it was seen."""
    page = window.open("objects/outgoing.sql/new")
    typed(page, "of two")
    page.get_by_role("button", name="Create").click()
    follow(page.get_by_role("link", name="of two"))
    page.get_by_label("Timeout").wait_for()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Timeout").fill("44")
    other.get_by_label("Pool size").fill("9")
    other.get_by_role("button", name="Save").click()
    other.locator(".done", has_text="was changed").wait_for()
    page.get_by_label("Timeout").fill("33")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Somebody else has changed it meanwhile, so nothing was saved").wait_for()
    assert (page.get_by_label("Timeout").input_value(), page.get_by_label("Pool size").input_value()) == ("33", "9")
    page.get_by_text("Somebody else has made it: 44. Yours is kept if you save.").wait_for()
    page.screenshot(path=shots / "stale.png")
    page.get_by_role("button", name="Save").click()
    page.locator(".done", has_text="was changed").wait_for()


def test_nothing_secret_is_left_behind(window: Pages) -> None:
    """Neither in an address, nor in the page, nor in what the browser stores."""
    page = window.open("objects/outgoing.sql/new")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    typed(page, "with a secret")
    page.get_by_role("button", name="Create").click()
    follow(page.get_by_role("link", name="with a secret"))
    page.get_by_label("Timeout").wait_for()
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, document.cookie])")
    for secret in ("hush", PASSWORD):
        assert secret not in page.content() + stored + " ".join(addresses)
