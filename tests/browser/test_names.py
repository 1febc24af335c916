"""Names that strangers have chosen, in a browser: text wherever they are shown; no page is wider than its window."""

from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.browser.pages import Pages
from tests.browser.test_connections import Client
from tests.browser.waiting import follow

pytestmark = [pytest.mark.browser, pytest.mark.live]
NAMES = {
    "html": "<img src=x onerror=alert(1)><b>bold</b>",
    "script": "</script><script>alert(2)</script>",
    "attribute": "\" autofocus onfocus=alert(3) x='",
    "template": "{{ 7 * 7 }}${7 * 7}",
    "direction": "ends in exe \u202egpj.doc",
    "right": "\u05e9\u05dc\u05d5\u05dd",
    "long": "long" * 200,
    "lines": "one\ntwo\tthree",
}
_WIDE = "() => document.documentElement.scrollWidth <= innerWidth"


def test_names_of_clients_stay_text(pages: Pages, server: str, shots: Path) -> None:
    """In the table, on the page of each, and in what asks before it is closed."""
    asked: list[str] = []
    pages.page.on("dialog", lambda dialog: asked.append(dialog.message))
    pages.page.set_viewport_size({"width": 390, "height": 844})
    with ExitStack() as stack:
        for name in NAMES.values():
            stack.enter_context(closing(Client(server, name)))
        page = pages.open("connections")
        page.locator("#total", has_text=str(len(NAMES))).wait_for()
        shown = page.locator(".clients a").all_text_contents()
        assert sorted(shown) == sorted(NAMES.values())
        assert page.evaluate(_WIDE)
        page.screenshot(path=shots / "names.png")
        links = {link.text_content(): link.get_attribute("href") for link in page.locator(".clients a").all()}
        for key, name in NAMES.items():
            page.goto(f"{server}{links[name]}")
            assert page.locator("h1").text_content() == name, key
            assert page.evaluate(_WIDE), key
            assert page.locator("h1 *, dd img, dd b, main script").count() == 0, key
    assert asked == []


def test_names_of_objects_stay_text(pages: Pages) -> None:
    """What can turn the direction of text round is refused; a very long name and HTML are only text."""
    page = pages.open("objects/cache.builtin/new")
    page.get_by_label("Name", exact=True).fill(NAMES["direction"])
    page.get_by_role("button", name="Create").click()
    page.get_by_text("must be a name of 1 to 200 printable characters").wait_for()
    assert all("400 (Bad Request)" in problem for problem in pages.problems)  # The browser tells of every refusal
    pages.problems.clear()
    page.set_viewport_size({"width": 390, "height": 844})
    for name in (NAMES["script"], "x" * 200, NAMES["right"]):
        page = pages.open("objects/cache.builtin/new")
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_role("button", name="Create").click()
        page.locator(".done", has_text=f"“{name}” was created").wait_for()
        assert page.evaluate(_WIDE)
        follow(page.get_by_role("link", name=name, exact=True))
        page.get_by_role("button", name="Delete").click()
        page.get_by_role("dialog").get_by_text(f"“{name}”").wait_for()
        assert page.evaluate(_WIDE)
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        page.locator(".done", has_text="was deleted").wait_for()
