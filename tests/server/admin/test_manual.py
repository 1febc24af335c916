"""The manual's page of web-admin: its pictures are there, small, and of pages that exist."""

import re

from apitest_server.admin.routes import ROUTES
from tests.browser.manual import IMAGES, LARGEST, PICTURES, ROOT
from tests.browser.stage import DYNAMIC, PATHS

_PICTURE = re.compile(r"!\[[^\]]{10,}\]\(images/([\w-]+\.png)\)")


def test_the_pictures_are_those_that_tests_take() -> None:
    """No more and no fewer, each with words for those who cannot see it."""
    named = _PICTURE.findall((ROOT / "docs" / "web-admin.md").read_text("utf-8"))
    assert sorted(named) == sorted(PICTURES)
    assert {path.name for path in IMAGES.glob("web-admin-*")} == set(PICTURES)


def test_the_pictures_are_small() -> None:
    """PNG, of the size of their windows."""
    for name, picture in PICTURES.items():
        content = (IMAGES / name).read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        assert len(content) < LARGEST, name
        assert (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")) == picture.size


def test_the_pages_in_them_exist() -> None:
    """Each path is one that web-admin answers."""
    pages = [route.pattern() for route in ROUTES if route.method == "GET"]
    for picture in PICTURES.values():
        path = {**PATHS, **DYNAMIC}[picture.page].partition("?")[0]
        assert any(pattern.fullmatch(path) for pattern in pages), path
