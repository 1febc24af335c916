"""Chromium of Debian, driven by Playwright: for what only a real browser shows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.services.installation import need

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextmanager
def browser() -> Iterator["Browser"]:
    """A headless browser.

    Raises:
        Unavailable: there is none, and it cannot be installed here.
    """
    program = need("chromium", ["chromium"])
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(program), args=options)
        try:
            yield opened
        finally:
            opened.close()
