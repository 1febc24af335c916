"""Takes the pictures of the manual; `make screenshots` puts them into docs/images/."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

from tests.browser.manual import LARGEST, PICTURES
from tests.browser.pages import Pages
from tests.browser.stage import Stage
from tests.browser.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.live]


def test_the_pictures_of_the_manual(chromium: "Browser", stage: Stage, shots: Path) -> None:
    """Each is of a page that exists, and small."""
    directory = Path(os.environ.get("APITEST_IMAGES") or shots)
    for name, picture in PICTURES.items():
        width, height = picture.size
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=picture.scheme, locale="en-GB", timezone_id="UTC"
        )
        pages = Pages(context.new_page(), stage.server)
        pages.sign_in()
        with stage.played(pages) as paths:
            page = pages.open(paths[picture.page])
            if picture.page == "home":  # Something has to go on for its charts to show
                for _ in range(12):
                    requests.get(f"{stage.server}/zato/ping", timeout=60)
                    before = page.locator("[data-live=up_seconds]").inner_text()
                    until(page, "text => document.querySelector('[data-live=up_seconds]').textContent !== text", before)
            page.screenshot(path=directory / name)
        context.close()
        assert pages.problems == []
        assert 5_000 < (directory / name).stat().st_size < LARGEST, name
