"""Sentences that store values under a name, for ``#name`` in later steps; and the labels of date formats."""

import base64
from typing import Any

from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.language import literals
from apitest.language.registry import given, then
from apitest.steps import generated
from apitest.steps.documents import answer, json_document
from apitest.steps.lookup import doc_string, exists, own, text_at, value_at


def store(ctx: StepContext, name: str, value: Any) -> None:
    """Stores a value, with its type, as a variable of this feature."""
    ctx.zato.user_ctx[str(name)] = own(value)


@given('date format "{name}" "{format}"', since="1.0")
def date_format(ctx: StepContext, name: str, format: str) -> None:
    """Gives a date format, made of Arrow tokens, a label to be used in place of it.

    Example:
        date format "short" "YYYY-MM-DD"
    """
    ctx.zato.date_formats[str(name)] = str(format)


@given('I store "{value}" under "{name}"', since="1.0")
def store_value(ctx: StepContext, value: Any, name: str) -> None:
    """Stores a text, or the value of another variable with its type, for #name in later steps of this feature.

    Example:
        I store "Maria" under "customer_name"
    """
    store(ctx, name, value)


@given('I store an integer "{value}" under "{name}"')
def store_integer(ctx: StepContext, value: Any, name: str) -> None:
    """Stores an integer for #name in later steps of this feature.

    Example:
        I store an integer "17" under "visits"
    """
    store(ctx, name, literals.integer(value))


@given('I store JSON "{value}" under "{name}"')
def store_json(ctx: StepContext, value: Any, name: str) -> None:
    """Stores a JSON value of any kind for #name in later steps of this feature.

    Example:
        I store JSON "{"sku": "A-1", "count": 2}" under "item"
    """
    store(ctx, name, literals.json_value(value, "the JSON of this step"))


@given('I store JSON under "{name}"')
def store_json_text(ctx: StepContext, name: str) -> None:
    '''Stores the JSON value of the doc string for #name in later steps of this feature.

    Example:
        I store JSON under "item"
          """
          {"sku": "A-1", "count": 2}
          """
    '''
    store(ctx, name, literals.json_value(doc_string(ctx), "the doc string"))


@given('I store text under "{name}"')
def store_text(ctx: StepContext, name: str) -> None:
    '''Stores the text of the doc string for #name in later steps of this feature.

    Example:
        I store text under "letter"
          """
          Dear #{customer_name},
          your order is on its way.
          """
    '''
    store(ctx, name, doc_string(ctx))


@given('I store a random string under "{name}"', since="1.1")
def store_random_string(ctx: StepContext, name: str) -> None:
    """Stores a random text that starts with a letter.

    Example:
        I store a random string under "order_id"
    """
    store(ctx, name, generated.string(ctx))


@given('I store a random integer under "{name}"', since="1.1")
def store_random_integer(ctx: StepContext, name: str) -> None:
    """Stores a random integer from 0 to 99.

    Example:
        I store a random integer under "count"
    """
    store(ctx, name, generated.integer(ctx))


@given('I store a random float under "{name}"', since="1.1")
def store_random_float(ctx: StepContext, name: str) -> None:
    """Stores a random number with decimals, from 0 to 99.

    Example:
        I store a random float under "price"
    """
    store(ctx, name, generated.floating(ctx))


@given('I store a UUID4 under "{name}"')
def store_uuid(ctx: StepContext, name: str) -> None:
    """Stores a random UUID.

    Example:
        I store a UUID4 under "request_id"
    """
    store(ctx, name, generated.uuid(ctx))


@given('I store a random date under "{name}", format "{format}"', since="1.1")
def store_random_date(ctx: StepContext, name: str, format: str) -> None:
    """Stores a random date. The format is a label of `date format`, or Arrow tokens.

    Example:
        I store a random date under "birthday", format "YYYY-MM-DD"
    """
    store(ctx, name, generated.date(ctx, format))


@given('I store now under "{name}", format "{format}"')
def store_now(ctx: StepContext, name: str, format: str) -> None:
    """Stores the local time. The format is a label of `date format`, or Arrow tokens.

    Example:
        I store now under "started", format "default"
    """
    store(ctx, name, generated.now(ctx, format))


@given('I store UTC now under "{name}", format "{format}"')
def store_utc_now(ctx: StepContext, name: str, format: str) -> None:
    """Stores the time in UTC. The format is a label of `date format`, or Arrow tokens.

    Example:
        I store UTC now under "started", format "default"
    """
    store(ctx, name, generated.utc_now(ctx, format))


@given('I encode "{value}" using Base64 under "{name}"', since="1.1")
def store_base64(ctx: StepContext, value: Any, name: str) -> None:
    """Stores the Base64 form of a text, in UTF-8.

    Example:
        I encode "Maria:secret" using Base64 under "credentials"
    """
    content = value if isinstance(value, bytes) else written(value).encode()
    store(ctx, name, base64.b64encode(content).decode("ascii"))


@then('I store "{path}" from response under "{name}"', since="1.0")
def store_from_response(ctx: StepContext, path: str, name: str) -> None:
    """Stores the value at a path of the response, with its type; of an XML response, the text that an XPath finds.

    Example:
        I store "/customer/id" from response under "customer_id"
    """
    store(ctx, name, text_at(ctx, path) if answer(ctx).format == "XML" else value_at(ctx, path))


@then('I store "{path}" from response under "{name}", default "{default}"', since="1.0")
def store_from_response_or_default(ctx: StepContext, path: str, name: str, default: Any) -> None:
    """Stores the value at a path or XPath of the response, or another value where the response has nothing there.

    Example:
        I store "/customer/id" from response under "customer_id", default "none"
    """
    if answer(ctx).format == "XML":
        found = text_at(ctx, path) if exists(ctx, path) else default
    else:
        found = json_pointer.find(json_document(ctx), str(path), default)
    store(ctx, name, found)


@then('I store XPath "{xpath}" from response under "{name}"')
def store_xpath(ctx: StepContext, xpath: str, name: str) -> None:
    """Stores the text of the first thing that an XPath finds in the response, whatever format was expected.

    Example:
        I store XPath "//cust:id" from response under "customer_id"
    """
    store(ctx, name, text_at(ctx, xpath))
