"""What the elements of a list are like."""

from apitest import checks
from apitest.checks.mismatch import refused
from apitest.checks.mismatch import written as text_of_value
from apitest.documents import json_pointer
from apitest.documents.display import show
from apitest.errors import CheckFailed
from apitest.steps.predicates.predicate import predicate
from apitest.steps.predicates.reading import counted
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind


@predicate("is sorted", of=Kind.DOCUMENT)
def is_sorted(found: Found) -> None:
    """Checks that a list has its elements in ascending order.

    Example:
        is sorted
    """
    checks.is_sorted(counted(found), found.place)


@predicate("is sorted in descending order", of=Kind.DOCUMENT)
def is_sorted_descending(found: Found) -> None:
    """Checks that a list has its elements in descending order.

    Example:
        is sorted in descending order
    """
    checks.is_sorted(counted(found), found.place, descending=True)


@predicate('is sorted by "{field}"', of=Kind.DOCUMENT)
def is_sorted_by(found: Found, field: str) -> None:
    """Checks that a list of dicts is in ascending order of a field, given by its name or as a path.

    Example:
        is sorted by "created"
    """
    checks.is_sorted(counted(found), found.place, field=str(field))


@predicate('is sorted by "{field}" in descending order', of=Kind.DOCUMENT)
def is_sorted_by_descending(found: Found, field: str) -> None:
    """Checks that a list of dicts is in descending order of a field, given by its name or as a path.

    Example:
        is sorted by "total" in descending order
    """
    checks.is_sorted(counted(found), found.place, field=str(field), descending=True)


@predicate("has unique elements", of=Kind.DOCUMENT)
def has_unique_elements(found: Found) -> None:
    """Checks that a list has each element once.

    Example:
        has unique elements
    """
    checks.is_unique(counted(found), found.place)


@predicate('has an element whose "{field}" is "{value}"', of=Kind.DOCUMENT)
def has_element_whose(found: Found, field: str, value: object) -> None:
    """Checks that a list has an element with this value of a field, given by its name or as a path.

    Example:
        has an element whose "id" is "5"
    """
    if not _matching(counted(found), field, value, found.place):
        refused(f'No element has {field} "{text_of_value(value)}"', found.place, counted(found))


@predicate(
    'has no element whose "{field}" is "{value}"',
    of=Kind.DOCUMENT,
    negates='has an element whose "{field}" is "{value}"',
)
def has_no_element_whose(found: Found, field: str, value: object) -> None:
    """Checks that a list has elements with the field, if any, and none with this value of it.

    Example:
        has no element whose "status" is "lost"
    """
    for item, each in _fields(counted(found), field, found.place):
        try:
            checks.is_not_value(each, value, found.place)
        except CheckFailed:
            refused(f'No element must have {field} "{text_of_value(value)}"', found.place, item)


def _matching(items: object, field: str, value: object, where: str) -> list[object]:
    wanted = text_of_value(value)
    return [item for item, each in _fields(items, field, where) if text_of_value(each) == wanted]


def _fields(items: object, field: str, where: str) -> list[tuple[object, object]]:
    """The elements that have a field, each with the value of it."""
    if not isinstance(items, list):
        raise CheckFailed("The value is not a list", where, actual=show(items))
    pointer = field if str(field).startswith("/") else f"/{field}"
    values = [json_pointer.find(item, pointer) for item in items]
    found = [(item, each) for item, each in zip(items, values, strict=True) if each is not json_pointer.MISSING]
    if items and not found:
        raise CheckFailed(f"No element has {field}", where, actual=show(items))
    return found
