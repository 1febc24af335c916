"""Every page of web-admin, as people see it: in light and dark, wide and narrow, and for those who cannot see it."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import Pages
from tests.browser.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.live]

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


@pytest.mark.parametrize("look", LOOKS)
def test_pages_can_be_used_by_everybody(chromium: Any, stage: Stage, shots: Path, look: str) -> None:
    """There is no violation of WCAG 2.1 AA, nothing is wider than the window, and the browser refuses nothing."""
    context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, **LOOKS[look]})
    pages = Pages(context.new_page(), stage.server)
    found: dict[str, Any] = {}
    wide: list[str] = []

    def look_at(name: str, path: str) -> None:
        page = pages.open(path)
        found.update(violations(pages, name))
        page.screenshot(path=shots / f"{name}-{look}.png", full_page=True)
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            wide.append(name)

    look_at("sign-in", "sign-in")
    pages.sign_in()
    with stage.played(pages) as paths:
        for name, path in paths.items():
            look_at(name, path)
    context.close()
    assert (found, wide) == ({}, [])
    assert [problem for problem in pages.problems if "404" not in problem] == []


def violations(pages: Pages, name: str) -> dict[str, Any]:
    """What axe finds on the page that is open: rule -> elements."""
    results = Axe().run(pages.page, options=_RULES).response["violations"]
    return {f"{name}: {one['id']}": [node["html"] for node in one["nodes"]] for one in results}


def test_a_page_is_small_and_there_at_once(pages: Pages) -> None:
    """At most 100 kB of script and style, and nothing of it twice."""
    sizes: dict[str, int] = {}
    pages.page.context.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    pages.page.context.clear_cookies()
    pages.sign_in()
    own = {url: size for url, size in sizes.items() if "/static/" in url}
    assert 0 < sum(own.values()) < 100_000
    assert all(url.startswith(pages.server) for url in sizes)
