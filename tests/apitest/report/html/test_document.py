"""The page around the data."""

import re
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from apitest.report.html import document


def test_the_policy_allows_the_script_and_the_style_of_the_page_only() -> None:
    """Their hashes are those of what is between the tags."""
    head = document.head()
    for tag in ("script", "style"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", head, re.S)
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in head


def test_nothing_is_fetched() -> None:
    """No address of anything else is in the page but those that name kinds of XML."""
    assert set(re.findall(r"\w+://[\w./]+", document.head())) == {"http://www.w3.org/2000/svg"}


def test_every_file_is_used() -> None:
    """What is in the package's directory is in the page."""
    names = {file.name for file in (files("apitest.report.html") / "page").iterdir()}
    assert names == {*document.SCRIPTS, "page.html", "style.css"}
