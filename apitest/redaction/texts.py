"""PURE: takes given secrets out of a text, however they are escaped, encoded or broken there, and cut off or not."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from apitest.expressions import expression
from apitest.redaction import cuts, short, spellings
from apitest.redaction.readings import Reading, Span, readings
from apitest.redaction.spellings import PIECE, SHORTEST

MASK = "***"

_BESIDE_BASE64 = expression(r"[A-Za-z0-9+/_-]?=*")


def redact_text(text: str, secrets: Collection[str]) -> str:
    """A text without the secrets given, in whatever spelling, and cut off or not.

    Args:
        text: any text.
        secrets: the values to hide; those of less than four characters are hidden where they are a whole value.
    """
    if not secrets or not text:
        return text
    known, shorts = _by_length(frozenset(secrets))
    spans = sorted(span for reading in readings(text) for span in reading.spans(_places(reading, known, shorts)))
    if not spans:
        return text
    pieces, done = [], 0
    for start, end in spans:
        if start >= done:
            pieces += [text[done:start], MASK]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


@lru_cache(maxsize=16)
def _by_length(secrets: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The secrets that are hidden wherever they stand, and those that are hidden as whole values only."""
    known = frozenset(secret for secret in secrets if len(secret) >= SHORTEST)
    return known, frozenset(secret for secret in secrets - known if secret.strip())


def _places(reading: Reading, secrets: frozenset[str], shorts: frozenset[str]) -> Iterator[Span]:
    """Where a reading has any of the secrets, whole or cut off."""
    text = reading.text
    yield from cuts.left_over(text, secrets)
    if secrets:
        from apitest.redaction.index import INDEX  # here, since many runs have none

        for secret in INDEX.candidates(text, secrets):
            yield from _spelled(text, secret)
    for secret in shorts if reading.is_laid_out else ():
        yield from short.places(text, secret)


def _spelled(text: str, secret: str) -> Iterator[Span]:
    for spelling in spellings.plain(secret):
        yield from _occurrences(text, spelling)
        yield from _pieces(text, spelling)
    for core in spellings.in_base64(secret):
        for start, end in _occurrences(text, core):
            after = _BESIDE_BASE64.match(text, end)
            yield start - (start > 0 and text[start - 1].isalnum()), after.end() if after else end
    yield from (match.span() for match in spellings.in_hexadecimal(secret).finditer(text))


def _pieces(text: str, secret: str) -> Iterator[Span]:
    """Where a good part of a long secret stands."""
    for piece in range(0, len(secret) - PIECE, PIECE):
        for start, end in _occurrences(text, secret[piece : piece + PIECE]):
            before = _alike(text[:start][::-1], secret[:piece][::-1])
            yield start - before, end + _alike(text[end:], secret[piece + PIECE :])


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
