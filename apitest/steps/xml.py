"""Sentences about what an XPath finds in the XML of the response: whether, how much and what exactly."""

from typing import Any

from apitest import checks
from apitest.checks.mismatch import refused, written
from apitest.context import StepContext
from apitest.language import literals
from apitest.language.registry import then
from apitest.steps import comparing, tables
from apitest.steps.documents import xml_document
from apitest.steps.lookup import exists, text_at, texts_at, xplace


@then('XPath "{xpath}" is "{value}"', since="1.0")
def xpath_is(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the first thing that an XPath finds has exactly this text.

    Example:
        XPath "//cust:msg" is "Ok, updated"
    """
    checks.is_text(text_at(ctx, xpath), written(value), xplace(xpath))


@then('XPath "{xpath}" is not "{value}"')
def xpath_is_not(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that an XPath finds something, and that it has another text than this.

    Example:
        XPath "//cust:msg" is not "Error"
    """
    checks.is_not_text(text_at(ctx, xpath), written(value), xplace(xpath))


@then('XPath "{xpath}" is an integer "{value}"', since="1.0")
def xpath_is_an_integer(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds is this integer.

    Example:
        XPath "//cust:code" is an integer "0"
    """
    checks.is_integer(comparing.as_integer(text_at(ctx, xpath)), literals.integer(value), xplace(xpath))


@then('XPath "{xpath}" is a float "{value}"', since="1.0")
def xpath_is_a_float(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds is this number; 1, 1.0 and 1.00 are the same.

    Example:
        XPath "//order/total" is a float "29.9"
    """
    checks.is_float(comparing.as_number(text_at(ctx, xpath)), literals.number(value), xplace(xpath))


@then('XPath "{xpath}" is empty', since="1.0")
def xpath_is_empty(ctx: StepContext, xpath: str) -> None:
    """Checks that what an XPath finds is there and has no text.

    Example:
        XPath "//cust:remark" is empty
    """
    checks.is_empty(text_at(ctx, xpath), xplace(xpath))


@then('XPath "{xpath}" is not empty', since="1.0")
def xpath_is_not_empty(ctx: StepContext, xpath: str) -> None:
    """Checks that what an XPath finds is there and has a text.

    Example:
        XPath "//cust:name" is not empty
    """
    checks.is_not_empty(text_at(ctx, xpath), xplace(xpath))


@then('XPath "{xpath}" is one of "{value}"', since="1.0")
def xpath_is_one_of(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds is one of these, separated by commas.

    Example:
        XPath "//order/status" is one of "new,paid,shipped"
    """
    checks.is_one_of(text_at(ctx, xpath), literals.parse_list(value), xplace(xpath))


@then('XPath "{xpath}" is not one of "{value}"', since="1.0")
def xpath_is_not_one_of(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds is none of these, separated by commas.

    Example:
        XPath "//order/status" is not one of "lost,stolen"
    """
    checks.is_not_one_of(text_at(ctx, xpath), literals.parse_list(value), xplace(xpath))


@then('XPath "{xpath}" exists')
def xpath_exists(ctx: StepContext, xpath: str) -> None:
    """Checks that an XPath finds something.

    Example:
        XPath "//cust:id" exists
    """
    if not exists(ctx, xpath):
        text_at(ctx, xpath)  # fails, and tells how far the path leads
        refused("The XPath finds nothing", xplace(xpath))


@then('XPath "{xpath}" does not exist')
def xpath_does_not_exist(ctx: StepContext, xpath: str) -> None:
    """Checks that an XPath finds nothing.

    Example:
        XPath "//cust:password" does not exist
    """
    if exists(ctx, xpath):
        refused("The XPath finds something, which it is not to", xplace(xpath), text_at(ctx, xpath))


@then('XPath "{xpath}" has "{number}" elements')
def xpath_has_elements(ctx: StepContext, xpath: str, number: Any) -> None:
    """Checks how many elements, attributes or texts an XPath finds; none is "0".

    Example:
        XPath "//order/item" has "3" elements
    """
    checks.has_length(texts_at(ctx, xpath), literals.integer(number), xplace(xpath))


@then('XPath "{xpath}" has at least "{number}" elements')
def xpath_has_at_least_elements(ctx: StepContext, xpath: str, number: Any) -> None:
    """Checks that an XPath finds so many elements, attributes or texts, or more.

    Example:
        XPath "//order/item" has at least "1" elements
    """
    comparing.length(texts_at(ctx, xpath), "at least", number, xplace(xpath))


@then('XPath "{xpath}" has at most "{number}" elements')
def xpath_has_at_most_elements(ctx: StepContext, xpath: str, number: Any) -> None:
    """Checks that an XPath finds so many elements, attributes or texts, or fewer.

    Example:
        XPath "//order/item" has at most "20" elements
    """
    comparing.length(texts_at(ctx, xpath), "at most", number, xplace(xpath))


@then("XPaths are")
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
