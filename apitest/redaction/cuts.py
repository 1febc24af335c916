"""PURE: what is left of secrets where a text was cut off, however they are spelled there."""

from collections.abc import Collection, Iterator

from apitest.redaction import spellings
from apitest.redaction.spellings import SHORTEST

_CUTS = ("…", "\\u2026", "...")  # stand where values are cut off, in JSON, too
_LEAST_OF_BASE64, _LEAST_OF_HEXADECIMAL = 6, 8  # characters that are hidden

Span = tuple[int, int]


def left_over(text: str, secrets: Collection[str]) -> Iterator[Span]:
    """Where a text has the beginning of a secret ahead of a cut, or the end of one behind it.

    Args:
        text: any text.
        secrets: of four characters at least.
    """
    if not any(cut in text for cut in _CUTS):
        return
    cuts = list(_cuts(text))
    for spell, least in _SPELLED:
        sides = [(at, text[max(at - least, 0) : at], end, text[end : end + least]) for at, end in cuts]
        for spelled in (each for secret in secrets for each in spell(secret)):
            for at, ahead, end, behind in sides:
                if ahead in spelled:
                    yield from _beginning(text, spelled, at, least)
                if behind in spelled:
                    yield from _end(text, spelled, end, least)


_SPELLED = (
    (spellings.plain, SHORTEST),
    (spellings.in_base64, _LEAST_OF_BASE64),
    (spellings.cut_hexadecimal, _LEAST_OF_HEXADECIMAL),
)


def _cuts(text: str) -> Iterator[Span]:
    """Where what is ahead of a cut ends, and where what is behind it starts."""
    for cut in _CUTS:
        start = text.find(cut)
        while start >= 0:
            yield len(text[:start].rstrip(" ")), start + len(cut)
            start = text.find(cut, start + 1)


def _beginning(text: str, secret: str, at: int, least: int) -> Iterator[Span]:
    for length in range(min(at, len(secret) - 1), least - 1, -1):
        if text.endswith(secret[:length], 0, at):
            yield at - length, at
            return


def _end(text: str, secret: str, at: int, least: int) -> Iterator[Span]:
    for length in range(min(len(text) - at, len(secret) - 1), least - 1, -1):
        if text.startswith(secret[-length:], at):
            yield at, at + length
            return
