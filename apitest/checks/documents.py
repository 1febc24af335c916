"""Checks of documents: equality, lists, dicts, what is in them, and choices."""

import json
from collections.abc import Sequence
from typing import Any

from apitest.checks.mismatch import NOTHING, alike, listed, refused, unequal, written
from apitest.checks.text import contains_text
from apitest.documents.diff import document_diff, equal
from apitest.documents.display import article, kind, show
from apitest.errors import BadValue, CheckFailed


def same(actual: Any, expected: Any, where: str) -> None:
    """The two JSON documents are equal; ``true`` is not 1, 1 is 1.0, the order of keys does not matter."""
    if equal(actual, expected):
        return
    if isinstance(expected, dict | list | tuple) and kind(actual) == kind(expected):
        raise CheckFailed("The documents differ", where, diff=document_diff(expected, actual))
    unequal("The value is not the expected one", where, actual, expected)


def not_same(actual: Any, unwanted: Any, where: str) -> None:
    """The two JSON documents are not equal."""
    if equal(actual, unwanted):
        refused("The value is the very one that it is not to be", where, actual)


def is_list(actual: Any, expected: Sequence[Any], where: str) -> None:
    """The value is a list of these strings, in this order; a number in it is compared by its text."""
    wanted = [written(item) for item in expected]
    if not isinstance(actual, list):
        unequal("The value is no list", where, actual, wanted)
    texts = [written(item) if type(item) in (int, float) else item for item in actual]
    if texts != wanted:
        raise CheckFailed("The lists differ", where, diff=document_diff(wanted, texts))


def is_empty_list(actual: Any, where: str) -> None:
    """The value is a list without elements."""
    if not isinstance(actual, list) or actual:
        unequal("The value is no empty list", where, actual, [])


def is_not_empty_list(actual: Any, where: str) -> None:
    """The value is a list with an element at least."""
    if not isinstance(actual, list) or not actual:
        refused("The value is no list with elements", where, actual)


def is_empty_dict(actual: Any, where: str) -> None:
    """The value is a dict without keys."""
    if not isinstance(actual, dict) or actual:
        unequal("The value is no empty dict", where, actual, {})


def is_one_of(actual: Any, choices: Sequence[Any], where: str) -> None:
    """The text of the value is one of these; case matters."""
    if isinstance(actual, dict | list) or written(actual) not in map(written, choices):
        hint = next((f"{show(c)} differs in case only." for c in choices if alike(actual, c)), "")
        raise CheckFailed("The value is none of these", where, hint, expected=listed(choices), actual=show(actual))


def is_not_one_of(actual: Any, choices: Sequence[Any], where: str) -> None:
    """The text of the value is none of these; case matters."""
    if not isinstance(actual, dict | list) and written(actual) in map(written, choices):
        raise CheckFailed(
            "The value is one of those that it is not to be",
            where,
            expected=f"none of {listed(choices)}",
            actual=show(actual),
        )


def contains(actual: Any, wanted: Any, where: str) -> None:
    """What ``contains "..."`` asserts: a list has this element, a dict these members, a string this part.

    Args:
        actual: the list, dict or string.
        wanted: the element or the members as the text of a step, that is as JSON; a text that is no JSON is itself
            an element. A value that is no text is taken as it is.
        where: the place that an error names.

    Raises:
        BadValue: a dict is searched for what is no JSON object.
    """
    if isinstance(actual, str) or not isinstance(wanted, str):
        return contains_part(actual, written(wanted) if isinstance(actual, str) else wanted, where)
    part = _json(wanted)
    if isinstance(actual, dict) and not isinstance(part, dict):
        raise BadValue(f"A dict cannot contain {show(part)}", where, 'Write the members as JSON: {"key": "value"}')
    if isinstance(actual, list):
        return contains_element(actual, part, where)
    return contains_part(actual, part, where)


def contains_element(actual: Any, element: Any, where: str) -> None:
    """The value is a list with an element equal to this one."""
    if not isinstance(actual, list):
        refused("The value is no list", where, actual)
    if not any(equal(item, element) for item in actual):
        diff = document_diff(element, closest) if (closest := _closest(actual, element)) is not None else ()
        hint = "The element that is most like it differs as shown." if diff else _type_hint(actual, element)
        raise CheckFailed(
            "The list has no such element", where, hint, expected=show(element), actual=show(actual), diff=diff
        )


def contains_part(actual: Any, part: Any, where: str) -> None:
    """The document has ``part`` in it.

    A dict has every key of ``part`` with an equal value; a list has ``part`` as an element, or, if that is a list,
    each of its elements; a string has it as a substring.
    """
    if isinstance(actual, dict) and isinstance(part, dict):
        there = {key: actual[key] for key in part if key in actual}
        if not equal(there, part):
            raise CheckFailed("The document does not contain this", where, diff=document_diff(part, there))
    elif isinstance(actual, list):
        if isinstance(part, list) and not any(equal(item, part) for item in actual):
            for element in part:
                contains_element(actual, element, where)
        else:
            contains_element(actual, part, where)
    elif isinstance(actual, str) and isinstance(part, str):
        contains_text(actual, part, where)
    else:
        problem = f"{article(actual).capitalize()} cannot contain {article(part)}"
        raise CheckFailed(problem, where, expected=show(part), actual=show(actual))


def has_length(actual: Any, length: int, where: str) -> None:
    """The value is a list, dict or string with so many elements, keys or characters."""
    if not isinstance(actual, list | dict | str):
        refused(f"{article(actual).capitalize()} has no length", where, actual)
    if len(actual) != length:
        unit = {"list": "elements", "dict": "keys", "string": "characters"}[kind(actual)]
        shown = f"{len(actual)} {unit}: {show(actual)}"
        raise CheckFailed("The length is not the expected one", where, expected=f"{length} {unit}", actual=shown)


def _closest(items: list[Any], element: Any) -> Any:
    """The dict in a list that has most members of ``element``; None if there is none with any."""
    if not isinstance(element, dict):
        return None

    def score(item: Any) -> int:
        return sum(equal(value, item.get(key, NOTHING)) for key, value in element.items())

    best = max((item for item in items if isinstance(item, dict)), key=score, default=None)
    return best if best is not None and score(best) else None


def _type_hint(items: list[Any], element: Any) -> str:
    """What to say where the list has the same text as a value of another type."""
    like = next((item for item in items if written(item) == written(element)), NOTHING)
    return "" if like is NOTHING else f"It has {show(like)}, {article(like)}; elements are written as JSON."


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
