"""The page around the data: its style and its scripts, which are files of this package, put into the one file."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

SCRIPTS = (
    "elements.js",
    "formatting.js",
    "data.js",
    "charts.js",
    "curl.js",
    "exchange.js",
    "failure.js",
    "scenario.js",
    "overview.js",
    "list.js",
    "keys.js",
    "main.js",
)
"""In this order they become one script, in which each sees what those before it define."""


def head() -> str:
    """All of the page before its data.

    A policy allows this script and this style only, so that nothing that a run reports could be executed or fetched.
    """
    page = _text("page.html")
    style = _text("style.css")
    script = '"use strict";\n(() => {\n' + "".join(map(_text, SCRIPTS)) + "})();\n"
    for name, text in (("style", style), ("script", script)):
        page = page.replace(f"{name}-hash", _hash(text)).replace(f"/* {name} */", text)
    return page


def _text(name: str) -> str:
    return (files(__package__) / "page" / name).read_text("utf-8")


def _hash(text: str) -> str:
    """What a policy names a script or a style by."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")
