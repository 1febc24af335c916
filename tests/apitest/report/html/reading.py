"""What a page holds, as its script reads it."""

import json
import re
import zlib
from base64 import b64decode
from typing import Any

_BLOCK = re.compile(r'^<script type="text/plain" class="(\w+)">([A-Za-z0-9+/=]*)</script>$', re.M)


def blocks(page: str, kind: str) -> list[Any]:
    """The content of each block of a kind, in order."""
    return [json.loads(zlib.decompress(b64decode(text))) for name, text in _BLOCK.findall(page) if name == kind]


def entries(page: str) -> list[dict[str, Any]]:
    """All entries of the index."""
    return [entry for block in blocks(page, "index") for entry in block]


def scenarios(page: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each scenario's line of the index, and its details."""
    details = blocks(page, "details")
    return [(row, details[row.get("block", 0)][row["place"]]) for row in entries(page) if "place" in row]
