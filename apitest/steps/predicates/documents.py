"""Whether a value is a JSON document, all of it or parts."""

from apitest import checks
from apitest.checks import partial
from apitest.context import StepContext
from apitest.language import literals
from apitest.steps.lookup import doc_string, json_file
from apitest.steps.predicates.predicate import predicate, some
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind


@predicate('is JSON "{value}"', of=Kind.DOCUMENT, since="1.9")
def is_json(found: Found, value: object) -> None:
    """Checks that the value equals this JSON; the order of keys does not matter, 1 and 1.0 are the same.

    Example:
        is JSON "{"sku": "A-1", "count": 2}"
    """
    checks.same(found.value, _json(value), found.place)


@predicate("is JSON", of=Kind.DOCUMENT)
def is_json_text(found: Found) -> None:
    '''Checks that the value equals the JSON of the doc string.

    Example:
        is JSON
          """
          {"sku": "A-1", "count": 2}
          """
    '''
    checks.same(found.value, _doc_string(found.ctx), found.place)


@predicate('is JSON "{value}" in any order', of=Kind.DOCUMENT)
def is_json_in_any_order(found: Found, value: object) -> None:
    """Checks that the value equals this JSON, where lists have the same elements in whatever order.

    Example:
        is JSON "[{"id": 1}, {"id": 2}]" in any order
    """
    checks.same_in_any_order(found.value, _json(value), found.place)


@predicate('is JSON "{value}" apart from "{paths}"', of=Kind.DOCUMENT)
def is_json_apart_from(found: Found, value: object, paths: object) -> None:
    """Checks that the value equals this JSON, leaving out some paths, separated by commas, on both sides.

    Example:
        is JSON "{"sku": "A-1", "count": 2}" apart from "/id,/created"
    """
    ignored = literals.parse_list(some(paths, "The list of paths"))
    checks.same_apart_from(found.value, _json(value), ignored, found.place)


@predicate('is JSON equal to that from "{value}"', of=Kind.DOCUMENT, since="1.9")
def is_json_from(found: Found, value: str) -> None:
    """Checks that the value equals the JSON of a file in json/response.

    Example:
        is JSON equal to that from "customer.json"
    """
    checks.same(found.value, json_file(found.ctx, value), found.place)


@predicate('matches JSON "{value}"', of=Kind.DOCUMENT)
def matches_json(found: Found, value: object) -> None:
    """Checks that the value has these members, in dicts at any depth; others do not matter.

    A text in square brackets stands for what a member may be: [any integer], [any number], [any string], [any bool],
    [any list], [any dict], [any uuid], [any date], [any], [ignored], [matches ^A-]. A list whose first element is
    [contains] has the other ones as elements, in any order.

    Example:
        matches JSON "{"id": "[any integer]", "items": ["[contains]", {"sku": "A-1"}]}"
    """
    partial.matches(found.value, _json(value), found.place)


@predicate("matches JSON", of=Kind.DOCUMENT)
def matches_json_text(found: Found) -> None:
    '''Checks that the value has the members of the doc string's JSON, as `matches JSON "…"` does.

    Example:
        matches JSON
          """
          {"id": "[any integer]", "created": "[any date]", "customer": {"name": "Maria"}}
          """
    '''
    partial.matches(found.value, _doc_string(found.ctx), found.place)


@predicate('contains data from "{value}"', of=Kind.DOCUMENT, since="1.10")
def contains_data_from(found: Found, value: str) -> None:
    """Checks that the value has the JSON of a file in json/response as a part of it.

    Example:
        contains data from "item.json"
    """
    checks.contains_part(found.value, json_file(found.ctx, value), found.place)


def _json(value: object) -> object:
    return literals.json_value(value, "the expected JSON")


def _doc_string(ctx: StepContext) -> object:
    return literals.json_value(doc_string(ctx), "the doc string")
