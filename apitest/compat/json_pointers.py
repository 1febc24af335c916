"""Reading, setting and checking values in JSON documents, for Python steps."""

from collections.abc import Callable

from apitest import checks
from apitest.compat.datadiffs import assert_equals
from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.steps.documents import json_document
from apitest.steps.json_request import set_pointer

__all__ = ["assert_equals", "assert_value", "get_pointer", "int_types", "set_pointer"]

int_types = (int,)


def get_pointer(doc: object, pointer: str, default: object = json_pointer.MISSING) -> object:
    """The value at a JSON Pointer, or the default if there is one.

    Raises:
        CheckFailed: nothing is there, and there is no default.
    """
    if default is json_pointer.MISSING:
        return json_pointer.get(doc, pointer)
    return json_pointer.find(doc, pointer, default)


def assert_value(ctx: StepContext, path: str, value: object, wrapper: Callable[[object], object] | None = None) -> bool:
    """Asserts that the response holds a value at a JSON Pointer.

    Args:
        ctx: the step's context.
        path: the JSON Pointer.
        value: what is expected there.
        wrapper: makes the expected value of what is given, such as ``int``.

    Raises:
        CheckFailed: it holds another, or there is no response.
    """
    expected = wrapper(value) if wrapper else value
    checks.same(json_pointer.get(json_document(ctx), path, "the response"), expected, f"path {path} of the response")
    return True
