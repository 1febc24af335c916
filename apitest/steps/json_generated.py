"""Sentences that put made-up values into the JSON of the request: random ones, the time, dates."""

from typing import Any

from apitest.context import StepContext
from apitest.language.registry import given
from apitest.steps import generated
from apitest.steps.json_request import set_pointer


@given(
    'path "{path}" in request is one of "{value}"', 'JSON Pointer "{path}" in request is one of "{value}"', since="1.0"
)
def path_in_request_is_one_of(ctx: StepContext, path: str, value: Any) -> None:
    """Puts one of these texts, separated by commas, into the request at a path, chosen at random.

    Example:
        path "/a" in request is one of "new,paid,shipped"
    """
    set_pointer(ctx, path, generated.choice(ctx, value))


@given(
    'path "{path}" in request is a random string', 'JSON Pointer "{path}" in request is a random string', since="1.0"
)
def path_in_request_is_a_random_string(ctx: StepContext, path: str) -> None:
    """Puts a random text that starts with a letter into the request at a path.

    Example:
        path "/a" in request is a random string
    """
    set_pointer(ctx, path, generated.string(ctx))


@given(
    'path "{path}" in request is a random integer', 'JSON Pointer "{path}" in request is a random integer', since="1.0"
)
def path_in_request_is_a_random_integer(ctx: StepContext, path: str) -> None:
    """Puts a random integer from 0 to 99 into the request at a path.

    Example:
        path "/a" in request is a random integer
    """
    set_pointer(ctx, path, generated.integer(ctx))


@given('path "{path}" in request is a random float', 'JSON Pointer "{path}" in request is a random float', since="1.0")
def path_in_request_is_a_random_float(ctx: StepContext, path: str) -> None:
    """Puts a random number with decimals, from 0 to 99, into the request at a path.

    Example:
        path "/a" in request is a random float
    """
    set_pointer(ctx, path, generated.floating(ctx))


@given(
    'path "{path}" in request is a UUID4',
    'path "{path}" in request is a UUID',
    'JSON Pointer "{path}" in request is a UUID4',
    'JSON Pointer "{path}" in request is a UUID',
    since="1.9",
)
def path_in_request_is_a_uuid(ctx: StepContext, path: str) -> None:
    """Puts a random UUID into the request at a path.

    Example:
        path "/a" in request is a UUID4
    """
    set_pointer(ctx, path, generated.uuid(ctx))


@given('path "{path}" in request is now "{format}"', 'JSON Pointer "{path}" in request is now "{format}"', since="1.0")
def path_in_request_is_now(ctx: StepContext, path: str, format: str) -> None:
    """Puts the local time into the request at a path, in a format: a label of `date format`, or Arrow tokens.

    Example:
        path "/a" in request is now "default"
    """
    set_pointer(ctx, path, generated.now(ctx, format))


@given(
    'path "{path}" in request is UTC now "{format}"',
    'JSON Pointer "{path}" in request is UTC now "{format}"',
    since="1.0",
)
def path_in_request_is_utc_now(ctx: StepContext, path: str, format: str) -> None:
    """Puts the time in UTC into the request at a path.

    The format is a label of `date format`, or Arrow tokens.

    Example:
        path "/a" in request is UTC now "default"
    """
    set_pointer(ctx, path, generated.utc_now(ctx, format))


@given(
    'path "{path}" in request is UTC now "{format}" minus one hour',
    'JSON Pointer "{path}" in request is UTC now "{format}" minus one hour',
    since="1.10",
)
def path_in_request_is_utc_an_hour_ago(ctx: StepContext, path: str, format: str) -> None:
    """Puts the time in UTC of an hour ago into the request at a path.

    The format is a label of `date format`, or Arrow tokens.

    Example:
        path "/a" in request is UTC now "default" minus one hour
    """
    set_pointer(ctx, path, generated.utc_an_hour_ago(ctx, format))


@given(
    'path "{path}" in request is a random date "{format}"',
    'JSON Pointer "{path}" in request is a random date "{format}"',
    since="1.0",
)
def path_in_request_is_a_random_date(ctx: StepContext, path: str, format: str) -> None:
    """Puts a random date into the request at a path, in a format: a label of `date format`, or Arrow tokens.

    Example:
        path "/a" in request is a random date "YYYY-MM-DD"
    """
    set_pointer(ctx, path, generated.date(ctx, format))


@given(
    'path "{path}" in request is a random date after "{date_start}" "{format}"',
    'JSON Pointer "{path}" in request is a random date after "{date_start}" "{format}"',
    since="1.0",
)
def path_in_request_is_a_random_date_after(ctx: StepContext, path: str, date_start: str, format: str) -> None:
    """Puts a random date later than another one of the same format into the request at a path.

    Example:
        path "/a" in request is a random date after "2026-01-31" "YYYY-MM-DD"
    """
    set_pointer(ctx, path, generated.date_after(ctx, date_start, format))


@given(
    'path "{path}" in request is a random date before "{date_end}" "{format}"',
    'JSON Pointer "{path}" in request is a random date before "{date_end}" "{format}"',
    since="1.0",
)
def path_in_request_is_a_random_date_before(ctx: StepContext, path: str, date_end: str, format: str) -> None:
    """Puts a random date earlier than another one of the same format into the request at a path.

    Example:
        path "/a" in request is a random date before "2026-01-31" "YYYY-MM-DD"
    """
    set_pointer(ctx, path, generated.date_before(ctx, date_end, format))


@given(
    'path "{path}" in request is a random date between "{date_start}" and "{date_end}" "{format}"',
    'JSON Pointer "{path}" in request is a random date between "{date_start}" and "{date_end}" "{format}"',
    since="1.0",
)
def path_in_request_is_a_random_date_between(
    ctx: StepContext, path: str, date_start: str, date_end: str, format: str
) -> None:
    """Puts a random date between two others of the same format into the request at a path.

    Example:
        path "/a" in request is a random date between "2026-01-01" and "2026-06-30" "YYYY-MM-DD"
    """
    set_pointer(ctx, path, generated.date_between(ctx, date_start, date_end, format))
