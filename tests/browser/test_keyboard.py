"""The pages of WebSocket clients without a mouse."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import Pages
from tests.browser.test_connections import Client
from tests.browser.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.live]
NAMES = [f"key.{number:02}" for number in range(40)]


@pytest.fixture
def crowd(server: str) -> Iterator[list[Client]]:
    """More than a window shows."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Client(server, name))) for name in NAMES]


def active(page: "Page") -> str:
    """The client that the arrow keys have led to; it is in sight, and the browser tells it to who cannot see it."""
    row = page.locator("tr.active")
    row.wait_for()
    until(
        page,
        """() => {
          const [row, frame] = [document.querySelector("tr.active"), document.querySelector("#clients")];
          const [inner, outer] = [row.getBoundingClientRect(), frame.getBoundingClientRect()];
          const told = document.querySelector(".clients").getAttribute("aria-activedescendant");
          return told === row.id && inner.top >= outer.top && inner.bottom <= outer.bottom + 1;
        }""",
    )
    return row.locator("a").inner_text()


def tabs_to(page: "Page", selector: str) -> None:
    """Until it has the focus."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def test_a_client_is_found_and_opened(pages: Pages, crowd: list[Client]) -> None:
    """Tab, arrows, pages, ends, Enter and Escape; what is typed is the filter."""
    page = pages.open("connections?filter=key.")
    page.locator("#total", has_text="40").wait_for()
    tabs_to(page, ".clients")
    assert active(page) == NAMES[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert active(page) == NAMES[1]
    page.keyboard.press("End")
    assert active(page) == NAMES[-1]
    page.keyboard.press("ArrowDown")
    assert active(page) == NAMES[-1]
    page.keyboard.press("PageUp")
    above = NAMES.index(active(page))
    assert 0 < above < len(NAMES) - 1
    page.keyboard.press("PageDown")
    assert active(page) == NAMES[-1]
    page.keyboard.press("Home")
    assert active(page) == NAMES[0]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "filter"
    page.keyboard.press("End")
    page.keyboard.type("17")
    page.locator("#total", has_text="1 of").wait_for()
    page.keyboard.press("ArrowDown")
    assert active(page) == "key.17"
    page.keyboard.press("Enter")
    page.wait_for_url("**/connections/*")
    page.get_by_role("heading", name="key.17").wait_for()
    page.go_back()
    page.locator("#total", has_text="1 of").wait_for()
    assert page.input_value("#filter") == "key.17"


def test_a_client_is_talked_to_watched_and_closed(pages: Pages, server: str) -> None:
    """All that its page offers; Escape means no."""
    with closing(Client(server, "keys")) as client:
        page = pages.open("connections?filter=keys")
        page.get_by_role("link", name="keys", exact=True).wait_for()
        tabs_to(page, ".clients")
        assert active(page) == "keys"
        page.keyboard.press("Enter")
        page.wait_for_url("**/connections/*")
        tabs_to(page, "[data-zone]")
        page.keyboard.press("Enter")
        assert page.locator("dd time").first.inner_text().endswith(" UTC")
        page.keyboard.press("Space")
        tabs_to(page, "#request")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type('{"hello": 1}')
        tabs_to(page, "#timeout")
        page.keyboard.press("Enter")
        page.get_by_text("Answered in").wait_for()
        tabs_to(page, "#frames-filter")
        page.keyboard.type("hello")
        tabs_to(page, "[data-watch]")
        page.keyboard.press("Space")
        page.get_by_text("Watching.").wait_for()
        page.keyboard.press("Space")
        page.get_by_text("Paused after").wait_for()
        tabs_to(page, "button.danger")
        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
        assert client.closed is None
        page.keyboard.press("Enter")
        tabs_to(page, "dialog button.danger")
        page.keyboard.press("Enter")
        page.locator(".done", has_text="was closed").wait_for()
        client.thread.join(30)
        assert client.closed == 1001
