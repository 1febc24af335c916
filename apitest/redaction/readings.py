"""PURE: a text as it reads once its escapes are resolved and its lines joined, and where in it everything stands.

However a program that is written in any language escapes a secret, there is a reading of its output in which the
secret stands as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from apitest.expressions import expression

_ROUNDS = 3  # JSON in JSON in a URL
_SIGNS = expression(r"[\\%&]")
_BY_SIGN = {
    "%": r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)",
    "\\": r"(?P<utf16>(?:\\u[0-9A-Fa-f]{4})+)"
    r"|(?P<bytes>(?:\\(?:x[0-9A-Fa-f]{2}|[0-3][0-7]{2}))+)"
    r"|\\(?:u\{(?P<braces>[0-9A-Fa-f]{1,6})\}|U(?P<long>[0-9A-Fa-f]{8}))"
    r"|\\(?P<sign>[^0-9A-Za-z\s]|[abefnrtv])",
    "&": r"&(?:\#(?P<decimal>[0-9]{1,7})|\#[xX](?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>[A-Za-z]{2,31}));",
}
_ESCAPE = expression("|".join(_BY_SIGN.values()))
_OF_ONE_KIND = {sign: expression(pattern) for sign, pattern in _BY_SIGN.items()}
_LETTERS = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_QUOTED_PRINTABLE = expression(r"(?:=(?:[0-9A-Fa-f]{2}|\r?\n))+")
_WHITE_SPACE = expression(r"(?:\s|(?:\\r)?\\n)+")  # and line ends as JSON writes them
# What stands between the lines of a text that was broken, quoted, indented, shown as a difference or put together.
_LINE_END = expression(r"[\"'\\+&. \t]*\r?\n[\"'>|+\- \t]*")


Span = tuple[int, int]
Change = Callable[[re.Match[str]], str]


class Reading(NamedTuple):
    """A text as it reads.

    Attributes:
        text: what it reads.
        of: the reading that it was made of; None for the original.
        pattern, change: what was replaced in that, and by what.
    """

    text: str
    of: "Reading | None" = None
    pattern: re.Pattern[str] = _ESCAPE
    change: Change = str

    @property
    def is_laid_out(self) -> bool:
        """Whether the lines of the original are still those of it."""
        return self.of is None or (self.pattern not in (_LINE_END, _WHITE_SPACE) and self.of.is_laid_out)

    def spans(self, found: Iterable[Span]) -> Iterator[Span]:
        """Where in the original places of this reading stand."""
        places = list(found)
        if places:
            starts, ends = self._places()
            yield from ((starts[start], ends[end - 1]) for start, end in places)

    def _places(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where in the original each character starts and ends."""
        if self.of is None:
            return range(len(self.text)), range(1, len(self.text) + 1)
        of_starts, of_ends = self.of._places()
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in self.pattern.finditer(self.of.text):
            at, end = match.span()
            length = len(self.change(match))
            starts += [*of_starts[done:at], *[of_starts[at]] * length]
            ends += [*of_ends[done:at], *[of_ends[end - 1]] * length]
            done = end
        return [*starts, *of_starts[done:]], [*ends, *of_ends[done:]]


def readings(text: str) -> Iterator[Reading]:
    """The text itself, then what it reads with its escapes resolved, once and again, and each with its lines joined.

    Where lines may have been broken anywhere, within an escape, too, all white space is taken out before that is done.
    Where a text has escapes of several kinds, what looks like one of another kind may be a part of the secret.
    """
    whole = Reading(text)
    for reading in _resolving(whole):
        yield reading
        if "\n" in reading.text:
            yield from _changed(reading, _LINE_END, _nothing)
            if reading is not whole:
                yield from _changed(reading, _WHITE_SPACE, _nothing)
    dense = _dense(whole)
    for joined in dense:
        yield from _resolving(joined)
    signs = [sign for sign in _OF_ONE_KIND if sign in text]
    for sign in signs if len(signs) > 1 else ():
        for each in (whole, *dense):
            yield from _changed(each, _OF_ONE_KIND[sign], _resolved)
    if "=" in text:
        for each in (whole, *dense):
            yield from _changed(each, _QUOTED_PRINTABLE, _quoted_printable)


def _dense(reading: Reading) -> list[Reading]:
    """The reading without white space; nothing where it has one line only."""
    text = reading.text
    if "\\n" in text:
        return _changed(reading, _WHITE_SPACE, _nothing)
    # What the pattern comes to, at a tenth of its cost.
    return [Reading("".join(text.split()), reading, _WHITE_SPACE, _nothing)] if "\n" in text else []


def _resolving(reading: Reading) -> Iterator[Reading]:
    """A reading, then itself with its escapes resolved, and so on."""
    yield reading
    for _ in range(_ROUNDS):
        following = _changed(reading, _ESCAPE, _resolved) if _SIGNS.search(reading.text) else []
        if not following:
            return
        (reading,) = following
        yield reading


def _changed(reading: Reading, pattern: re.Pattern[str], change: Change) -> list[Reading]:
    """The reading with each match changed; nothing where none changes."""
    text = pattern.sub(change, reading.text)
    return [Reading(text, reading, pattern, change)] if text != reading.text else []


def _nothing(match: re.Match[str]) -> str:
    return ""


def _resolved(escape: re.Match[str]) -> str:
    kind, value = escape.lastgroup or "", escape[escape.lastgroup or 0]
    if kind == "percent":
        return _decoded(bytes.fromhex(value.replace("%", "")))
    if kind == "bytes":
        codes = value.split("\\")[1:]
        return _decoded(bytes(int(each[1:], 16) if each[0] == "x" else int(each, 8) for each in codes))
    if kind == "utf16":
        return bytes.fromhex(value.replace("\\u", "")).decode("utf-16-be", "replace")
    if kind == "sign":
        return _LETTERS.get(value, value)
    if kind == "name":
        from html.entities import html5  # here, since few texts hold any

        return html5.get(f"{value};", escape[0])
    code = int(value, 10 if kind == "decimal" else 16)
    return chr(code) if code <= 0x10FFFF else escape[0]


def _quoted_printable(escape: re.Match[str]) -> str:
    return _decoded(bytes.fromhex("".join(escape[0].replace("=", "").split())))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
