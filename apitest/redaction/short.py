"""PURE: where a secret of one to three characters is hidden: as a whole value, since it is a part of any text.

A value is whole between quotes, as a line or what follows a name and a colon on one, as a field of a URL or a form, a
part of a path, what an element holds, a cell of a table, and as a value of JSON. One that no word or number looks like,
such as "x9" or "Ab1", is hidden as a word of a sentence as well.
"""

import base64
from collections.abc import Iterator
from functools import lru_cache

_CONTEXT = 40  # characters around it that are looked at
_QUOTES = ("'", '"', "`")


@lru_cache(maxsize=256)
def parts(secret: str) -> frozenset[str]:
    """A short secret as it is, and in Base64; a text without any of them does not hold it."""
    encoded = base64.b64encode(secret.encode("utf-8", "surrogatepass")).decode("ascii")
    return frozenset((secret, encoded, encoded.rstrip("=")))


def places(text: str, secret: str) -> Iterator[tuple[int, int]]:
    """Where a text has a short secret as a whole value, as it is or in Base64: start and end."""
    is_a_word = _is_unlike_words(secret)
    for part in parts(secret):
        start = text.find(part)
        while start >= 0:
            end = start + len(part)
            before, behind = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
            if _is_whole(before, behind) or (is_a_word and part == secret and _is_word(before, behind)):
                yield start, end
            start = text.find(part, start + 1)


def _is_whole(before: str, behind: str) -> bool:
    """Whether what stands between two texts is a whole value."""
    last, first = before[-1:], behind[:1]
    left, right = before.rstrip(" \t"), behind.lstrip(" \t\r")
    ends_line = right[:1] in ("", "\n")
    return (
        (last in _QUOTES and first == last)
        or (left[-1:] in ("", "\n") and ends_line)
        or (left.endswith(":") and left != before and (ends_line or first in _QUOTES))  # of a header, of YAML
        or (last in ("?", "&", "=", ";") and (first in ("", "&", ";", "#", *_QUOTES) or first.isspace()))
        or (last == ":" and first == "@")
        or (last == "/" and (first in ("/", "?", "#") or ends_line))
        or (last == ">" and behind.startswith("</"))
        or (left[-1:] == "|" and right[:1] == "|")
        or (left.endswith('":') and (ends_line or right[:1] in (",", "}")))
        or (left[-1:] in ("[", ",") and right[:1] in (",", "]"))
    )


def _is_word(before: str, behind: str) -> bool:
    return not any(char.isalnum() or char == "_" for char in (before[-1:], behind[:1]))


def _is_unlike_words(secret: str) -> bool:
    """Whether a secret has two kinds of characters at least, of small letters, capitals, digits and signs."""
    return len({char.islower() + 2 * char.isupper() + 4 * char.isdigit() for char in secret}) > 1
