"""Sentences that put values into the JSON of the pending request."""

from typing import Any

from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.errors import BadValue, CheckFailed
from apitest.language import literals
from apitest.language.registry import given
from apitest.steps.documents import request_json
from apitest.steps.lookup import doc_string, own


def set_pointer(ctx: StepContext, path: str, value: Any) -> None:
    """Puts a value, with its type, into the request's JSON at a JSON Pointer; what is missing on the way is created.

    Raises:
        BadValue: there is no JSON request, or the pointer leads to no place in it.
    """
    ctx.zato.request.data_impl = json_pointer.put(request_json(ctx), str(path), own(value), "the request")


def remove_pointer(ctx: StepContext, path: str) -> None:
    """Takes what a JSON Pointer names out of the request's JSON.

    Raises:
        BadValue: there is no JSON request, nothing is there, or the pointer is that of the whole request.
    """
    document, names = request_json(ctx), json_pointer.parts(str(path))
    try:
        json_pointer.get(document, str(path))
    except CheckFailed as absent:
        raise BadValue(absent.problem, "the request", absent.fix) from None
    if not names:
        raise BadValue("The whole request cannot be removed", fix="Name a part of it, such as /name")
    holder = json_pointer.get(document, json_pointer.join(names[:-1]))
    del holder[int(names[-1]) if isinstance(holder, list) else names[-1]]


@given('path "{path}" in request is "{value}"', 'JSON Pointer "{path}" in request is "{value}"', since="1.0")
def path_in_request_is(ctx: StepContext, path: str, value: Any) -> None:
    """Puts a text into the request at a path. A variable keeps its type.

    Example:
        path "/a" in request is "Maria"
    """
    set_pointer(ctx, path, value)


@given('path "{path}" in request is a string "{value}"', 'JSON Pointer "{path}" in request is a string "{value}"')
def path_in_request_is_a_string(ctx: StepContext, path: str, value: Any) -> None:
    """Puts a text into the request at a path, the text of a variable, too.

    Example:
        path "/a" in request is a string "0123"
    """
    set_pointer(ctx, path, written(value))


@given(
    'path "{path}" in request is "{value}" (with literal_eval)',
    'JSON Pointer "{path}" in request is "{value}" (with literal_eval)',
    since="1.11",
)
def path_in_request_is_literal(ctx: StepContext, path: str, value: Any) -> None:
    """Puts the value of a Python literal into the request: a number, list, dict, True, None.

    Example:
        path "/a" in request is "[1, 2, None]" (with literal_eval)
    """
    set_pointer(ctx, path, literals.literal(value))


@given(
    'path "{path}" in request is an integer "{value}"',
    'JSON Pointer "{path}" in request is an integer "{value}"',
    since="1.0",
)
def path_in_request_is_an_integer(ctx: StepContext, path: str, value: Any) -> None:
    """Puts an integer into the request at a path.

    Example:
        path "/a" in request is an integer "17"
    """
    set_pointer(ctx, path, literals.integer(value))


@given(
    'path "{path}" in request is a float "{value}"',
    'JSON Pointer "{path}" in request is a float "{value}"',
    since="1.0",
)
def path_in_request_is_a_float(ctx: StepContext, path: str, value: Any) -> None:
    """Puts a number with decimals into the request at a path.

    Example:
        path "/a" in request is a float "29.90"
    """
    set_pointer(ctx, path, literals.number(value))


@given('path "{path}" in request is True', 'JSON Pointer "{path}" in request is True', since="1.12")
def path_in_request_is_true(ctx: StepContext, path: str) -> None:
    """Puts true into the request at a path.

    Example:
        path "/a" in request is True
    """
    set_pointer(ctx, path, True)


@given('path "{path}" in request is False', 'JSON Pointer "{path}" in request is False', since="1.12")
def path_in_request_is_false(ctx: StepContext, path: str) -> None:
    """Puts false into the request at a path.

    Example:
        path "/a" in request is False
    """
    set_pointer(ctx, path, False)


@given('path "{path}" in request is null', 'JSON Pointer "{path}" in request is null')
def path_in_request_is_null(ctx: StepContext, path: str) -> None:
    """Puts null into the request at a path.

    Example:
        path "/a" in request is null
    """
    set_pointer(ctx, path, None)


@given(
    'path "{path}" in request is a list "{value}"', 'JSON Pointer "{path}" in request is a list "{value}"', since="1.0"
)
def path_in_request_is_a_list(ctx: StepContext, path: str, value: Any) -> None:
    """Puts a list of texts into the request at a path. Commas separate them, as in CSV.

    Example:
        path "/a" in request is a list "red,green,blue"
    """
    set_pointer(ctx, path, literals.parse_list(value))


@given('path "{path}" in request is JSON "{value}"', 'JSON Pointer "{path}" in request is JSON "{value}"')
def path_in_request_is_json(ctx: StepContext, path: str, value: Any) -> None:
    """Puts a JSON value of any kind into the request at a path.

    Example:
        path "/a" in request is JSON "{"sku": "A-1", "count": 2}"
    """
    set_pointer(ctx, path, literals.json_value(value, "the JSON of this step"))


@given('path "{path}" in request is JSON', 'JSON Pointer "{path}" in request is JSON')
def path_in_request_is_json_text(ctx: StepContext, path: str) -> None:
    '''Puts the JSON of the doc string into the request at a path.

    Example:
        path "/order/item" in request is JSON
          """
          {"sku": "A-1", "count": 2}
          """
    '''
    set_pointer(ctx, path, literals.json_value(doc_string(ctx), "the doc string"))


@given('path "{path}" in request is removed', 'JSON Pointer "{path}" in request is removed')
def path_in_request_is_removed(ctx: StepContext, path: str) -> None:
    """Takes a key or an element out of the request, such as one that is to be missing.

    Example:
        path "/customer/name" in request is removed
    """
    remove_pointer(ctx, path)
