"""Sentences about the type, the parts, the size and the bounds of a stored value."""

from typing import Any

from apitest import checks
from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.language import literals
from apitest.language.registry import then
from apitest.steps import comparing

_PLACE = "the variable"


@then('variable "{variable}" is any string', since="24.10.1")
def variable_is_any_string(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is a text, whichever.

    Example:
        variable "#name" is any string
    """
    checks.is_any(variable, "string", _PLACE)


@then('variable "{variable}" is any integer', since="24.10.1")
def variable_is_any_integer(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is an integer, whichever.

    Example:
        variable "#id" is any integer
    """
    checks.is_any(variable, "integer", _PLACE)


@then('variable "{variable}" is any float', since="24.10.1")
def variable_is_any_float(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is a number with a decimal point, whichever.

    Example:
        variable "#total" is any float
    """
    checks.is_any(variable, "float", _PLACE)


@then('variable "{variable}" is any Boolean', 'variable "{variable}" is any bool', since="24.10.1")
def variable_is_any_boolean(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is true or false.

    Example:
        variable "#active" is any Boolean
    """
    checks.is_any(variable, "bool", _PLACE)


@then('variable "{variable}" is any list', since="24.10.1")
def variable_is_any_list(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is a list, be it empty.

    Example:
        variable "#orders" is any list
    """
    checks.is_any(variable, "list", _PLACE)


@then('variable "{variable}" is any dict', since="24.10.1")
def variable_is_any_dict(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is a dict, be it empty.

    Example:
        variable "#customer" is any dict
    """
    checks.is_any(variable, "dict", _PLACE)


@then('variable "{variable}" is any UUID4', since="24.10.1")
def variable_is_any_uuid4(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is a UUID of version 4.

    Example:
        variable "#request_id" is any UUID4
    """
    checks.is_any(variable, "UUID4", _PLACE)


@then('variable "{variable}" is a uuid')
def variable_is_a_uuid(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is a UUID of any version.

    Example:
        variable "#request_id" is a uuid
    """
    checks.is_uuid(variable, _PLACE)


@then('variable "{variable}" is a date "{format}"')
def variable_is_a_date(ctx: StepContext, variable: Any, format: str) -> None:
    """Checks that a stored value is a date in this format: a label of `date format`, or Arrow tokens.

    Example:
        variable "#created" is a date "YYYY-MM-DD"
    """
    comparing.is_date(variable, ctx.zato.date_format(format), _PLACE)


@then('variable "{variable}" contains "{value}"')
def variable_contains(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored list has this element, given as JSON; a dict these keys, a text this part.

    Example:
        variable "#tags" contains "red"
    """
    checks.contains(variable, value, _PLACE)


@then('variable "{variable}" does not contain "{value}"')
def variable_does_not_contain(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored list is without this element, given as JSON; likewise for a dict or a text.

    Example:
        variable "#tags" does not contain "red"
    """
    comparing.does_not_contain(variable, value, _PLACE)


@then('variable "{variable}" starts with "{value}"')
def variable_starts_with(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored text starts with this.

    Example:
        variable "#number" starts with "ORD-"
    """
    checks.starts_with(variable, written(value), _PLACE)


@then('variable "{variable}" does not start with "{value}"')
def variable_does_not_start_with(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored text does not start with this.

    Example:
        variable "#number" does not start with "TEST-"
    """
    checks.does_not_start_with(variable, written(value), _PLACE)


@then('variable "{variable}" ends with "{value}"')
def variable_ends_with(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored text ends with this.

    Example:
        variable "#file" ends with ".pdf"
    """
    checks.ends_with(variable, written(value), _PLACE)


@then('variable "{variable}" does not end with "{value}"')
def variable_does_not_end_with(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored text does not end with this.

    Example:
        variable "#file" does not end with ".exe"
    """
    checks.does_not_end_with(variable, written(value), _PLACE)


@then('variable "{variable}" matches "{regex}"')
def variable_matches(ctx: StepContext, variable: Any, regex: str) -> None:
    """Checks that a part of a stored text matches a regular expression; ^ and $ stand for its ends.

    Example:
        variable "#number" matches "^ORD-[0-9]{6}$"
    """
    checks.matches(variable, written(regex), _PLACE)


@then('variable "{variable}" does not match "{regex}"')
def variable_does_not_match(ctx: StepContext, variable: Any, regex: str) -> None:
    """Checks that no part of a stored text matches a regular expression.

    Example:
        variable "#name" does not match "[0-9]"
    """
    comparing.does_not_match(variable, written(regex), _PLACE)


@then('variable "{variable}" is greater than "{number}"')
def variable_is_greater_than(ctx: StepContext, variable: Any, number: Any) -> None:
    """Checks that a stored value, or the text of it, is a number greater than this.

    Example:
        variable "#total" is greater than "0"
    """
    checks.compare(comparing.as_number(variable), "greater than", literals.number(number), _PLACE)


@then('variable "{variable}" is less than "{number}"')
def variable_is_less_than(ctx: StepContext, variable: Any, number: Any) -> None:
    """Checks that a stored value, or the text of it, is a number less than this.

    Example:
        variable "#discount" is less than "0.5"
    """
    checks.compare(comparing.as_number(variable), "less than", literals.number(number), _PLACE)


@then('variable "{variable}" is at least "{number}"')
def variable_is_at_least(ctx: StepContext, variable: Any, number: Any) -> None:
    """Checks that a stored value, or the text of it, is this number or a greater one.

    Example:
        variable "#age" is at least "18"
    """
    checks.compare(comparing.as_number(variable), "at least", literals.number(number), _PLACE)


@then('variable "{variable}" is at most "{number}"')
def variable_is_at_most(ctx: StepContext, variable: Any, number: Any) -> None:
    """Checks that a stored value, or the text of it, is this number or a smaller one.

    Example:
        variable "#count" is at most "100"
    """
    checks.compare(comparing.as_number(variable), "at most", literals.number(number), _PLACE)


@then('variable "{variable}" is between "{low}" and "{high}"')
def variable_is_between(ctx: StepContext, variable: Any, low: Any, high: Any) -> None:
    """Checks that a stored value, or the text of it, is a number from the first to the second, both included.

    Example:
        variable "#rating" is between "1" and "5"
    """
    comparing.is_between(comparing.as_number(variable), low, high, _PLACE)


@then('variable "{variable}" has "{number}" elements', 'variable "{variable}" has length "{number}"')
def variable_has_elements(ctx: StepContext, variable: Any, number: Any) -> None:
    """Checks how many elements a stored list has, how many keys a dict, or how many characters a text.

    Example:
        variable "#items" has "3" elements
    """
    checks.has_length(variable, literals.integer(number), _PLACE)


@then('variable "{variable}" has at least "{number}" elements')
def variable_has_at_least_elements(ctx: StepContext, variable: Any, number: Any) -> None:
    """Checks that a stored list, dict or text has so many elements, keys or characters, or more.

    Example:
        variable "#items" has at least "1" elements
    """
    comparing.length(variable, "at least", number, _PLACE)


@then('variable "{variable}" has at most "{number}" elements')
def variable_has_at_most_elements(ctx: StepContext, variable: Any, number: Any) -> None:
    """Checks that a stored list, dict or text has so many elements, keys or characters, or fewer.

    Example:
        variable "#items" has at most "20" elements
    """
    comparing.length(variable, "at most", number, _PLACE)
