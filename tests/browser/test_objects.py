"""Objects in a browser: made, changed, and deleted after a question."""

from pathlib import Path

import pytest

from tests.browser.pages import Pages
from tests.browser.waiting import follow

pytestmark = [pytest.mark.browser, pytest.mark.live]


def test_the_life_of_an_object(pages: Pages, shots: Path) -> None:
    """A name with HTML in it stays text; deleting asks first, and Escape means no."""
    name = "<img src=x onerror=alert(1)>"
    page = pages.open("objects/outgoing.sql/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("DB name").fill("/tmp/orders.db")
    page.get_by_role("button", name="Create").click()
    follow(page.get_by_role("link", name=name))
    page.get_by_role("button", name="Delete").click()
    page.screenshot(path=shots / "question.png")
    page.keyboard.press("Escape")
    page.get_by_label("Timeout").fill("20")
    page.get_by_role("button", name="Save").click()
    assert "was changed" in page.locator(".done").inner_text()
    follow(page.get_by_role("link", name=name))
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.locator(".done", has_text="was deleted").wait_for()
    assert page.get_by_role("link", name=name).count() == 0


def test_steps_are_copied(pages: Pages, shots: Path) -> None:
    """The clipboard has the scenario."""
    pages.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = pages.open("objects/cache.builtin/new")
    page.get_by_label("Name", exact=True).fill("of steps")
    page.get_by_role("button", name="Create").click()
    follow(page.get_by_role("link", name="Show it as steps of a test"))
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    page.screenshot(path=shots / "steps.png")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Scenario: Cache “of steps” was created")
    assert "zato.cache.builtin.create" in copied


@pytest.mark.parametrize("pages", [{"java_script_enabled": False}], indirect=True)
def test_what_is_deleted_before_scripts_have_loaded(pages: Pages, shots: Path) -> None:
    """The server asks, on a page of its own, which leads back or deletes."""
    page = pages.open("objects/cache.builtin/new")
    page.get_by_label("Name", exact=True).fill("in a hurry")
    page.get_by_role("button", name="Create").click()
    follow(page.get_by_role("link", name="in a hurry"))
    here = page.url
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("heading", name="Delete Cache “in a hurry”?").wait_for()
    page.screenshot(path=shots / "question-without-scripts.png")
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(here)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("heading", name="Delete Cache “in a hurry”?").wait_for()
    page.get_by_role("button", name="Delete").click()
    page.locator(".done", has_text="was deleted").wait_for()
    assert page.get_by_role("link", name="in a hurry").count() == 0
