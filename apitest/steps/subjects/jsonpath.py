"""JSONPaths (RFC 9535) of the response."""

from apitest.context import StepContext
from apitest.documents import jsonpath
from apitest.errors import CheckFailed
from apitest.steps import anew
from apitest.steps.documents import json_document
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import DOCUMENTS, Kind, Subject


def find(ctx: StepContext, query: str) -> Found:
    """What a JSONPath finds in the last response: a value, or the list of all where it can find more than one."""
    return below(ctx, json_document(ctx), query, "the response")


def below(ctx: StepContext, document: object, query: str, where: str) -> Found:
    """As `find`, in a document that errors call ``where``."""
    path = _resolved(ctx, str(query))
    place = f"JSONPath {path} of {where}"
    nodes = jsonpath.select(document, path)

    def absent() -> CheckFailed:
        return CheckFailed(f"The JSONPath finds nothing: {path}", where)

    if jsonpath.is_singular(path):
        return Found(ctx, place, nodes, absent=absent)
    # A negative check fails where it does for the list, and where it does for one of its elements.
    return Found(ctx, place, [nodes, *nodes] if nodes else [], absent=absent, counted=nodes)


def _resolved(ctx: StepContext, path: str) -> str:
    """A path with the values of names put in; the $ that it starts with does not stand for one."""
    return ctx.zato.interpolate(path) if path.startswith("$") else str(ctx.zato.resolve(path))


SUBJECT = Subject(
    "JSONPath",
    ('JSONPath "{query}" {}',),
    'JSONPath "$.order.total" {}',
    find,
    DOCUMENTS | {Kind.ABSENCE},
    raw=("query",),
    column="JSONPath",
    again=anew.REQUEST,
)
