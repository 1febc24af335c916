"""The home page in a browser."""

import pytest

from tests.browser.pages import Pages
from tests.browser.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.live]


def test_figures_move(pages: Pages) -> None:
    """Without the page being loaded again; charts are drawn of them."""
    page = pages.open("")
    before = page.locator("[data-live=calls]").inner_text()
    page.evaluate("fetch('/zato/ping')")
    until(page, "before => document.querySelector('[data-live=calls]').textContent !== before", before)
    page.wait_for_selector("[data-chart=calls] polyline", state="attached")  # A flat line has no height
    assert page.locator("[data-chart=calls]").is_visible()
    until(page, "document.querySelector('[data-rate=calls]').textContent !== '–'")


def test_the_menu_of_a_narrow_window(pages: Pages) -> None:
    """It opens with a button that says so; Escape closes it, and leads back to the button."""
    pages.page.set_viewport_size({"width": 390, "height": 844})
    page = pages.open("")
    menu, button = page.locator("#menu"), page.get_by_role("button", name="Menu")
    assert not menu.is_visible()
    button.click()
    assert menu.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.wait_for_selector(".burger:focus")
