"""Web-admin in a browser's window."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

PASSWORD = "a password for browsers"
PREFIX = "/zato/admin/"


class Pages:
    """A window.

    Attributes:
        page: Playwright's page.
        problems: errors of scripts, and what the browser refused to load.
    """

    def __init__(self, page: "Page", server: str) -> None:
        self.page = page
        self.server = server
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._said)

    def _said(self, message: "ConsoleMessage") -> None:
        if message.type in ("error", "warning"):
            self.problems.append(message.text)

    def open(self, path: str) -> "Page":
        """A page by its path."""
        self.page.goto(f"{self.server}{PREFIX}{path}", wait_until="load")
        return self.page

    def sign_in(self) -> None:
        """As the first administrator, with the keyboard alone."""
        page = self.open("")
        page.wait_for_selector("#username:focus")
        page.keyboard.type("admin")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector(".tiles")
