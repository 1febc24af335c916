"""Checks of lists: their order, and whether an element comes twice."""

from itertools import pairwise

from apitest.checks.mismatch import refused
from apitest.documents import json_pointer
from apitest.documents.diff import equal
from apitest.documents.display import article, kind, show
from apitest.errors import CheckFailed

_NUMBERS = ("integer", "float")


def is_sorted(actual: object, where: str, *, field: str = "", descending: bool = False) -> None:
    """The value is a list in ascending or descending order, of its elements or of a field of them.

    Args:
        actual: the list; numbers are compared as numbers, texts character by character.
        where: the place that a failure names.
        field: the name of the field, or a JSON Pointer to it.
        descending: whether the greatest comes first.
    """
    items = _list(actual, where)
    keys = [_key(item, field, f"element {number} of {where}") for number, item in enumerate(items)]
    for number, (one, other) in enumerate(pairwise(keys)):
        if _group(one) != _group(other) or _group(one) == "":
            refused(f"{article(one).capitalize()} and {article(other)} have no order", where, [one, other])
        if _precedes(one, other) if descending else _precedes(other, one):
            order = "descending" if descending else "ascending"
            raise CheckFailed(
                f"The list is not in {order} order: elements {number} and {number + 1}",
                where,
                actual=f"{show(one, 80)}, then {show(other, 80)}",
            )


def is_unique(actual: object, where: str) -> None:
    """The value is a list in which no element is equal to another one; 1 and 1.0 are equal."""
    items = _list(actual, where)
    for place, item in enumerate(items):
        first = next((number for number in range(place) if equal(items[number], item)), None)
        if first is not None:
            refused(f"Elements {first} and {place} of the list are equal", where, item)


def _list(actual: object, where: str) -> list[object]:
    if not isinstance(actual, list):
        refused("The value is not a list", where, actual)
    return list(actual)


def _key(item: object, field: str, where: str) -> object:
    if not field:
        return item
    return json_pointer.get(item, field if field.startswith("/") else f"/{field}", where)


def _precedes(one: object, other: object) -> bool:
    """Whether a key is less than another one of its group."""
    if isinstance(one, str) and isinstance(other, str):
        return one < other
    return isinstance(one, int | float) and isinstance(other, int | float) and one < other


def _group(key: object) -> str:
    """What keys of one list must have in common; empty for what has no order."""
    name = kind(key)
    return "number" if name in _NUMBERS else name if name == "string" else ""
