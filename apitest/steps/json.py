"""Sentences about a value in the JSON of the response: what it is, exactly."""

from typing import Any

from apitest import checks
from apitest.checks.mismatch import refused
from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.language import literals
from apitest.language.registry import then
from apitest.steps import comparing
from apitest.steps.documents import json_document
from apitest.steps.lookup import doc_string, json_file, place, value_at


@then('path "{path}" is "{value}"', 'JSON Pointer "{path}" is "{value}"', since="1.0")
def path_is(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the response holds exactly this text at the path. A variable that is no text is compared as it is.

    Example:
        path "/customer/name" is "Maria"
    """
    comparing.is_value(value_at(ctx, path), value, place(path))


@then('path "{path}" is not "{value}"', 'JSON Pointer "{path}" is not "{value}"')
def path_is_not(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the path exists and holds anything but this text.

    Example:
        path "/customer/name" is not "Maria"
    """
    comparing.is_not_value(value_at(ctx, path), value, place(path))


@then('path "{path}" is a string "{value}"', 'JSON Pointer "{path}" is a string "{value}"')
def path_is_a_string(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the response holds exactly this text at the path.

    Example:
        path "/customer/postcode" is a string "0123"
    """
    checks.is_text(value_at(ctx, path), str(value), place(path))


@then('path "{path}" is not a string "{value}"', 'JSON Pointer "{path}" is not a string "{value}"', since="1.1")
def path_is_not_a_string(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the path exists and holds anything but this text.

    Example:
        path "/customer/postcode" is not a string "0000"
    """
    checks.is_not_text(value_at(ctx, path), str(value), place(path))


@then(
    'path "{path}" is "{value}" (with literal_eval)',
    'JSON Pointer "{path}" is "{value}" (with literal_eval)',
    since="1.11",
)
def path_is_literal(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the value at the path equals a Python literal: a number, string, list, dict, True, None.

    Example:
        path "/customer/ids" is "[1, 2, None]" (with literal_eval)
    """
    checks.same(value_at(ctx, path), literals.literal(value), place(path))


@then('path "{path}" is an integer "{value}"', 'JSON Pointer "{path}" is an integer "{value}"', since="1.0")
def path_is_an_integer(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the path holds this integer: neither the text of it, nor 1.0 where 1 is meant, nor true.

    Example:
        path "/customer/visits" is an integer "17"
    """
    checks.is_integer(value_at(ctx, path), literals.integer(value), place(path))


@then('path "{path}" is a float "{value}"', 'JSON Pointer "{path}" is a float "{value}"', since="1.0")
def path_is_a_float(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the path holds this number; 1 and 1.0 are the same.

    Example:
        path "/order/total" is a float "29.90"
    """
    checks.is_float(value_at(ctx, path), literals.number(value), place(path))


@then('path "{path}" is True', 'JSON Pointer "{path}" is True', since="1.1")
def path_is_true(ctx: StepContext, path: str) -> None:
    """Checks that the path holds true, and not a text or a number.

    Example:
        path "/customer/active" is True
    """
    checks.is_true(value_at(ctx, path), place(path))


@then('path "{path}" is False', 'JSON Pointer "{path}" is False', since="1.1")
def path_is_false(ctx: StepContext, path: str) -> None:
    """Checks that the path holds false, and not a text or a number.

    Example:
        path "/customer/blocked" is False
    """
    checks.is_false(value_at(ctx, path), place(path))


@then('path "{path}" is null', 'JSON Pointer "{path}" is null', since="1.12")
def path_is_null(ctx: StepContext, path: str) -> None:
    """Checks that the path exists and holds null.

    Example:
        path "/customer/middle_name" is null
    """
    checks.is_null(value_at(ctx, path), place(path))


@then('path "{path}" is not null', 'JSON Pointer "{path}" is not null')
def path_is_not_null(ctx: StepContext, path: str) -> None:
    """Checks that the path exists and holds anything but null.

    Example:
        path "/customer/name" is not null
    """
    comparing.is_not_null(value_at(ctx, path), place(path))


@then('path "{path}" is a list "{value}"', 'JSON Pointer "{path}" is a list "{value}"', since="1.0")
def path_is_a_list(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the path holds a list of these texts, in this order. Commas separate them, as in CSV.

    Example:
        path "/order/flow" is a list "Ack,Done"
    """
    checks.is_list(value_at(ctx, path), literals.parse_list(value), place(path))


@then('path "{path}" is empty', 'JSON Pointer "{path}" is empty', since="1.0")
def path_is_empty(ctx: StepContext, path: str) -> None:
    """Checks that the path holds the empty string.

    Example:
        path "/customer/remark" is empty
    """
    checks.is_empty(value_at(ctx, path), place(path))


@then('path "{path}" is not empty', 'JSON Pointer "{path}" is not empty', since="1.0")
def path_is_not_empty(ctx: StepContext, path: str) -> None:
    """Checks that the path exists and holds neither an empty string, list or dict nor null.

    Example:
        path "/customer/name" is not empty
    """
    checks.is_not_empty(value_at(ctx, path), place(path))


@then('path "{path}" is an empty list', 'JSON Pointer "{path}" is an empty list', since="1.1")
def path_is_an_empty_list(ctx: StepContext, path: str) -> None:
    """Checks that the path holds a list without elements.

    Example:
        path "/customer/orders" is an empty list
    """
    checks.is_empty_list(value_at(ctx, path), place(path))


@then('path "{path}" is not an empty list', 'JSON Pointer "{path}" is not an empty list', since="1.10")
def path_is_not_an_empty_list(ctx: StepContext, path: str) -> None:
    """Checks that the path holds a list with at least one element.

    Example:
        path "/customer/orders" is not an empty list
    """
    checks.is_not_empty_list(value_at(ctx, path), place(path))


@then('path "{path}" is an empty dict', 'JSON Pointer "{path}" is an empty dict', since="1.8")
def path_is_an_empty_dict(ctx: StepContext, path: str) -> None:
    """Checks that the path holds a dict without keys.

    Example:
        path "/customer/settings" is an empty dict
    """
    checks.is_empty_dict(value_at(ctx, path), place(path))


@then('path "{path}" is JSON "{value}"', 'JSON Pointer "{path}" is JSON "{value}"', since="1.9")
def path_is_json(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the value at the path equals this JSON; the order of keys does not matter.

    Example:
        path "/order/item" is JSON "{"sku": "A-1", "count": 2}"
    """
    checks.same(value_at(ctx, path), literals.json_value(value, "the expected JSON"), place(path))


@then('path "{path}" is JSON', 'JSON Pointer "{path}" is JSON')
def path_is_json_text(ctx: StepContext, path: str) -> None:
    '''Checks that the value at the path equals the JSON of the doc string; the order of keys does not matter.

    Example:
        path "/order/item" is JSON
          """
          {"sku": "A-1", "count": 2}
          """
    '''
    expected = literals.json_value(doc_string(ctx), "the doc string")
    checks.same(value_at(ctx, path), expected, place(path))


@then(
    'path "{path}" is JSON equal to that from "{value}"',
    'JSON Pointer "{path}" is JSON equal to that from "{value}"',
    since="1.9",
)
def path_is_json_from(ctx: StepContext, path: str, value: str) -> None:
    """Checks that the value at the path equals the JSON of a file in json/response.

    Example:
        path "/customer" is JSON equal to that from "customer.json"
    """
    checks.same(value_at(ctx, path), json_file(ctx, value), place(path))


@then('path "{path}" is one of "{value}"', 'JSON Pointer "{path}" is one of "{value}"', since="1.0")
def path_is_one_of(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the value at the path is one of these, separated by commas.

    Example:
        path "/order/status" is one of "new,paid,shipped"
    """
    checks.is_one_of(value_at(ctx, path), literals.parse_list(value), place(path))


@then('path "{path}" is not one of "{value}"', 'JSON Pointer "{path}" is not one of "{value}"', since="1.0")
def path_is_not_one_of(ctx: StepContext, path: str, value: Any) -> None:
    """Checks that the path exists and its value is none of these, separated by commas.

    Example:
        path "/order/status" is not one of "lost,stolen"
    """
    checks.is_not_one_of(value_at(ctx, path), literals.parse_list(value), place(path))


@then('path "{path}" exists', 'JSON Pointer "{path}" exists')
def path_exists(ctx: StepContext, path: str) -> None:
    """Checks that the response has something at the path, be it null.

    Example:
        path "/customer/id" exists
    """
    value_at(ctx, path)


@then('path "{path}" does not exist', 'JSON Pointer "{path}" does not exist')
def path_does_not_exist(ctx: StepContext, path: str) -> None:
    """Checks that the response has nothing at the path.

    Example:
        path "/customer/password" does not exist
    """
    found = json_pointer.find(json_document(ctx), str(path))
    if found is not json_pointer.MISSING:
        refused("The path exists, which it is not to", place(path), found)
