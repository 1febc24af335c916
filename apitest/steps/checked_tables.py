"""Sentences that check or set much at once, with a data table: each row is looked up in the grid."""

from apitest import checks
from apitest.clients.websocket import client as websockets
from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.language.registry import given, then
from apitest.steps import anew, tables
from apitest.steps.documents import json_document, request_json, request_xml, xml_document
from apitest.steps.lookup import value_at


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


@given("XPaths in request are")
def xpaths_in_request_are(ctx: StepContext) -> None:
    """Puts texts into what many XPaths find in the request, a row each.

    The column "type" may hold the words of a single step; it may be left out where all values are texts.

    Example:
        XPaths in request are
          | XPath       | type            | value |
          | //cust:name |                 | Maria |
          | //cust:id   | a random string |       |
    """
    request_xml(ctx)
    tables.apply(ctx, tables.rows(ctx, "XPath", 'XPath "{}" in request'))


@then("paths are", again=anew.REQUEST)
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


@then('paths in each element of "{path}" are', again=anew.REQUEST)
def paths_in_each_element_are(ctx: StepContext, path: str) -> None:
    """Checks paths within every element of a list, a row each. The path "" is the element itself; an empty list fails.

    Example:
        paths in each element of "/orders" are
          | path   | check           | value |
          | /id    | is any integer  |       |
          | /total | is greater than | 0     |
    """
    elements = value_at(ctx, path)
    checks.is_not_empty_list(elements, f"path {path} of the response")
    assert isinstance(elements, list), "as was checked"
    rows = tables.rows(ctx, "path", 'path "{}"')
    for row in rows:
        json_pointer.parts(row.subject)
    tables.check(ctx, [row.below(f"{path}/{number}") for number in range(len(elements)) for row in rows])


@then("the message's paths are", again=anew.MESSAGE)
def paths_of_the_message_are(ctx: StepContext) -> None:
    """Checks many paths of the message that a WebSocket received last, a row each, and reports all that differ.

    Example:
        the message's paths are
          | path         | check          | value |
          | /type        |                | order |
          | /order/total | is at least    | 5     |
    """
    websockets.latest(ctx.zato).json()
    tables.check(ctx, tables.rows(ctx, "path", 'the message\'s path "{}"'))


@then("JSONPaths are", again=anew.REQUEST)
def jsonpaths_are(ctx: StepContext) -> None:
    """Checks many JSONPaths of the response, a row each, and reports all that differ.

    Example:
        JSONPaths are
          | JSONPath            | check          | value |
          | $.orders[0].id      | is any integer |       |
          | $.orders[*].status  | is one of      | a,b   |
    """
    json_document(ctx)
    tables.check(ctx, tables.rows(ctx, "JSONPath", 'JSONPath "{}"'))


@then("XPaths are", again=anew.REQUEST)
def xpaths_are(ctx: StepContext) -> None:
    """Checks many XPaths of the response, a row each, and reports all that differ.

    The column "check" may hold the words of a single step; it may be left out where all values are texts.

    Example:
        XPaths are
          | XPath       | check         | value       |
          | //cust:code | is an integer | 0           |
          | //cust:msg  |               | Ok, updated |
          | //cust:id   | exists        |             |
    """
    xml_document(ctx)
    tables.check(ctx, tables.rows(ctx, "XPath", 'XPath "{}"'))


@then("headers are", again=anew.REQUEST)
def headers_are(ctx: StepContext) -> None:
    """Checks many headers of the response, a row each, and reports all that differ.

    Example:
        headers are
          | header        | check          | value            |
          | Content-Type  |                | application/json |
          | X-Powered-By  | does not exist |                  |
    """
    tables.check(ctx, tables.rows(ctx, "header", 'header "{}"'))


@then("variables are")
def variables_are(ctx: StepContext) -> None:
    """Checks many stored variables, a row each, and reports all that differ.

    Example:
        variables are
          | variable | check         | value |
          | name     |               | Maria |
          | visits   | is an integer | 17    |
    """
    tables.check(ctx, tables.rows(ctx, "variable", 'variable "{}"'))
