"""A server with most of its modules disabled, in a browser: its pages say so, and all others go on."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apitest.commands.companion import CompanionServer
from tests.browser.pages import PASSWORD, Pages
from tests.browser.test_every_page import violations
from tests.browser.waiting import follow

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.live]

# What is disabled -> a page of it
MODULES = {
    "cache": "objects/cache.builtin",
    "channel_web_socket": "connections",
    "log": "log",
    "outgoing_sql": "objects/outgoing.sql",
    "pubsub": "pubsub",
    "scheduler": "objects/scheduler.job",
    "security_jwt": "objects/security.jwt/new",
    "stats": "",
}


@pytest.fixture
def lean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The server's address."""
    (tmp_path / "services").mkdir()
    lines = ["[main]", "name = lean", "[deploy_internal]", *(f"{name} = False" for name in MODULES)]
    (tmp_path / "server.conf").write_text("\n".join(lines) + "\n", "utf-8")
    monkeypatch.setenv("APITEST_ADMIN_PASSWORD", PASSWORD)
    with CompanionServer(tmp_path) as started:
        yield started.address


def test_pages_of_disabled_modules_say_so(chromium: "Browser", lean: str, shots: Path) -> None:
    """With the lines of server.conf that enable them; the home page, services and other objects work."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    pages = Pages(context.new_page(), lean)
    pages.sign_in()
    page = pages.page
    page.get_by_text("module pubsub is set to False in [deploy_internal]").wait_for()
    found = violations(pages, "home")
    page.screenshot(path=shots / "disabled-home.png")
    for module, path in MODULES.items():
        if path:
            pages.open(path)
            assert page.locator(".fix pre").inner_text().split() == ["[deploy_internal]", module, "=", "True"]
            found |= violations(pages, module)
    page.screenshot(path=shots / "disabled.png")
    assert page.get_by_role("link", name="SQL connections").count() == 0
    follow(page.get_by_role("link", name="Services", exact=True))
    page.get_by_label("Whose").select_option("internal")
    page.get_by_role("button", name="Search").click()
    follow(page.get_by_role("link", name="zato.checks.channel"))
    page.get_by_role("heading", name="zato.checks.channel").wait_for()
    follow(page.get_by_role("link", name="Basic Auth definitions"))
    follow(page.get_by_role("link", name="New Basic Auth definition"))
    page.get_by_label("Name", exact=True).fill("still works")
    page.get_by_label("Username").fill("maria")
    page.get_by_role("button", name="Create").click()
    page.locator(".done", has_text="was created").wait_for()
    context.close()
    assert found == {}
    assert [problem for problem in pages.problems if "404" not in problem] == []
