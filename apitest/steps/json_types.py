"""Sentences about the type and the form of a value in the JSON of the response."""

from typing import Any

from apitest import checks
from apitest.context import StepContext
from apitest.language.registry import then
from apitest.steps import comparing
from apitest.steps.lookup import place, value_at


@then('path "{path}" is any string', 'JSON Pointer "{path}" is any string', since="24.10.1")
def path_is_any_string(ctx: StepContext, path: str) -> None:
    """Checks that the path holds a text, whichever.

    Example:
        path "/customer/name" is any string
    """
    checks.is_any(value_at(ctx, path), "string", place(path))


@then('path "{path}" is any integer', 'JSON Pointer "{path}" is any integer', since="1.8")
def path_is_any_integer(ctx: StepContext, path: str) -> None:
    """Checks that the path holds an integer, whichever; 1.0 and true are none.

    Example:
        path "/customer/id" is any integer
    """
    checks.is_any(value_at(ctx, path), "integer", place(path))


@then('path "{path}" is any float', 'JSON Pointer "{path}" is any float', since="1.8")
def path_is_any_float(ctx: StepContext, path: str) -> None:
    """Checks that the path holds a number with a decimal point, whichever; 1 is none.

    Example:
        path "/order/total" is any float
    """
    checks.is_any(value_at(ctx, path), "float", place(path))


@then(
    'path "{path}" is any bool',
    'JSON Pointer "{path}" is any bool',
    'path "{path}" is any Boolean',
    since="1.12",
)
def path_is_any_bool(ctx: StepContext, path: str) -> None:
    """Checks that the path holds true or false.

    Example:
        path "/customer/active" is any bool
    """
    checks.is_any(value_at(ctx, path), "bool", place(path))


@then('path "{path}" is any list', 'JSON Pointer "{path}" is any list')
def path_is_any_list(ctx: StepContext, path: str) -> None:
    """Checks that the path holds a list, be it empty.

    Example:
        path "/customer/orders" is any list
    """
    checks.is_any(value_at(ctx, path), "list", place(path))


@then('path "{path}" is any dict', 'JSON Pointer "{path}" is any dict')
def path_is_any_dict(ctx: StepContext, path: str) -> None:
    """Checks that the path holds a dict, be it empty.

    Example:
        path "/customer" is any dict
    """
    checks.is_any(value_at(ctx, path), "dict", place(path))


@then('path "{path}" is any UUID4', 'JSON Pointer "{path}" is any UUID4')
def path_is_any_uuid4(ctx: StepContext, path: str) -> None:
    """Checks that the path holds a UUID of version 4.

    Example:
        path "/request_id" is any UUID4
    """
    checks.is_any(value_at(ctx, path), "UUID4", place(path))


@then('path "{path}" is a uuid', 'JSON Pointer "{path}" is a uuid', since="24.10.1")
def path_is_a_uuid(ctx: StepContext, path: str) -> None:
    """Checks that the path holds a UUID of any version.

    Example:
        path "/request_id" is a uuid
    """
    checks.is_uuid(value_at(ctx, path), place(path))


@then('path "{path}" is a date "{format}"', 'JSON Pointer "{path}" is a date "{format}"')
def path_is_a_date(ctx: StepContext, path: str, format: str) -> None:
    """Checks that the path holds a date in this format: a label of `date format`, or Arrow tokens.

    Example:
        path "/order/created" is a date "YYYY-MM-DD"
    """
    comparing.is_date(value_at(ctx, path), ctx.zato.date_format(format), place(path))


@then(
    'path "{path}" is a BASE32 Crockford, checksum "{checksum}"',
    'JSON Pointer "{path}" is a BASE32 Crockford, checksum "{checksum}"',
    since="1.1",
)
def path_is_crockford(ctx: StepContext, path: str, checksum: Any) -> None:
    """Checks that the path holds a text in Base32 Crockford, whose last symbol is the check symbol if so said.

    Example:
        path "/voucher" is a BASE32 Crockford, checksum "True"
    """
    checks.is_crockford(value_at(ctx, path), comparing.flag(checksum, "The checksum"), place(path))
