"""The functions of EXSLT for regular expressions in XPaths, ``re:test`` and the others; their searches end in time."""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from apitest.documents import patterns

_NAMESPACE = "http://exslt.org/regular-expressions"


def _test(context: object, text: Any, pattern: Any, flags: Any = "") -> bool:
    return _searched("search", text, pattern, flags) is not None


def _match(context: object, text: Any, pattern: Any, flags: Any = "") -> list[etree._Element]:
    """An element for what was found and one for each group of it; with the flag g, one for each place."""
    if "g" in _string(flags):
        found = ["".join(each) for each in _searched("findall", text, pattern, flags)]
    else:
        first = _searched("search", text, pattern, flags)
        found = [first.group(), *first.groups("")] if first else []
    matches = etree.Element("matches")
    for each in found:
        etree.SubElement(matches, "match").text = each
    return list(matches)


def _replace(context: object, text: Any, pattern: Any, flags: Any, replacement: Any) -> str:
    compiled, by = _compiled(pattern, flags), _string(replacement)
    import regex  # here, since few documents need it

    count = 0 if "g" in _string(flags) else 1
    try:
        replaced: str = patterns.in_time(
            lambda seconds: compiled.sub(by, _string(text), count=count, timeout=seconds), _string(pattern)
        )
    except (regex.error, IndexError) as error:
        raise ValueError(f"bad replacement: {error}") from None
    return replaced


FUNCTIONS: dict[tuple[str, str], Callable[..., Any]] = {
    (_NAMESPACE, "test"): _test,
    (_NAMESPACE, "match"): _match,
    (_NAMESPACE, "replace"): _replace,
}


def _searched(method: str, text: Any, pattern: Any, flags: Any) -> Any:
    search = getattr(_compiled(pattern, flags), method)
    return patterns.in_time(lambda seconds: search(_string(text), timeout=seconds), _string(pattern))


def _compiled(pattern: Any, flags: Any) -> Any:
    return patterns.compiled(_string(pattern), re.IGNORECASE if "i" in _string(flags) else 0)


def _string(value: Any) -> str:
    """What the function string of XPath makes of an argument: of a set of nodes, the text of the first."""
    first = value[0] if isinstance(value, list) and value else "" if isinstance(value, list) else value
    if isinstance(first, etree._Element):
        return "".join(map(str, first.itertext()))
    return str(first)
