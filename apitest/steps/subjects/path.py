"""JSON Pointer paths of the response, and of one item of a list in it."""

from apitest.checks.mismatch import listed, written
from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.documents.display import show
from apitest.errors import CheckFailed
from apitest.steps import anew
from apitest.steps.documents import json_document
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import DOCUMENTS, Kind, Subject


def find(ctx: StepContext, path: str) -> Found:
    """The value that a JSON Pointer names in the last response."""
    return below(ctx, json_document(ctx), str(path), "the response")


def find_of_item(ctx: StepContext, path: str, items: str, key: str, wanted: object) -> Found:
    """The value that a JSON Pointer names in the only item of a list whose field has this value."""
    where = f"path {items} of the response"
    document = json_pointer.get(json_document(ctx), str(items), "the response")
    if not isinstance(document, list):
        raise CheckFailed("The value is not a list", where, actual=show(document))
    pointer = key if str(key).startswith("/") or not key else f"/{key}"
    values = [json_pointer.find(item, pointer) for item in document]
    matching = [item for item, value in zip(document, values, strict=True) if is_meant(value, wanted)]
    if len(matching) != 1:
        there = [value for value in values if value is not json_pointer.MISSING]
        raise CheckFailed(
            f"{len(matching) or 'No'} items have {key} {show(wanted)}, where one is needed",
            where,
            actual=f"{key} is {listed(there)}" if there else f"no item has {key}",
        )
    return below(ctx, matching[0], str(path), f'the item of {items} whose {key} is "{written(wanted)}"')


def find_whole(ctx: StepContext) -> Found:
    """The whole document of the last response."""
    return Found(ctx, "the JSON of the response", [json_document(ctx)])


def is_meant(value: object, wanted: object) -> bool:
    """Whether a value is the one that is looked for: the text itself, or a number or bool that is written so."""
    return value is not json_pointer.MISSING and written(value) == written(wanted)


def below(ctx: StepContext, document: object, path: str, where: str) -> Found:
    """The value that a JSON Pointer names in a document, which errors call ``where``."""
    found = json_pointer.find(document, path)
    return Found(
        ctx,
        f"path {path} of {where}" if path else where,
        [] if found is json_pointer.MISSING else [found],
        absent=lambda: json_pointer.absent(document, path, where),
    )


SUBJECT = Subject(
    "path",
    ('path "{path}" {}', 'JSON Pointer "{path}" {}'),
    'path "/value" {}',
    find,
    DOCUMENTS | {Kind.ABSENCE},
    column="path",
    again=anew.REQUEST,
)
WHOLE = Subject("JSON response", ("JSON response {}",), "JSON response {}", find_whole, DOCUMENTS, again=anew.REQUEST)
OF_ITEM = Subject(
    "path",
    ('path "{path}" of the item of "{items}" whose "{key}" is "{wanted}" {}',),
    'path "/total" of the item of "/orders" whose "id" is "5" {}',
    find_of_item,
    DOCUMENTS | {Kind.ABSENCE},
    again=anew.REQUEST,
)
