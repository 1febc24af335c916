"""Sentences about a stored value: what it is, exactly. The variable comes resolved, as ``#name``."""

from typing import Any

from apitest import checks
from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.language import literals
from apitest.language.registry import then
from apitest.steps import comparing

_PLACE = "the variable"


@then('variable "{variable}" is "{value}"')
def variable_is(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored value is exactly this text. A variable that is no text is compared as it is.

    Example:
        variable "#name" is "Maria"
    """
    comparing.is_value(variable, value, _PLACE)


@then('variable "{variable}" is not "{value}"')
def variable_is_not(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored value is anything but this text.

    Example:
        variable "#name" is not "Maria"
    """
    comparing.is_not_value(variable, value, _PLACE)


@then('variable "{variable}" is a string "{value}"', since="1.1")
def variable_is_a_string(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored value is exactly this text.

    Example:
        variable "#name" is a string "Maria"
    """
    checks.is_text(variable, written(value), _PLACE)


@then('variable "{variable}" is an integer "{value}"', since="1.1")
def variable_is_an_integer(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored value, or the text of it, is this integer.

    Example:
        variable "#visits" is an integer "17"
    """
    checks.is_integer(comparing.as_integer(variable), literals.integer(value), _PLACE)


@then('variable "{variable}" is a float "{value}"', since="1.1")
def variable_is_a_float(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored value, or the text of it, is this number; 1 and 1.0 are the same.

    Example:
        variable "#total" is a float "29.9"
    """
    checks.is_float(comparing.as_number(variable), literals.number(value), _PLACE)


@then('variable "{variable}" is a list "{value}"', since="1.1")
def variable_is_a_list(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored value, or the text of it, is a list of these texts, in this order, separated by commas.

    Example:
        variable "#colours" is a list "red,green"
    """
    checks.is_list(comparing.as_list(variable), literals.parse_list(value), _PLACE)


@then('variable "{variable}" is True', since="1.1")
def variable_is_true(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is true, or the text True.

    Example:
        variable "#active" is True
    """
    checks.is_true(comparing.as_bool(variable), _PLACE)


@then('variable "{variable}" is False', since="1.1")
def variable_is_false(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is false, or the text False.

    Example:
        variable "#active" is False
    """
    checks.is_false(comparing.as_bool(variable), _PLACE)


@then('variable "{variable}" is null')
def variable_is_null(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is null.

    Example:
        variable "#remark" is null
    """
    checks.is_null(variable, _PLACE)


@then('variable "{variable}" is not null')
def variable_is_not_null(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is anything but null.

    Example:
        variable "#name" is not null
    """
    comparing.is_not_null(variable, _PLACE)


@then('variable "{variable}" is empty')
def variable_is_empty(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is the empty text.

    Example:
        variable "#remark" is empty
    """
    checks.is_empty(variable, _PLACE)


@then('variable "{variable}" is not empty')
def variable_is_not_empty(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is neither an empty text, list or dict nor null.

    Example:
        variable "#name" is not empty
    """
    checks.is_not_empty(variable, _PLACE)


@then('variable "{variable}" is an empty list', since="1.1")
def variable_is_an_empty_list(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is a list without elements.

    Example:
        variable "#orders" is an empty list
    """
    checks.is_empty_list(variable, _PLACE)


@then('variable "{variable}" is not an empty list')
def variable_is_not_an_empty_list(ctx: StepContext, variable: Any) -> None:
    """Checks that a stored value is a list with at least one element.

    Example:
        variable "#orders" is not an empty list
    """
    checks.is_not_empty_list(variable, _PLACE)


@then('variable "{variable}" is JSON "{value}"')
def variable_is_json(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored value equals this JSON; the order of keys does not matter.

    Example:
        variable "#item" is JSON "{"sku": "A-1", "count": 2}"
    """
    checks.same(variable, literals.json_value(value, "the expected JSON"), _PLACE)


@then('variable "{variable}" is one of "{value}"')
def variable_is_one_of(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored value is one of these, separated by commas.

    Example:
        variable "#status" is one of "new,paid,shipped"
    """
    checks.is_one_of(variable, literals.parse_list(value), _PLACE)


@then('variable "{variable}" is not one of "{value}"')
def variable_is_not_one_of(ctx: StepContext, variable: Any, value: Any) -> None:
    """Checks that a stored value is none of these, separated by commas.

    Example:
        variable "#status" is not one of "lost,stolen"
    """
    checks.is_not_one_of(variable, literals.parse_list(value), _PLACE)
