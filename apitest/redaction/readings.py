"""PURE: a text as it reads once its escapes are resolved and its lines joined, and where in it everything stands.

However a program that is written in any language escapes a secret, there is a reading of its output in which the
secret stands as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

_ROUNDS = 3  # JSON in JSON in a URL
_SIGNS = re.compile(r"[\\%&]")
_ESCAPE = re.compile(
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<utf16>(?:\\u[0-9A-Fa-f]{4})+)"
    r"|(?P<bytes>(?:\\(?:x[0-9A-Fa-f]{2}|[0-3][0-7]{2}))+)"
    r"|\\(?:u\{(?P<braces>[0-9A-Fa-f]{1,6})\}|U(?P<long>[0-9A-Fa-f]{8}))"
    r"|\\(?P<sign>[^0-9A-Za-z\s]|[abefnrtv])"
    r"|&(?:\#(?P<decimal>[0-9]{1,7})|\#[xX](?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>[A-Za-z]{2,31}));"
)
_LETTERS = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_QUOTED_PRINTABLE = re.compile(r"(?:=[0-9A-Fa-f]{2})+")
# What stands between the lines of a text that was broken, quoted, indented, shown as a difference or put together.
_LINE_END = re.compile(r"[\"'\\+&. \t]*\r?\n[\"'>|+\- \t]*")


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
    """The text itself, then what it reads with its escapes resolved, once and again, and each with its lines joined."""
    last: Reading | None = Reading(text)
    rounds = 0
    while last is not None:
        yield last
        yield from _changed(last, "\n", _LINE_END, _nothing)
        following = _changed(last, "", _ESCAPE, _resolved) if rounds < _ROUNDS and _SIGNS.search(last.text) else ()
        last, rounds = next(iter(following), None), rounds + 1
    yield from _changed(Reading(text), "=", _QUOTED_PRINTABLE, _quoted_printable)


def _changed(reading: Reading, needed: str, pattern: re.Pattern[str], change: Change) -> Iterator[Reading]:
    """The reading with each match changed, unless nothing changes."""
    if needed in reading.text and (text := pattern.sub(change, reading.text)) != reading.text:
        yield Reading(text, reading, pattern, change)


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
    return _decoded(bytes.fromhex(escape[0].replace("=", "")))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
