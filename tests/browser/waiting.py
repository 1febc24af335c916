"""Waiting for what a page shows."""

import time
from typing import Any
from urllib.parse import urljoin

PATIENCE = 60.0
"""Seconds; machines are slow at times."""


def until(page: Any, script: str, argument: Any = None) -> None:
    """Waits until a script returns true.

    Playwright's own `wait_for_function` asks again with `eval` inside the page, which our Content-Security-Policy
    refuses: there, only what is true at the first look passes.
    """
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(script, argument):
        if time.monotonic() > deadline:
            raise AssertionError(f"Not true within {PATIENCE:g} s: {script}")
        page.wait_for_timeout(20)


def follow(link: Any) -> None:
    """Clicks on a link, and waits until the scripts of the page that it leads to have run: what is pressed counts."""
    leads_to = urljoin(link.page.url, link.get_attribute("href"))
    link.click()
    link.page.wait_for_url(lambda url: url == leads_to)
