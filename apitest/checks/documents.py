"""Checks of documents: equality, lists, dicts, what is in them, and choices."""

import json
from collections import Counter
from collections.abc import Callable, Sequence

from apitest.checks.mismatch import NOTHING, alike, listed, refused, unequal, written
from apitest.checks.scalars import COMPARISONS
from apitest.checks.text import can_be, contains_text, does_not_contain_text
from apitest.documents import json_pointer
from apitest.documents.diff import at, document_diff, equal, sorted_lists, without
from apitest.documents.display import article, kind, show
from apitest.errors import BadValue, CheckFailed
from apitest.language.shortening import cut


def same(actual: object, expected: object, where: str) -> None:
    """The two JSON documents are equal; ``true`` is not 1, 1 is 1.0, the order of keys does not matter."""
    if equal(actual, expected):
        return
    if isinstance(expected, dict | list | tuple) and kind(actual) == kind(expected):
        raise CheckFailed(f"The documents differ{at(expected, actual)}", where, diff=document_diff(expected, actual))
    unequal("The value is not the expected one", where, actual, expected)


def same_in_any_order(actual: object, expected: object, where: str) -> None:
    """The two JSON documents are equal, their lists in whatever order."""
    if equal(actual, expected) or equal(sorted_lists(actual), sorted_lists(expected)):
        return
    same(sorted_lists(actual), sorted_lists(expected), where)


def same_apart_from(actual: object, expected: object, ignored: Sequence[object], where: str) -> None:
    """The two JSON documents are equal once what these JSON Pointers name is taken out of both.

    Raises:
        BadValue: a pointer is malformed, or names nothing in either document.
    """
    for path in ignored:
        if json_pointer.find(actual, str(path)) is json_pointer.find(expected, str(path)) is json_pointer.MISSING:
            raise BadValue(f"{path} is in neither document, so there is nothing to leave out", where)
    same(without(actual, ignored), without(expected, ignored), where)


def not_same(actual: object, unwanted: object, where: str) -> None:
    """The two JSON documents are not equal."""
    if equal(actual, unwanted):
        refused("Expected a value other than this", where, actual)


def is_list(actual: object, expected: Sequence[object], where: str, *, ordered: bool = True) -> None:
    """The value is a list of these elements, in this order or in any; a number is not the text of it."""
    wanted = list(expected)
    if not isinstance(actual, list):
        unequal("The value is not a list", where, actual, wanted)
    if not ordered and Counter(map(_hashable, actual)) == Counter(map(_hashable, wanted)):
        return
    if not equal(actual, wanted):
        same_texts = list(map(written, actual)) == list(map(written, wanted))
        fix = f'Its elements are not texts: use `is JSON "{show(actual)}"`.' if same_texts else ""
        raise CheckFailed(f"The lists differ{at(wanted, actual)}", where, fix, diff=document_diff(wanted, actual))


def is_empty_list(actual: object, where: str) -> None:
    """The value is a list without elements."""
    if not isinstance(actual, list) or actual:
        unequal("The value is not an empty list", where, actual, [])


def is_not_empty_list(actual: object, where: str) -> None:
    """The value is a list with an element at least."""
    if not isinstance(actual, list) or not actual:
        refused("The value is not a list with elements", where, actual)


def is_empty_dict(actual: object, where: str) -> None:
    """The value is a dict without keys."""
    if not isinstance(actual, dict) or actual:
        unequal("The value is not an empty dict", where, actual, {})


def is_one_of(actual: object, choices: Sequence[object], where: str) -> None:
    """The value is one of these texts; case matters, and a number is not the text of it."""
    if not any(equal(actual, choice) for choice in choices):
        hint = next((f"{show(c)} differs in case only." for c in choices if alike(actual, c)), "")
        if not hint and not isinstance(actual, str) and written(actual) in map(written, choices):
            hint = f"It is {article(actual)}, and the choices are texts."
        raise CheckFailed("The value is none of these", where, hint, expected=listed(choices), actual=show(actual))


def is_not_one_of(actual: object, choices: Sequence[object], where: str) -> None:
    """The value is none of these, in whatever way they can be read; case matters."""
    if any(can_be(actual, choice) for choice in choices):
        raise CheckFailed(
            "Expected a value other than these",
            where,
            expected=f"none of {listed(choices)}",
            actual=show(actual),
        )


def contains(actual: object, wanted: object, where: str) -> None:
    """What ``contains "..."`` asserts: a list has this element, a dict these members, a string this part.

    Args:
        actual: the list, dict or string.
        wanted: the element or the members as the text of a step, that is as JSON; a text that is not valid JSON is
            itself an element. A value that is not a text is taken as it is.
        where: the place that an error names.

    Raises:
        BadValue: a dict is searched for what is not a JSON object, or for one without members, which all have.
    """
    part = _json(wanted) if isinstance(wanted, str) else wanted
    if isinstance(actual, dict) and part == {}:
        raise BadValue("The members must not be none: every dict contains them", where, "Write what is meant.")
    if isinstance(actual, str) or not isinstance(wanted, str):
        return contains_part(actual, written(wanted) if isinstance(actual, str) else wanted, where)
    if isinstance(actual, dict) and not isinstance(part, dict):
        raise BadValue(f"A dict cannot contain {show(part)}", where, 'Write the members as JSON: {"key": "value"}')
    if isinstance(actual, list):
        return contains_element(actual, part, where)
    return contains_part(actual, part, where)


