r"""How a step's text is cut into its sentence and the values that stand in quotes.

A value ends at the next quote. A quote inside a value is written ``\"``, or stands within brackets, as those of JSON
do: ``is JSON "{"a": "b"}"``, ``XPath "//item[@id="5"]"``, ``request is "<a b="c"/>"``. An element of a list may stand
in quotes, as in CSV: ``is a list "1,2,"3,4""``; so may a string of JSON: ``contains ""a""``.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from apitest.expressions import expression

_QUOTED = expression(r'"([^"]*)"')
# Few texts need these, so they are compiled when one does.
_ESCAPED = r'(?s)"((?:[^"\\]|\\.)*)"'
_STRING = r'(?s)"(?:[^"\\]|\\.)*"'
_JSON_STRING = r'(?i)(?:(?<=\bjson )|(?<=\bcontains )|(?<=\bcontain )|(?<=\bequal to ))""([^"]*)""'
_LIST = r"(?i)\b(a list|one of|any of) $"
_CSV = r'"(?:"[^"]*"(?=[,"])|[^"]|(?<=,)"[^"]*"(?=[,"]))*"'
_NOTABLE = r'\\"|"|[{}()\[\]]|<(?=[A-Za-z!?/])|>'
_BRACKETS = {"[": "]", "{": "}", "(": ")", "<": ">"}
_compiled = cache(re.compile)


class Reading(NamedTuple):
    """One way to read a step's text.

    Attributes:
        skeleton: the text with ``""`` for each value, in small letters, contractions written out.
        values: what stood in the quotes, in their order.
    """

    skeleton: str
    values: tuple[str, ...]


def readings(text: str) -> Iterator[Reading]:
    """The ways to read a text, the likeliest first."""
    if '\\"' in text:
        yield Reading(
            folded(_compiled(_ESCAPED).sub('""', text)), tuple(map(_unescaped, _compiled(_ESCAPED).findall(text)))
        )
    yield plain(text)
    found = _nested(text)
    if found is not None:
        yield found


def plain(text: str) -> Reading:
    """The reading in which each quote opens or closes a value."""
    return Reading(folded(_QUOTED.sub('""', text)), tuple(_QUOTED.findall(text)))


def folded(skeleton: str) -> str:
    """A sentence as sentences are compared: in small letters, ``isn't`` and ``doesn't`` written out."""
    return skeleton.casefold().replace("isn't", "is not").replace("doesn't", "does not")


def escaped(value: str) -> str:
    """A value as it is written between quotes: as it is, where it is read back so, else with its quotes escaped."""
    return value if '"' not in value or _whole(value) else value.replace('"', '\\"')


def _whole(value: str) -> bool:
    """Whether all quotes of a value are within brackets."""
    return _end(value + '"', 0) == len(value)


def _unescaped(value: str) -> str:
    return value.replace('\\"', '"')


def _nested(text: str) -> Reading | None:
    """The reading in which quotes within brackets belong to the value; None where brackets or quotes stay open."""
    outside: list[str] = []
    values: list[str] = []
    at = 0
    while (opening := text.find('"', at)) >= 0:
        end = _closing(text, opening)
        if end is None:
            return None
        outside.append(text[at:opening])
        values.append(text[opening + 1 : end])
        at = end + 1
    return Reading(folded('""'.join([*outside, text[at:]])), tuple(values))


def _closing(text: str, opening: int) -> int | None:
    """Where the quote is that closes the value which a quote opens."""
    found = _compiled(_JSON_STRING).match(text, opening)
    if _compiled(_LIST).search(text, 0, opening):
        found = _compiled(_CSV).match(text, opening)
    return found.end() - 1 if found else _end(text, opening + 1)


def _end(text: str, at: int) -> int | None:
    """Where the quote is that closes a value which starts at ``at``."""
    awaited: list[str] = []
    while found := _compiled(_NOTABLE).search(text, at):
        sign, at = found[0], found.end()
        if sign == '"' and not awaited:
            return found.start()
        if sign == '"':
            string = _compiled(_STRING).match(text, found.start())
            # Documents and expressions have a sign or a blank next to a quote: in "(a" or "b)" it ends a value.
            if string is None or text[found.start() - 1].isalnum() or text[string.end() : string.end() + 1].isalnum():
                return None
            at = string.end()
        elif sign in _BRACKETS:
            awaited.append(_BRACKETS[sign])
        elif awaited and sign == awaited[-1]:
            awaited.pop()
    return None
