"""PURE: takes given secrets out of a text, however they are escaped, encoded or broken there, and cut off or not."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from apitest.redaction import spellings
from apitest.redaction.readings import Span, readings
from apitest.redaction.spellings import SHORTEST

MASK = "***"

_CUTS = ("…", "\\u2026")  # stand where values are cut off, in JSON, too
_PIECE = 24  # characters of a long secret that are hidden where they stand alone

_HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2}(?:[\s:,-]{1,3}(?:0x)?)?){4}")
_BESIDE_BASE64 = re.compile(r"[A-Za-z0-9+/_-]?=*")


def redact_text(text: str, secrets: Collection[str]) -> str:
    """A text without the secrets given, in whatever spelling, and cut off or not.

    Args:
        text: any text.
        secrets: the values to hide; those of less than four characters are hidden where they stand in quotes.
    """
    if not secrets or not text:
        return text
    known = frozenset(secrets)
    spans = sorted(
        span
        for reading in readings(text)
        if _may_hold(reading.text, known)
        for secret in known
        for span in reading.spans(_places(reading.text, secret))
    )
    if not spans:
        return text
    pieces, done = [], 0
    for start, end in spans:
        if start >= done:
            pieces += [text[done:start], MASK]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def _may_hold(text: str, secrets: frozenset[str]) -> bool:
    """Whether one of the secrets may stand in a text; most texts hold none, and this is quick to see."""
    if any(cut in text for cut in _CUTS) or any(part in text for part in _literals(secrets)):
        return True
    return _HEXADECIMAL.search(text) is not None and any(
        spellings.in_hexadecimal(secret).search(text) for secret in secrets if len(secret) >= SHORTEST
    )


# No regular expression: a run learns secrets all the time, and to compile one of all of them takes longer each time.
@lru_cache(maxsize=16)
def _literals(secrets: frozenset[str]) -> tuple[str, ...]:
    """What stands in a text that holds any of the secrets, but for those in hexadecimal."""
    return tuple({part for secret in secrets for part in _parts(secret)})


@lru_cache(maxsize=4096)
def _parts(secret: str) -> frozenset[str]:
    """The spellings of a secret; of a long one its pieces, of which each stands where the whole does."""
    found: set[str] = set()
    for spelling in (*spellings.plain(secret), *spellings.in_base64(secret)):
        starts = range(0, len(spelling) - _PIECE, _PIECE)
        found.update((spelling[at : at + _PIECE] for at in starts) if starts else (spelling,))
    return frozenset(found)


def _places(text: str, secret: str) -> Iterator[Span]:
    if len(secret) < SHORTEST:
        for quoted in spellings.plain(secret):
            yield from ((start + 1, end - 1) for start, end in _occurrences(text, quoted))
        return
    for spelling in spellings.plain(secret):
        yield from _occurrences(text, spelling)
        yield from _cut_off(text, spelling)
        yield from _pieces(text, spelling)
    for core in spellings.in_base64(secret):
        for start, end in _occurrences(text, core):
            after = _BESIDE_BASE64.match(text, end)
            yield start - (start > 0 and text[start - 1].isalnum()), after.end() if after else end
    yield from (match.span() for match in spellings.in_hexadecimal(secret).finditer(text))


def _cut_off(text: str, secret: str) -> Iterator[Span]:
    """What was left of a secret where a text was cut off."""
    for at, end in (found for cut in _CUTS for found in _occurrences(text, cut)):
        for length in range(min(at, len(secret) - 1), SHORTEST - 1, -1):
            if text.endswith(secret[:length], 0, at):
                yield at - length, at
                break
        for length in range(min(len(text) - end, len(secret) - 1), SHORTEST - 1, -1):
            if text.startswith(secret[-length:], end):
                yield end, end + length
                break


def _pieces(text: str, secret: str) -> Iterator[Span]:
    """Where a good part of a long secret stands."""
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


def _occurrences(text: str, part: str) -> Iterator[Span]:
    """Start and end of each place of a text where a part stands, also where the places overlap."""
    start = text.find(part)
    while start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + 1)
