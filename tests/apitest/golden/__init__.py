"""Texts that people see, as files: a test compares what the product prints with what somebody has looked at."""

import os
from pathlib import Path

_HERE = Path(__file__).parent


def check(name: str, text: str) -> None:
    """Compares a text with the golden file of that name; APITEST_WRITE_GOLDEN=1 writes it, to be looked at."""
    path = _HERE / name
    if os.environ.get("APITEST_WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
