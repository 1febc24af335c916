"""How large a number is."""

from apitest import checks
from apitest.language import literals
from apitest.steps.predicates.predicate import predicate
from apitest.steps.predicates.reading import as_number
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind


@predicate('is greater than "{number}"', of=Kind.NUMBER)
def is_greater_than(found: Found, number: object) -> None:
    """Checks that the value is a number greater than this.

    Example:
        is greater than "0"
    """
    checks.compare(as_number(found), "greater than", literals.number(number), found.place)


@predicate('is less than "{number}"', of=Kind.NUMBER)
def is_less_than(found: Found, number: object) -> None:
    """Checks that the value is a number less than this.

    Example:
        is less than "0.5"
    """
    checks.compare(as_number(found), "less than", literals.number(number), found.place)


@predicate('is at least "{number}"', of=Kind.NUMBER, negates='is less than "{number}"')
def is_at_least(found: Found, number: object) -> None:
    """Checks that the value is this number or a greater one.

    Example:
        is at least "18"
    """
    checks.compare(as_number(found), "at least", literals.number(number), found.place)


@predicate('is at most "{number}"', of=Kind.NUMBER, negates='is greater than "{number}"')
def is_at_most(found: Found, number: object) -> None:
    """Checks that the value is this number or a smaller one.

    Example:
        is at most "100"
    """
    checks.compare(as_number(found), "at most", literals.number(number), found.place)


@predicate('is between "{low}" and "{high}"', of=Kind.NUMBER)
def is_between(found: Found, low: object, high: object) -> None:
    """Checks that the value is a number from the first to the second, both included.

    Example:
        is between "1" and "5"
    """
    checks.is_between(as_number(found), low, high, found.place)
