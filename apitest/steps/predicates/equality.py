"""What a value is: a text, a number, true, null, one of several."""

from apitest import checks
from apitest.language import literals
from apitest.steps.predicates.predicate import predicate, some_of
from apitest.steps.predicates.reading import as_bool, as_integer, as_list, as_number
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind


@predicate('is "{value}"', of=Kind.VALUE, since="1.0")
def is_value(found: Found, value: object) -> None:
    """Checks that the value is exactly this text. What a variable holds is compared with its type.

    Example:
        is "Maria"
    """
    if isinstance(value, str) or found.is_text:
        checks.is_text(found.value, checks.written(value), found.place)
    else:
        checks.same(found.value, value, found.place)


@predicate('is not "{value}"', of=Kind.VALUE, since="1.0", negates='is "{value}"')
def is_not_value(found: Found, value: object) -> None:
    """Checks that there is a value and that it is neither this text nor the number, bool or null written so.

    Example:
        is not "Maria"
    """
    for each in found.each:
        checks.is_not_value(each, value, found.place)


@predicate('is a string "{value}"', of=Kind.TYPE, since="1.1")
def is_a_string(found: Found, value: object) -> None:
    """Checks that the value is exactly this text, and no number that is written so.

    Example:
        is a string "0123"
    """
    checks.is_text(found.value, checks.written(value), found.place)


@predicate('is not a string "{value}"', of=Kind.TYPE, since="1.1", negates='is a string "{value}"')
def is_not_a_string(found: Found, value: object) -> None:
    """Checks that there is a value and that it is not this text; a number that is written so will do.

    Example:
        is not a string "0000"
    """
    for each in found.each:
        for text in checks.spellings(value):
            checks.is_not_text(each, text, found.place)


@predicate('is "{value}" (with literal_eval)', of=Kind.TYPE, since="1.11")
def is_literal(found: Found, value: object) -> None:
    """Checks that the value equals a Python literal: a number, string, list, dict, True, None.

    Example:
        is "[1, 2, None]" (with literal_eval)
    """
    checks.same(found.value, literals.literal(value), found.place)


@predicate('is an integer "{value}"', of=Kind.NUMBER, since="1.0")
def is_an_integer(found: Found, value: object) -> None:
    """Checks that the value is this integer: not 1.0 where 1 is meant, and not true.

    Example:
        is an integer "17"
    """
    checks.is_integer(as_integer(found), literals.integer(value), found.place)


@predicate('is a float "{value}"', of=Kind.NUMBER, since="1.0")
def is_a_float(found: Found, value: object) -> None:
    """Checks that the value is this number; 1 and 1.0 are the same.

    Example:
        is a float "29.90"
    """
    number = literals.number(value)
    wanted = float(number) if float(number) == number else number  # Else it has more digits than a float
    checks.is_float(as_number(found), wanted, found.place)


@predicate("is True", of=Kind.TYPE, since="1.1")
def is_true(found: Found) -> None:
    """Checks that the value is true; the text "true" or the number 1 will not do.

    Example:
        is True
    """
    checks.is_true(as_bool(found), found.place)


@predicate("is False", of=Kind.TYPE, since="1.1")
def is_false(found: Found) -> None:
    """Checks that the value is false; the text "false" or the number 0 will not do.

    Example:
        is False
    """
    checks.is_false(as_bool(found), found.place)


@predicate("is null", of=Kind.TYPE, since="1.12")
def is_null(found: Found) -> None:
    """Checks that the value is there and is null.

    Example:
        is null
    """
    checks.is_null(found.value, found.place)


@predicate("is not null", of=Kind.TYPE, negates="is null")
def is_not_null(found: Found) -> None:
    """Checks that there is a value and that it is not null.

    Example:
        is not null
    """
    for each in found.each:
        checks.is_not_null(each, found.place)


@predicate('is a list "{value}"', of=Kind.TYPE, since="1.0")
def is_a_list(found: Found, value: object) -> None:
    """Checks that the value is a list of these texts, in this order. Commas separate them, as in CSV.

    Example:
        is a list "red,green,blue"
    """
    checks.is_list(as_list(found), literals.parse_list(value), found.place)


@predicate('is a list "{value}" in any order', of=Kind.TYPE)
def is_a_list_in_any_order(found: Found, value: object) -> None:
    """Checks that the value is a list of these texts, whatever their order.

    Example:
        is a list "red,green,blue" in any order
    """
    checks.is_list(as_list(found), literals.parse_list(value), found.place, ordered=False)


@predicate('is one of "{value}"', of=Kind.VALUE, since="1.0")
def is_one_of(found: Found, value: object) -> None:
    """Checks that the value is one of these texts, separated by commas.

    Example:
        is one of "new,paid,shipped"
    """
    checks.is_one_of(found.value, some_of(literals.parse_list(value), "The list"), found.place)


@predicate('is not one of "{value}"', of=Kind.VALUE, since="1.0", negates='is one of "{value}"')
def is_not_one_of(found: Found, value: object) -> None:
    """Checks that there is a value and that it is none of these, be they texts, numbers or bools.

    Example:
        is not one of "lost,stolen"
    """
    unwanted = some_of(literals.parse_list(value), "The list")
    for each in found.each:
        checks.is_not_one_of(each, unwanted, found.place)


@predicate("is empty", of=Kind.VALUE, since="1.0")
def is_empty(found: Found) -> None:
    """Checks that the value is there and is the empty text.

    Example:
        is empty
    """
    checks.is_empty(found.value, found.place)


@predicate("is not empty", of=Kind.VALUE, since="1.0", negates="is empty")
def is_not_empty(found: Found) -> None:
    """Checks that there is a value, and that it is not an empty text, list or dict and not null.

    Example:
        is not empty
    """
    for each in found.each:
        checks.is_not_empty(each, found.place)
