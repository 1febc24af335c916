"""Numbers, lists and bools that are read from a subject whose values are texts."""

from apitest.checks.mismatch import refused
from apitest.errors import BadValue
from apitest.language import literals
from apitest.steps.subjects.found import Found


def as_integer(found: Found) -> object:
    """The integer that a text stands for; any other value, and a text that is not an integer, as it is."""
    try:
        return literals.integer(found.value) if found.is_text else found.value
    except BadValue:
        return found.value


def as_number(found: Found) -> object:
    """The number that a text stands for; any other value, and a text that is not a number, as it is."""
    try:
        return literals.number(found.value) if found.is_text else found.value
    except BadValue:
        return found.value


def as_list(found: Found) -> object:
    """The list that a text in CSV notation stands for; any other value as it is, of a query all that it finds."""
    return literals.parse_list(found.value) if found.is_text else counted(found)


def counted(found: Found) -> object:
    """A value whose elements count: of a query all that it finds, also where that is one value.

    Raises:
        CheckFailed: there is nothing; or what is looked for is there under another name.
    """
    if not found.all and found.hint:
        refused("There may well be some", found.place, fix=found.hint)
    return found.value if found.counted is None else found.counted


def as_bool(found: Found) -> object:
    """The bool that the text True or False stands for, in any case; any other value as it is."""
    value = found.value
    return (
        {"true": True, "false": False}.get(value.casefold(), value)
        if found.is_text and isinstance(value, str)
        else value
    )
