"""Sentences that store what came under a name, for ``#name`` in later steps; and the labels of date formats."""

import base64

from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.language.registry import given, then
from apitest.steps import anew
from apitest.steps.documents import answer, json_document
from apitest.steps.lookup import exists, own, text_at, value_at


def store(ctx: StepContext, name: str, value: object) -> None:
    """Stores a value, with its type, as a variable of this feature."""
    ctx.zato.user_ctx[str(name)] = own(value)


@given('date format "{name}" "{format}"', since="1.0")
def date_format(ctx: StepContext, name: str, format: str) -> None:
    """Gives a date format, made of Arrow tokens, a label to be used in place of it.

    Example:
        date format "short" "YYYY-MM-DD"
    """
    ctx.zato.date_formats[str(name)] = str(format)


@given('I encode "{value}" using Base64 under "{name}"', since="1.1")
def store_base64(ctx: StepContext, value: object, name: str) -> None:
    """Stores the Base64 form of a text, in UTF-8.

    Example:
        I encode "Maria:secret" using Base64 under "credentials"
    """
    content = value if isinstance(value, bytes) else written(value).encode()
    store(ctx, name, base64.b64encode(content).decode("ascii"))


@then('I store "{path}" from response under "{name}"', since="1.0", again=anew.REQUEST)
def store_from_response(ctx: StepContext, path: str, name: str) -> None:
    """Stores the value at a path of the response, with its type; of an XML response, the text that an XPath finds.

    Example:
        I store "/customer/id" from response under "customer_id"
    """
    store(ctx, name, text_at(ctx, path) if answer(ctx).format == "XML" else value_at(ctx, path))


@then('I store "{path}" from response under "{name}", default "{default}"', since="1.0", again=anew.REQUEST)
def store_from_response_or_default(ctx: StepContext, path: str, name: str, default: object) -> None:
    """Stores the value at a path or XPath of the response, or another value where the response has nothing there.

    Example:
        I store "/customer/id" from response under "customer_id", default "none"
    """
    if answer(ctx).format == "XML":
        found = text_at(ctx, path) if exists(ctx, path) else default
    else:
        found = json_pointer.find(json_document(ctx), str(path), default)
    store(ctx, name, found)


@then('I store XPath "{xpath}" from response under "{name}"', again=anew.REQUEST)
def store_xpath(ctx: StepContext, xpath: str, name: str) -> None:
    """Stores the text of the first thing that an XPath finds in the response, whatever format was expected.

    Example:
        I store XPath "//cust:id" from response under "customer_id"
    """
    store(ctx, name, text_at(ctx, xpath))
