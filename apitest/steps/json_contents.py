"""Sentences about what a value in the JSON of the response holds: parts of it, its size, its bounds."""

from typing import Any

from apitest import checks
from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.language import literals
from apitest.language.registry import then
from apitest.steps import comparing
from apitest.steps.lookup import json_file, place, value_at


@then('path "{path}" contains "{value}"', 'JSON Pointer "{path}" contains "{value}"', since="1.10")
def path_contains(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the list at the path has this element, given as JSON; a dict these keys, a text this part.

    Example:
        path "/order/items" contains "{"sku": "A-1", "count": 2}"
    """
    checks.contains(value_at(ctx, path), value, place(path))


@then('path "{path}" does not contain "{value}"', 'JSON Pointer "{path}" does not contain "{value}"')
def path_does_not_contain(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the list at the path is without this element, given as JSON; likewise for a dict or a text.

    Example:
        path "/order/tags" does not contain "cancelled"
    """
    comparing.does_not_contain(value_at(ctx, path), value, place(path))


@then('path "{path}" contains data from "{value}"', 'JSON Pointer "{path}" contains data from "{value}"', since="1.10")
def path_contains_data_from(ctx: StepContext, path: str, value: str) -> None:
    """Checks that the value at the path has the JSON of a file in json/response as a part of it.

    Example:
        path "/order/items" contains data from "item.json"
    """
    checks.contains_part(value_at(ctx, path), json_file(ctx, value), place(path))


@then('path "{path}" starts with "{value}"', 'JSON Pointer "{path}" starts with "{value}"', since="1.12")
def path_starts_with(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the text at the path starts with this.

    Example:
        path "/order/number" starts with "ORD-"
    """
    checks.starts_with(value_at(ctx, path), written(value), place(path))


@then('path "{path}" does not start with "{value}"', 'JSON Pointer "{path}" does not start with "{value}"')
def path_does_not_start_with(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the text at the path does not start with this.

    Example:
        path "/order/number" does not start with "TEST-"
    """
    checks.does_not_start_with(value_at(ctx, path), written(value), place(path))


@then('path "{path}" starts with any of "{value}"', 'JSON Pointer "{path}" starts with any of "{value}"', since="1.12")
def path_starts_with_any(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the text at the path starts with one of these, separated by commas.

    Example:
        path "/order/number" starts with any of "ORD-,RET-"
    """
    checks.starts_with_any(value_at(ctx, path), literals.parse_list(value), place(path))


@then('path "{path}" ends with "{value}"', 'JSON Pointer "{path}" ends with "{value}"', since="1.12")
def path_ends_with(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the text at the path ends with this.

    Example:
        path "/invoice/file" ends with ".pdf"
    """
    checks.ends_with(value_at(ctx, path), written(value), place(path))


@then('path "{path}" does not end with "{value}"', 'JSON Pointer "{path}" does not end with "{value}"')
def path_does_not_end_with(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the text at the path does not end with this.

    Example:
        path "/invoice/file" does not end with ".exe"
    """
    checks.does_not_end_with(value_at(ctx, path), written(value), place(path))


@then('path "{path}" matches "{regex}"', 'JSON Pointer "{path}" matches "{regex}"')
def path_matches(ctx: StepContext, path: str, regex: str) -> None:
    """Checks that a part of the text at the path matches a regular expression; ^ and $ stand for its ends.

    Example:
        path "/order/number" matches "^ORD-[0-9]{6}$"
    """
    checks.matches(value_at(ctx, path), written(regex), place(path))


@then('path "{path}" does not match "{regex}"', 'JSON Pointer "{path}" does not match "{regex}"')
def path_does_not_match(ctx: StepContext, path: str, regex: str) -> None:
    """Checks that no part of the text at the path matches a regular expression.

    Example:
        path "/customer/name" does not match "[0-9]"
    """
    comparing.does_not_match(value_at(ctx, path), written(regex), place(path))


@then('path "{path}" is greater than "{number}"', 'JSON Pointer "{path}" is greater than "{number}"')
def path_is_greater_than(ctx: StepContext, path: str, number: Any) -> None:
    """Checks that the path holds a number greater than this one.

    Example:
        path "/order/total" is greater than "0"
    """
    checks.compare(value_at(ctx, path), "greater than", literals.number(number), place(path))


@then('path "{path}" is less than "{number}"', 'JSON Pointer "{path}" is less than "{number}"')
def path_is_less_than(ctx: StepContext, path: str, number: Any) -> None:
    """Checks that the path holds a number less than this one.

    Example:
        path "/order/discount" is less than "0.5"
    """
    checks.compare(value_at(ctx, path), "less than", literals.number(number), place(path))


@then('path "{path}" is at least "{number}"', 'JSON Pointer "{path}" is at least "{number}"')
def path_is_at_least(ctx: StepContext, path: str, number: Any) -> None:
    """Checks that the path holds this number or a greater one.

    Example:
        path "/customer/age" is at least "18"
    """
    checks.compare(value_at(ctx, path), "at least", literals.number(number), place(path))


@then('path "{path}" is at most "{number}"', 'JSON Pointer "{path}" is at most "{number}"')
def path_is_at_most(ctx: StepContext, path: str, number: Any) -> None:
    """Checks that the path holds this number or a smaller one.

    Example:
        path "/order/count" is at most "100"
    """
    checks.compare(value_at(ctx, path), "at most", literals.number(number), place(path))


@then('path "{path}" is between "{low}" and "{high}"', 'JSON Pointer "{path}" is between "{low}" and "{high}"')
def path_is_between(ctx: StepContext, path: str, low: Any, high: Any) -> None:
    """Checks that the path holds a number from the first to the second, both included.

    Example:
        path "/order/rating" is between "1" and "5"
    """
    comparing.is_between(value_at(ctx, path), low, high, place(path))


@then(
    'path "{path}" has "{number}" elements',
    'path "{path}" has length "{number}"',
    'JSON Pointer "{path}" has "{number}" elements',
)
def path_has_elements(ctx: StepContext, path: str, number: Any) -> None:
    """Checks how many elements the list at the path has, how many keys the dict, or how many characters the text.

    Example:
        path "/order/items" has "3" elements
    """
    checks.has_length(value_at(ctx, path), literals.integer(number), place(path))


@then(
    'path "{path}" has at least "{number}" elements',
    'path "{path}" has length of at least "{number}"',
    'JSON Pointer "{path}" has at least "{number}" elements',
)
def path_has_at_least_elements(ctx: StepContext, path: str, number: Any) -> None:
    """Checks that the list, dict or text at the path has so many elements, keys or characters, or more.

    Example:
        path "/order/items" has at least "1" elements
    """
    comparing.length(value_at(ctx, path), "at least", number, place(path))


@then(
    'path "{path}" has at most "{number}" elements',
    'path "{path}" has length of at most "{number}"',
    'JSON Pointer "{path}" has at most "{number}" elements',
)
def path_has_at_most_elements(ctx: StepContext, path: str, number: Any) -> None:
    """Checks that the list, dict or text at the path has so many elements, keys or characters, or fewer.

    Example:
        path "/order/items" has at most "20" elements
    """
    comparing.length(value_at(ctx, path), "at most", number, place(path))
