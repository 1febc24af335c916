"""The functions of EXSLT for regular expressions in XPaths, ``re:test`` and the others; their searches end in time."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from apitest.documents import patterns

if TYPE_CHECKING:
    import regex

_NAMESPACE = "http://exslt.org/regular-expressions"


def _test(context: object, text: object, pattern: object, flags: object = "") -> bool:
    return _first(text, pattern, flags) is not None


def _match(context: object, text: object, pattern: object, flags: object = "") -> list[etree._Element]:
    """An element for what was found and one for each group of it; with the flag g, one for each place."""
    if "g" in _string(flags):
        find = _compiled(pattern, flags).findall
        places = patterns.in_time(lambda seconds: find(_string(text), timeout=seconds), _string(pattern))
        found = ["".join(each) for each in places]
    else:
        first = _first(text, pattern, flags)
        found = [first.group(), *first.groups("")] if first else []
    matches = etree.Element("matches")
    for each in found:
        etree.SubElement(matches, "match").text = each
    return list(matches)


def _replace(context: object, text: object, pattern: object, flags: object, replacement: object) -> str:
    compiled, by = _compiled(pattern, flags), _string(replacement)
    import regex  # here, since few documents need it

    count = 0 if "g" in _string(flags) else 1
    try:
        return patterns.in_time(
            lambda seconds: compiled.sub(by, _string(text), count=count, timeout=seconds), _string(pattern)
        )
    except (regex.error, IndexError) as error:
        raise ValueError(f"bad replacement: {error}") from None


FUNCTIONS: dict[tuple[str, str], Callable[..., object]] = {
    (_NAMESPACE, "test"): _test,
    (_NAMESPACE, "match"): _match,
    (_NAMESPACE, "replace"): _replace,
}


def _first(text: object, pattern: object, flags: object) -> "regex.Match[str] | None":
    search = _compiled(pattern, flags).search
    return patterns.in_time(lambda seconds: search(_string(text), timeout=seconds), _string(pattern))


def _compiled(pattern: object, flags: object) -> "regex.Pattern[str]":
    return patterns.compiled(_string(pattern), re.IGNORECASE if "i" in _string(flags) else 0)


def _string(value: object) -> str:
    """What the function string of XPath makes of an argument: of a set of nodes, the text of the first."""
    first = value[0] if isinstance(value, list) and value else "" if isinstance(value, list) else value
    if isinstance(first, etree._Element):
        return "".join(map(str, first.itertext()))
    return str(first)
