"""Sentences that set or check many JSON paths at once, with a data table."""

from apitest import checks
from apitest.context import StepContext
from apitest.language.registry import given, then
from apitest.steps import tables
from apitest.steps.documents import json_document, request_json
from apitest.steps.lookup import place, value_at


@given("paths in request are")
def paths_in_request_are(ctx: StepContext) -> None:
    """Puts values at many paths of the request, a row each.

    The column "type" may hold the words of a single step; it may be left out where all values are texts.

    Example:
        paths in request are
          | path      | type            | value |
          | /name     |                 | Maria |
          | /visits   | an integer      | 17    |
          | /active   | True            |       |
          | /order_id | a random string |       |
    """
    request_json(ctx)
    tables.apply(ctx, tables.rows(ctx, "path", 'path "{}" in request'))


@then("paths are")
def paths_are(ctx: StepContext) -> None:
    """Checks many paths of the response, a row each, and reports all that differ.

    The column "check" may hold the words of a single step; it may be left out where all values are texts.

    Example:
        paths are
          | path    | check         | value   |
          | /name   |               | Maria   |
          | /visits | is an integer | 17      |
          | /email  | matches       | .+@.+   |
          | /id     | is any string |         |
          | /status | is one of     | new,old |
    """
    json_document(ctx)
    tables.check(ctx, tables.rows(ctx, "path", 'path "{}"'))


@then('paths in each element of "{path}" are')
def paths_in_each_element_are(ctx: StepContext, path: str) -> None:
    """Checks paths within every element of a list, a row each. The path "" is the element itself; an empty list fails.

    Example:
        paths in each element of "/orders" are
          | path   | check           | value |
          | /id    | is any integer  |       |
          | /total | is greater than | 0     |
    """
    elements = value_at(ctx, path)
    checks.is_not_empty_list(elements, place(path))
    rows = tables.rows(ctx, "path", 'path "{}"')
    tables.check(ctx, [row.below(f"{path}/{number}") for number in range(len(elements)) for row in rows])
