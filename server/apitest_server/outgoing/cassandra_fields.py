"""PURE  Fields of Cassandra definitions as the driver takes them."""

import re


def contact_points(text: str) -> list[str]:
    """The nodes that a text names: one a line, or with commas between them."""
    return [part for part in re.split(r"[\s,]+", text) if part]
