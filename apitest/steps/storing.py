"""What is stored of a subject: its value, or what a regular expression finds in it."""

from apitest.checks.text import part_that_matches
from apitest.language.grid import Ending, Endings
from apitest.steps.predicates.predicate import some
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind
from apitest.steps.variables import store


def store_value(found: Found, name: str) -> None:
    """Stores the value, with its type, for #name in later steps.

    Example:
        under "found"
    """
    store(found.ctx, name, found.value)


def store_part(found: Found, regex: object, name: str) -> None:
    """Stores the part of the text that a regular expression matches, or that its first group matches.

    Example:
        matching "[0-9]+" under "number"
    """
    store(found.ctx, name, part_that_matches(found.value, some(regex, "The pattern"), found.place))


def store_or_default(found: Found, name: str, default: object) -> None:
    """Stores the value, or another one where there is none.

    Example:
        under "found", default "none"
    """
    if not found.all and found.hint:
        found.refuse_absence()
    store(found.ctx, name, found.value if found.all else default)


STORED = Endings(
    [
        Ending(('under "{name}"',), store_value, str(Kind.VALUE), "apitest 0.1"),
        Ending(('under "{name}", default "{default}"',), store_or_default, str(Kind.ABSENCE), "apitest 0.1"),
        Ending(('matching "{regex}" under "{name}"',), store_part, str(Kind.TEXT), "apitest 0.1"),
    ]
)
