"""Messages in a browser: a topic is made, a message published to it, looked at and deleted."""

from pathlib import Path

import pytest

from tests.browser.pages import Pages
from tests.browser.test_every_page import violations
from tests.browser.waiting import follow

pytestmark = [pytest.mark.browser, pytest.mark.live]


def test_a_message_from_its_publication_to_its_end(pages: Pages, shots: Path) -> None:
    """Every page on the way can be used by everybody."""
    page = pages.open("objects/pubsub.topic/new")
    page.get_by_label("Name", exact=True).fill("/browser/orders")
    page.get_by_role("button", name="Create").click()
    page.locator(".done", has_text="was created").wait_for()
    pages.open("pubsub")
    follow(page.get_by_role("link", name="/browser/orders"))
    page.get_by_label("Data").fill('{"order": 1}')
    page.get_by_label("It is").select_option("json")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("It was published in").wait_for()
    page.reload()
    page.get_by_text('{"order": 1}').wait_for()
    found = violations(pages, "topic")
    page.screenshot(path=shots / "topic.png")
    follow(page.locator("tbody a", has_text="zpsm"))
    page.get_by_text("Who has it, who has not, and why").wait_for()
    found |= violations(pages, "message")
    page.screenshot(path=shots / "message.png")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.locator(".done", has_text="was deleted").wait_for()
    assert page.get_by_text("Messages that wait: 0").is_visible()
    assert found == {}
