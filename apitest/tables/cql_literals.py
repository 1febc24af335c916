"""Collections as sentences write them, in CQL's or Python's notation, cut into their parts; no part is typed yet.

``[1, 2]``, ``{'a', 'b'}``, ``{'a': 1}``, ``(1, 'x')`` and ``{street: 'High Street', zip: 12}`` nest freely. A text in
single or double quotes is that text, with the quote doubled inside; any other text runs up to the next comma or
closing bracket (as a key, up to the colon).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.lists import ListItem
from apitest.language.literals import quoted

_QUOTED = expression(r"""\s*(?:'((?:[^']|'')*)'|"((?:[^"]|"")*)")\s*""")
_BARE = expression(r"[^,\[\]{}()]*")
_BARE_KEY = expression(r"[^,:\[\]{}()]*")
_CLOSING = {"[": "]", "(": ")", "{": "}"}


@dataclass(frozen=True, slots=True)
class Items:
    """What stands in brackets: a list, a tuple, a set or a vector.

    Attributes:
        bracket: the opening one.
        items: the parts, in their order.
    """

    bracket: str
    items: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What stands in braces with colons in it: a map, or the fields of a user-defined type."""

    pairs: tuple[tuple["Part", "Part"], ...]


Part = ListItem | Items | Pairs


def part_of(value: object) -> Part:
    """The parts of a stored value: of a list, tuple or set its items, of a dictionary its pairs; else the value."""
    if isinstance(value, Mapping):
        return Pairs(tuple((part_of(key), part_of(each)) for key, each in value.items()))
    if isinstance(value, list | tuple | set | frozenset):
        return Items("[", tuple(map(part_of, value)))
    return ListItem(value, True)


def parse(text: str) -> Part:
    """The parts of a text that is a collection, or the text itself as one part.

    Raises:
        BadValue: brackets are not closed, or something follows them.
    """
    part, end = _part(text, 0, text, key=False) if text.lstrip()[:1] in _CLOSING else (ListItem(text), len(text))
    if text[end:].strip():
        raise _bad(text, end)
    return part


def _part(text: str, at: int, whole: str, *, key: bool) -> tuple[Part, int]:
    """The part that begins at an offset, and the offset after it and the spaces behind it."""
    at += len(text[at:]) - len(text[at:].lstrip())
    if text[at : at + 1] in _CLOSING:
        return _bracketed(text, at)
    if match := _QUOTED.match(text, at):
        return _unquoted(match), match.end()
    bare = (_BARE_KEY if key else _BARE).match(text, at)
    if bare is None or not bare[0].strip():
        raise _bad(whole, at)
    return ListItem(bare[0].strip()), bare.end()


def _unquoted(match: re.Match[str]) -> ListItem:
    single, double = match.groups()
    return ListItem(double.replace('""', '"') if single is None else single.replace("''", "'"), True)


def _bracketed(text: str, at: int) -> tuple[Part, int]:
    bracket, at = text[at], at + 1
    items: list[Part] = []
    values: list[Part] = []
    while (ahead := text[at:].lstrip()[:1]) != _CLOSING[bracket]:
        item, at = _part(text, at, text, key=bracket == "{")
        items.append(item)
        if bracket == "{" and text[at : at + 1] == ":":
            value, at = _part(text, at + 1, text, key=False)
            values.append(value)
        ahead = text[at : at + 1]
        if ahead not in {",", _CLOSING[bracket]} or (values and len(values) != len(items)):
            raise _bad(text, at)
        at += ahead == ","
    at = text.index(ahead, at) + 1
    at += len(text[at:]) - len(text[at:].lstrip())
    return (Pairs(tuple(zip(items, values, strict=True))) if values else Items(bracket, tuple(items))), at


def _bad(text: str, at: int) -> BadValue:
    return BadValue(
        f"{quoted(text)} is not a list, set, map or tuple",
        f"character {at + 1} of it",
        "Write [1, 2], {'a', 'b'}, {'a': 1} or (1, 'a'), with texts that hold commas or brackets in quotes.",
    )
