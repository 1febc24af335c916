"""Whether there is something, and how much of it."""

from apitest import checks
from apitest.checks.mismatch import refused
from apitest.language import literals
from apitest.steps.predicates.predicate import predicate
from apitest.steps.predicates.reading import counted
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind


@predicate("exists", of=Kind.ABSENCE, since="1.0")
def exists(found: Found) -> None:
    """Checks that it is there, be it empty or null.

    Example:
        exists
    """
    if not found.all:
        found.refuse_absence()


@predicate("does not exist", of=Kind.ABSENCE, since="1.0", negates="exists")
def does_not_exist(found: Found) -> None:
    """Checks that it is not there.

    Example:
        does not exist
    """
    if found.all:
        refused("It must not exist", found.place, found.all[0])
    if found.hint:
        refused("It may well exist", found.place, fix=found.hint)


@predicate("is an empty list", of=Kind.TYPE, since="1.1")
def is_an_empty_list(found: Found) -> None:
    """Checks that the value is a list without elements.

    Example:
        is an empty list
    """
    checks.is_empty_list(counted(found), found.place)


@predicate("is not an empty list", of=Kind.TYPE, since="1.10", negates="is an empty list")
def is_not_an_empty_list(found: Found) -> None:
    """Checks that the value is a list with at least one element.

    Example:
        is not an empty list
    """
    checks.is_not_empty_list(counted(found), found.place)


@predicate("is an empty dict", of=Kind.TYPE, since="1.8")
def is_an_empty_dict(found: Found) -> None:
    """Checks that the value is a dict without keys.

    Example:
        is an empty dict
    """
    checks.is_empty_dict(found.value, found.place)


@predicate('has "{number}" elements', 'has length "{number}"', of=Kind.SIZE)
def has_elements(found: Found, number: object) -> None:
    """Checks how many elements a list has, how many keys a dict, characters a text, or how much a query finds.

    Example:
        has "3" elements
    """
    checks.has_length(counted(found), literals.integer(number), found.place)


@predicate('has at least "{number}" elements', 'has length of at least "{number}"', of=Kind.SIZE)
def has_at_least_elements(found: Found, number: object) -> None:
    """Checks that there are so many elements, keys or characters, or more.

    Example:
        has at least "1" elements
    """
    checks.length(counted(found), "at least", literals.integer(number), found.place)


@predicate('has at most "{number}" elements', 'has length of at most "{number}"', of=Kind.SIZE)
def has_at_most_elements(found: Found, number: object) -> None:
    """Checks that there are so many elements, keys or characters, or fewer.

    Example:
        has at most "20" elements
    """
    checks.length(counted(found), "at most", literals.integer(number), found.place)
