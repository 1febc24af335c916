"""How the JSON of the pending request is changed; the values are in the grid of `setting`."""

from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.errors import BadValue, CheckFailed
from apitest.language.registry import given
from apitest.steps.documents import request_json
from apitest.steps.lookup import own


def set_pointer(ctx: StepContext, path: str, value: object) -> None:
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
    if isinstance(holder, list):
        del holder[int(names[-1])]
    elif isinstance(holder, dict):
        del holder[names[-1]]


@given('path "{path}" in request is removed', 'JSON Pointer "{path}" in request is removed')
def path_in_request_is_removed(ctx: StepContext, path: str) -> None:
    """Takes a key or an element out of the request, such as one that must be missing.

    Example:
        path "/customer/name" in request is removed
    """
    remove_pointer(ctx, path)
