"""A server as a process of its own, and a browser that has signed in to its web-admin."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apitest.commands import demo
from apitest.commands.companion import CompanionServer
from tests.browser.pages import PASSWORD, Pages
from tests.browser.stage import Stage
from tests.services.browser import browser
from tests.services.installation import Unavailable, required

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="package")
def chromium() -> Iterator["Browser"]:
    """One for all tests of the package: while it is open, no other test could run an event loop."""
    try:
        opened = browser()
        found = opened.__enter__()
    except Unavailable as reason:
        if required():
            pytest.fail(f"Chromium cannot be started, and this run may not go without it: {reason}")
        pytest.skip(f"Chromium: {reason}")
    yield found
    opened.__exit__(None, None, None)


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo's server; its address."""
    os.environ["APITEST_ADMIN_PASSWORD"] = PASSWORD
    try:
        with CompanionServer(demo.copy(tmp_path_factory.mktemp("web-admin") / "server")) as started:
            yield started.address
    finally:
        del os.environ["APITEST_ADMIN_PASSWORD"]


@pytest.fixture(scope="package")
def stage(server: str) -> Stage:
    """The same server, with something to see on each page."""
    made = Stage(server)
    made.set_up()
    return made


@pytest.fixture
def pages(chromium: "Browser", server: str, request: pytest.FixtureRequest) -> Iterator[Pages]:
    """A window that has signed in; what went wrong in it fails the test."""
    look = getattr(request, "param", {})
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", **look)
    made = Pages(context.new_page(), server)
    made.sign_in()
    yield made
    context.close()
    assert made.problems == []


@pytest.fixture
def shots() -> Path:
    """Where screenshots go, to be looked at."""
    directory = Path(__file__).parents[2] / ".cache" / "screenshots"
    directory.mkdir(parents=True, exist_ok=True)
    return directory