def contains_element(actual: object, element: object, where: str) -> None:
    """The value is a list with an element equal to this one."""
    if not isinstance(actual, list):
        refused("The value is not a list", where, actual)
    if not any(equal(item, element) for item in actual):
        diff = document_diff(element, closest) if (closest := _closest(actual, element)) is not None else ()
        hint = "The element that is most like it differs as shown." if diff else _type_hint(actual, element)
        raise CheckFailed(
            "The list has no such element", where, hint, expected=show(element), actual=show(actual), diff=diff
        )


def contains_part(actual: object, part: object, where: str) -> None:
    """The document has ``part`` in it.

    A dict has every key of ``part`` with an equal value; a list has ``part`` as an element, or, if that is a list
    with elements, each of them; a string has it as a substring.
    """
    if isinstance(actual, dict) and isinstance(part, dict):
        there = {key: actual[key] for key in part if key in actual}
        if not equal(there, part):
            raise CheckFailed(
                f"The document does not contain this{at(part, there)}", where, diff=document_diff(part, there)
            )
    elif isinstance(actual, list):
        if isinstance(part, list) and part and not any(equal(item, part) for item in actual):
            for element in part:
                contains_element(actual, element, where)
        else:
            contains_element(actual, part, where)
    elif isinstance(actual, str) and isinstance(part, str):
        contains_text(actual, part, where)
    else:
        problem = f"{article(actual).capitalize()} cannot contain {article(part)}"
        raise CheckFailed(problem, where, expected=show(part), actual=show(actual))


def does_not_contain(actual: object, unwanted: object, where: str) -> None:
    """The value is a list without this element, a dict without these members or a string without this part.

    An element that is given as a text is unwanted both as that text and as the JSON that it may be; a list is
    unwanted as an element, and as elements that are all there.
    """
    if not isinstance(actual, list | dict | str):
        refused(f"{article(actual).capitalize()} cannot contain anything", where, actual)
    if isinstance(actual, str):
        return does_not_contain_text(actual, written(unwanted), where)
    if isinstance(actual, list) and any(can_be(item, unwanted) for item in actual):
        refused(f"The list must not contain {show(unwanted)}", where, actual)
    part = _json(unwanted) if isinstance(unwanted, str) else unwanted
    if holds(contains, actual, unwanted, where) or holds(contains_part, actual, part, where):
        refused(f"The value must not contain {cut(written(unwanted))}", where, actual)
    return None


def length(actual: object, operator: str, number: int, where: str) -> None:
    """The number of a list's elements, a dict's keys or a string's characters stands in this relation to another.

    Args:
        actual: the value that is counted.
        operator: one of ``COMPARISONS``.
        number: the number it is compared to.
        where: the place that a failure names.
    """
    if not isinstance(actual, list | dict | str):
        refused(f"{article(actual).capitalize()} has no length", where, actual)
    if not COMPARISONS[operator](len(actual), number):
        shown = f"{len(actual)}: {show(actual)}"
        raise CheckFailed("The length is out of bounds", where, expected=f"{operator} {number}", actual=shown)


def holds(check: Callable[[object, object, str], None], actual: object, expected: object, where: str) -> bool:
    """Whether a check holds."""
    try:
        check(actual, expected, where)
    except CheckFailed:
        return False
    return True


def has_length(actual: object, length: int, where: str) -> None:
    """The value is a list, dict or string with so many elements, keys or characters."""
    if not isinstance(actual, list | dict | str):
        refused(f"{article(actual).capitalize()} has no length", where, actual)
    if len(actual) != length:
        unit = {"list": "elements", "dict": "keys", "string": "characters"}[kind(actual)]
        shown = f"{len(actual)} {unit}: {show(actual)}"
        raise CheckFailed("The length is not the expected one", where, expected=f"{length} {unit}", actual=shown)


def _closest(items: list[object], element: object) -> object:
    """The dict in a list that has most members of ``element``; None if there is none with any."""
    if not isinstance(element, dict):
        return None

    def score(item: dict[str, object]) -> int:
        return sum(equal(value, item.get(key, NOTHING)) for key, value in element.items())

    best = max((item for item in items if isinstance(item, dict)), key=score, default=None)
    return best if best is not None and score(best) else None


def _type_hint(items: list[object], element: object) -> str:
    """What to say where the list has the same text as a value of another type."""
    like = next((item for item in items if written(item) == written(element)), NOTHING)
    return "" if like is NOTHING else f"It has {show(like)}, {article(like)}; elements are written as JSON."


def _hashable(item: object) -> tuple[str, str]:
    return kind(item), written(item)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
