"""Partial documents: what has to be in a document, whatever else is, with markers for what may vary.

A marker is a text in square brackets, such as ``[any integer]``. A text that starts with two opening brackets is
not a marker but the text with one of them.
"""

import re
from collections.abc import Callable

from apitest.checks.mismatch import NOTHING
from apitest.checks.scalars import is_any, is_uuid
from apitest.checks.text import matches as matches_pattern
from apitest.documents.diff import equal
from apitest.documents.display import article, kind, show
from apitest.documents.patterns import compiled
from apitest.errors import BadValue, CheckFailed
from apitest.expressions import expression
from apitest.language.dates import iso
from apitest.language.suggestions import did_you_mean, near_misses

_MARKER = expression(r"\[(?!\[)(.*)\]", re.DOTALL)
_CONTAINS = "[contains]"
_IGNORED = "ignored"
_ANY = ("integer", "float", "number", "string", "bool", "list", "dict", "UUID4")
_TOLD = 10  # differences that a failure tells of


def matches(actual: object, expected: object, where: str) -> None:
    """The document has what is expected in it.

    Args:
        actual: the document.
        expected: dicts with the members that count, lists with all elements or with ``[contains]`` first, markers,
            and values that have to be equal.
        where: the place that a failure names.

    Raises:
        CheckFailed: it has not; tells the path of each difference.
        BadValue: a marker is unknown.
    """
    _refuse_unknown(expected)
    found = _differences(actual, expected, "")
    if found:
        lines = tuple(line for difference in found[:_TOLD] for line in difference)
        more = (f"  … {len(found) - _TOLD} more",) if len(found) > _TOLD else ()
        places = "place" if len(found) == 1 else "places"
        raise CheckFailed(f"The document differs in {len(found)} {places}", where, diff=(*lines, *more))


_Difference = tuple[str, ...]


def _refuse_unknown(expected: object, path: str = "") -> None:
    """Refuses a marker that is unknown, whatever came."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            _refuse_unknown(value, f"{path}/{_escaped(name)}")
    elif isinstance(expected, list):
        for number, item in enumerate(expected):
            if number or item != _CONTAINS:
                _refuse_unknown(item, f"{path}/{number}")
    elif isinstance(expected, str) and (marker := _MARKER.fullmatch(expected)) and marker[1].strip() != _IGNORED:
        _check(marker[1].strip(), path)


def _differences(actual: object, expected: object, path: str) -> list[_Difference]:
    if isinstance(expected, dict):
        return _in_dict(actual, expected, path)
    if isinstance(expected, list):
        return _in_list(actual, expected, path)
    if isinstance(expected, str):
        return _in_text(actual, expected, path)
    return [] if actual is not NOTHING and equal(actual, expected) else [_told(path, show(expected), actual)]


def _in_dict(actual: object, expected: dict[str, object], path: str) -> list[_Difference]:
    if not isinstance(actual, dict):
        return [_told(path, "a dict", actual)]
    return [
        difference
        for name, value in expected.items()
        for difference in _differences(actual.get(name, NOTHING), value, f"{path}/{_escaped(name)}")
    ]


def _in_list(actual: object, expected: list[object], path: str) -> list[_Difference]:
    if not isinstance(actual, list):
        return [_told(path, "a list", actual)]
    if expected[:1] == [_CONTAINS]:
        return _without_match(actual, expected[1:], path)
    if len(actual) != len(expected):
        return [_told(path, f"{len(expected)} elements", actual, f"{len(actual)} elements: ")]
    return [
        difference
        for number, (one, other) in enumerate(zip(actual, expected, strict=True))
        for difference in _differences(one, other, f"{path}/{number}")
    ]


def _without_match(actual: list[object], wanted: list[object], path: str) -> list[_Difference]:
    """What is expected in a list and not there; each element stands for one expected one only."""
    taken: dict[int, int] = {}  # element of the list -> the expected one that it stands for

    def find(place: int, tried: set[int]) -> bool:
        for number, item in enumerate(actual):
            if number in tried or _differences(item, wanted[place], path):
                continue
            tried.add(number)
            if number not in taken or find(taken[number], tried):
                taken[number] = place
                return True
        return False

    missing = [each for place, each in enumerate(wanted) if not find(place, set())]
    return [_told(path, f"an element like {show(each)}", actual) for each in missing]


def _in_text(actual: object, expected: str, path: str) -> list[_Difference]:
    marker = _MARKER.fullmatch(expected)
    if marker is None:
        text = expected[1:] if expected.startswith("[[") else expected
        return [] if actual == text and isinstance(actual, str) else [_told(path, show(text), actual)]
    words = marker[1].strip()
    if words == _IGNORED:
        return []
    check = _check(words, path)
    if actual is NOTHING:
        return [_told(path, words, actual)]
    try:
        check(actual)
    except CheckFailed:
        return [_told(path, words, actual)]
    return []


def _check(words: str, path: str) -> Callable[[object], None]:
    """What a marker checks."""
    simple = _MARKERS.get(words.casefold())
    if simple:
        return simple
    if words.startswith("matches "):
        pattern = words.removeprefix("matches ")
        compiled(pattern)  # refuses what is not a regular expression
        return lambda actual: matches_pattern(actual, pattern, path)
    known = [*_MARKERS, _IGNORED, "contains", "matches "]
    fix = did_you_mean(f"[{name}]" for name in near_misses(words, known))
    raise BadValue(
        f"There is no marker [{words}]",
        path or "the document",
        fix or f"There are {', '.join(f'[{name}]' for name in known[:-1])} and [matches REGEX]; [[{words}] is a text.",
    )


def _any(name: str) -> Callable[[object], None]:
    return lambda actual: is_any(actual, name, "")


def _is_date(actual: object) -> None:
    if not isinstance(actual, str) or iso(actual) is None:
        raise CheckFailed("The value is not a date")


_MARKERS: dict[str, Callable[[object], None]] = {
    "any": lambda actual: None,
    **{f"any {name.casefold()}": _any(name) for name in _ANY},
    "any uuid": lambda actual: is_uuid(actual, ""),
    "any date": _is_date,
}


def _told(path: str, expected: str, actual: object, before: str = "") -> _Difference:
    came = "nothing" if actual is NOTHING else f"{before}{show(actual)}"
    note = "" if actual is NOTHING or kind(actual) in ("dict", "list") else f" ({article(actual)})"
    return f"  {path or 'the document'}:", f"- {expected}", f"+ {came}{note}"


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
