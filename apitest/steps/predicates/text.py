"""What a text starts and ends with, contains and matches."""

from apitest import checks
from apitest.language import literals
from apitest.steps.predicates.predicate import predicate, some, some_of
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind


@predicate('starts with "{value}"', of=Kind.TEXT, since="1.0")
def starts_with(found: Found, value: object) -> None:
    """Checks what the text starts with.

    Example:
        starts with "ORD-"
    """
    checks.starts_with(found.value, some(value, "The start"), found.place)


@predicate('does not start with "{value}"', of=Kind.TEXT, since="1.0", negates='starts with "{value}"')
def does_not_start_with(found: Found, value: object) -> None:
    """Checks that there is a text and that it does not start with this.

    Example:
        does not start with "TEST-"
    """
    for each in found.each:
        checks.does_not_start_with(each, some(value, "The start"), found.place)


@predicate('starts with any of "{value}"', of=Kind.TEXT, since="1.12")
def starts_with_any(found: Found, value: object) -> None:
    """Checks that the text starts with one of these, separated by commas.

    Example:
        starts with any of "ORD-,RET-"
    """
    starts = literals.parse_list(value)
    checks.starts_with_any(found.value, [some(start, "A start") for start in some_of(starts, "The list")], found.place)


@predicate('ends with "{value}"', of=Kind.TEXT, since="1.0")
def ends_with(found: Found, value: object) -> None:
    """Checks what the text ends with.

    Example:
        ends with ".pdf"
    """
    checks.ends_with(found.value, some(value, "The end"), found.place)


@predicate('does not end with "{value}"', of=Kind.TEXT, since="1.0", negates='ends with "{value}"')
def does_not_end_with(found: Found, value: object) -> None:
    """Checks that there is a text and that it does not end with this.

    Example:
        does not end with ".exe"
    """
    for each in found.each:
        checks.does_not_end_with(each, some(value, "The end"), found.place)


@predicate('contains "{value}"', of=Kind.TEXT, since="1.0")
def contains(found: Found, value: object) -> None:
    """Checks that a text has this part, a list this element, a dict these members; elements are written as JSON.

    Example:
        contains "paid"
    """
    checks.contains(found.value, value if not isinstance(value, str) else some(value, "The part"), found.place)


@predicate('does not contain "{value}"', of=Kind.TEXT, since="1.0", negates='contains "{value}"')
def does_not_contain(found: Found, value: object) -> None:
    """Checks that there is a value without this part, element or member, be it a text or written as JSON.

    Example:
        does not contain "cancelled"
    """
    part = value if not isinstance(value, str) else some(value, "The part")
    # Of a list that a query found, those elements count that can contain something.
    for each in [each for each in found.each if isinstance(each, str | list | dict)] or found.each:
        checks.does_not_contain(each, part, found.place)


@predicate('matches "{regex}"', of=Kind.TEXT)
def matches(found: Found, regex: object) -> None:
    """Checks that a part of the text matches a regular expression; ^ and $ stand for its ends.

    Example:
        matches "^[A-Z]+-[0-9]{6}$"
    """
    checks.matches(found.value, some(regex, "The pattern"), found.place)


@predicate('does not match "{regex}"', of=Kind.TEXT, negates='matches "{regex}"')
def does_not_match(found: Found, regex: object) -> None:
    """Checks that there is a text and that no part of it matches a regular expression.

    Example:
        does not match "[0-9]"
    """
    for each in found.each:
        checks.does_not_match(each, some(regex, "The pattern"), found.place)
