"""PURE: takes given secrets out of a text, however they are escaped there, and cut off or not."""

import json
from collections.abc import Collection, Iterator
from functools import lru_cache
from urllib.parse import quote, quote_plus

MASK = "***"

_SHORTEST_SECRET = 4  # a shorter one would hide half of every text
_CUTS = ("…", "\\u2026")  # stand where values are cut off, in JSON, too
_PIECE = 24  # characters of a long secret that are hidden where they stand alone


def redact_text(text: str, secrets: Collection[str]) -> str:
    """A text without the secrets given, be they plain or escaped for a URL, JSON or XML, and cut off or not.

    Args:
        text: any text.
        secrets: the values to hide; those of less than four characters are left alone.
    """
    spans = sorted(
        span
        for secret in secrets
        if len(secret) >= _SHORTEST_SECRET
        for spelling in _spellings(secret)
        for span in _places(text, spelling)
    )
    if not spans:
        return text
    pieces, done = [], 0
    for start, end in spans:
        if start >= done:
            pieces += [text[done:start], MASK]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


@lru_cache(maxsize=1024)
def _spellings(secret: str) -> set[str]:
    """A secret as it stands in texts, in URLs and forms, in JSON and in XML."""
    from html import escape  # here, since only runs with secrets need it

    in_json = (json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False))
    in_xml = (escape(secret, quote=quotes) for quotes in (True, False))
    in_url = (quote(secret, safe="", errors="replace"), quote_plus(secret, errors="replace"))
    return {secret, *in_url, *in_json, *in_xml}


def _places(text: str, secret: str) -> Iterator[tuple[int, int]]:
    """Where a secret stands in a text: the whole of it, what was left where it was cut off, or a good part of it."""
    yield from _occurrences(text, secret)
    for at, end in (found for cut in _CUTS for found in _occurrences(text, cut)):
        for length in range(min(at, len(secret) - 1), _SHORTEST_SECRET - 1, -1):
            if text.endswith(secret[:length], 0, at):
                yield at - length, at
                break
        for length in range(min(len(text) - end, len(secret) - 1), _SHORTEST_SECRET - 1, -1):
            if text.startswith(secret[-length:], end):
                yield end, end + length
                break
    for piece in range(0, len(secret) - _PIECE, _PIECE):
        for start, end in _occurrences(text, secret[piece : piece + _PIECE]):
            before = _alike(text[:start][::-1], secret[:piece][::-1])
            yield start - before, end + _alike(text[end:], secret[piece + _PIECE :])


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    same = 0
    while one[same : same + 1] == other[same : same + 1] != "":
        same += 1
    return same


def _occurrences(text: str, part: str) -> Iterator[tuple[int, int]]:
    """Start and end of each place of a text where a part stands, also where the places overlap."""
    start = text.find(part)
    while start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + 1)
