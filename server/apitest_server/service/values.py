"""PURE  How many values a body or a message holds, at most: told by its punctuation, without making any of them.

What turns one into values is one call of a library, and nothing else runs meanwhile: it takes time for each value,
much more than for each byte.
"""

LARGE = 64 * 1024  # bytes or characters; what is made of more takes so long that other requests would wait for it


def in_json(body: str | bytes) -> int:
    """Each value stands behind a comma or an opening bracket; those within texts count as well."""
    if isinstance(body, str):
        return body.count(",") + body.count("[") + body.count("{")
    return body.count(b",") + body.count(b"[") + body.count(b"{")


def in_xml(body: bytes) -> int:
    """Tags, and attributes; equals signs within texts count as well."""
    return body.count(b"<") + body.count(b"=")
