"""How many of the items of a list have to be as a sentence says: each, any or none of them."""

from collections.abc import Callable, Iterator

from apitest.checks.mismatch import refused
from apitest.documents.display import show
from apitest.errors import CheckFailed
from apitest.steps.predicates.reading import counted
from apitest.steps.subjects.found import Found

_Say = Callable[[Found], object]
_TOLD = 5  # failing items that a message tells of


def each(found: Found, say: _Say) -> None:
    """Each item is as the sentence says; a list without items fails.

    Raises:
        CheckFailed: one is not; tells of those that are not.
    """
    items = _items(found)
    failed = [(number, failure) for number, item in enumerate(items) if (failure := _failure(item, say))]
    if len(failed) == 1:
        raise failed[0][1]
    if failed:
        lines = [line for number, failure in failed[:_TOLD] for line in _told(number, failure)]
        more = [f"  … {len(failed) - _TOLD:,} more"] if len(failed) > _TOLD else []
        raise CheckFailed(f"{len(failed)} of {len(items)} items fail", found.place, diff=(*lines, *more))


def any_item(found: Found, say: _Say) -> None:
    """At least one item is as the sentence says.

    Raises:
        CheckFailed: none is; shows the list.
    """
    items = _items(found)
    if all(_failure(item, say) for item in items):
        last = _failure(items[-1], say)
        expected = last.expected if last else ""
        raise CheckFailed(
            f"None of {len(items)} items is as expected", found.place, expected=expected, actual=show(_list(found))
        )


def no_item(found: Found, say: _Say, deny: _Say | None = None) -> None:
    """No item is as the sentence says; a list without items fails, since nothing was checked.

    Args:
        found: what the subject found.
        say: says the predicate of an item.
        deny: says the opposite, which tells of every reading of an item; None where there is none.

    Raises:
        CheckFailed: one is; shows it.
    """
    for number, item in enumerate(_items(found)):
        if _failure(item, say) is None or (deny and _failure(item, deny) is not None):
            refused(f"Item {number} must not be so", item.place, item.value)


def of_several(deny: _Say) -> _Say:
    """A predicate that is said of lists and dicts alone: of other items it could only say that they are none."""
    return lambda item: deny(item) if isinstance(item.value, list | dict) else None


def _items(found: Found) -> list[Found]:
    values = _list(found)
    if not values:
        refused("There are no items to check", found.place, values)
    return [found.part(value, f"item {number} of {found.place}") for number, value in enumerate(values)]


def _list(found: Found) -> list[object]:
    values = counted(found)
    if not isinstance(values, list | tuple):
        refused("The value is not a list", found.place, values)
    return list(values)


def _failure(item: Found, say: _Say) -> CheckFailed | None:
    try:
        say(item)
    except CheckFailed as failure:
        return failure
    return None


def _told(number: int, failure: CheckFailed) -> Iterator[str]:
    yield f"  item {number}: {failure.problem}"
    if failure.expected:
        yield f"- {failure.expected}"
    if failure.actual:
        yield f"+ {failure.actual}"
    yield from failure.diff
