"""What a step looks for that must never find something: where the opposite of a predicate has no name of its own."""

from collections.abc import Callable

from apitest.checks.mismatch import refused
from apitest.errors import CheckFailed
from apitest.steps import quantities
from apitest.steps.predicates.reading import as_number, counted
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind

_Say = Callable[[Found], object]
_FOR_NOTHING = (Kind.ABSENCE, Kind.ROWS)  # what these say can be said of nothing, too


def unlike(kind: str, found: Found, say: _Say) -> None:
    """What was found is such that the predicate could hold of it, and the predicate does not.

    Args:
        kind: of the predicate.
        found: what the subject found.
        say: says the predicate of it.

    Raises:
        CheckFailed: it holds; or nothing was found, or what has neither a number nor a size that could be compared.
    """
    if kind not in _FOR_NOTHING:
        _can_be(kind, found)
    try:
        say(found)
    except CheckFailed:
        return
    if found.rows is not None and kind == Kind.ROWS:
        refused("The rows must not be so", found.place, [list(row) for row in found.rows.rows])
    refused("The value must not be so", found.place, found.value)


def not_each(kind: str, found: Found, say: _Say) -> None:
    """As `unlike`, of the items: the predicate does not hold of each. A list without items fails."""
    quantities.any_item(found, lambda item: unlike(kind, item, say))


def _can_be(kind: str, found: Found) -> None:
    value = found.value
    number = as_number(found)
    if kind == Kind.NUMBER and (isinstance(number, bool) or not isinstance(number, int | float)):
        refused("The value is not a number", found.place, value)
    if kind == Kind.SIZE and not isinstance(counted(found), str | list | tuple | dict):
        refused("The value has no size", found.place, value)
