"""Sentences about the text that an XPath finds in the XML of the response: parts, patterns, bounds; SOAP faults."""

from typing import Any

from apitest import checks
from apitest.checks.mismatch import refused, written
from apitest.context import StepContext
from apitest.language import literals
from apitest.language.registry import then
from apitest.steps import comparing
from apitest.steps.lookup import fault, text_at, xplace


@then('XPath "{xpath}" starts with "{value}"')
def xpath_starts_with(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds starts with this.

    Example:
        XPath "//order/number" starts with "ORD-"
    """
    checks.starts_with(text_at(ctx, xpath), written(value), xplace(xpath))


@then('XPath "{xpath}" does not start with "{value}"')
def xpath_does_not_start_with(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds does not start with this.

    Example:
        XPath "//order/number" does not start with "TEST-"
    """
    checks.does_not_start_with(text_at(ctx, xpath), written(value), xplace(xpath))


@then('XPath "{xpath}" ends with "{value}"')
def xpath_ends_with(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds ends with this.

    Example:
        XPath "//invoice/file" ends with ".pdf"
    """
    checks.ends_with(text_at(ctx, xpath), written(value), xplace(xpath))


@then('XPath "{xpath}" does not end with "{value}"')
def xpath_does_not_end_with(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds does not end with this.

    Example:
        XPath "//invoice/file" does not end with ".exe"
    """
    checks.does_not_end_with(text_at(ctx, xpath), written(value), xplace(xpath))


@then('XPath "{xpath}" contains "{value}"')
def xpath_contains(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds has this in it.

    Example:
        XPath "//cust:msg" contains "updated"
    """
    checks.contains_text(text_at(ctx, xpath), written(value), xplace(xpath))


@then('XPath "{xpath}" does not contain "{value}"')
def xpath_does_not_contain(ctx: StepContext, xpath: str, value: Any) -> None:
    """Checks that the text of what an XPath finds is without this.

    Example:
        XPath "//cust:msg" does not contain "error"
    """
    checks.does_not_contain_text(text_at(ctx, xpath), written(value), xplace(xpath))


@then('XPath "{xpath}" matches "{regex}"')
def xpath_matches(ctx: StepContext, xpath: str, regex: str) -> None:
    """Checks that a part of the text that an XPath finds matches a regular expression; ^ and $ stand for its ends.

    Example:
        XPath "//order/number" matches "^ORD-[0-9]{6}$"
    """
    checks.matches(text_at(ctx, xpath), written(regex), xplace(xpath))


@then('XPath "{xpath}" does not match "{regex}"')
def xpath_does_not_match(ctx: StepContext, xpath: str, regex: str) -> None:
    """Checks that no part of the text that an XPath finds matches a regular expression.

    Example:
        XPath "//cust:name" does not match "[0-9]"
    """
    comparing.does_not_match(text_at(ctx, xpath), written(regex), xplace(xpath))


@then('XPath "{xpath}" is greater than "{number}"')
def xpath_is_greater_than(ctx: StepContext, xpath: str, number: Any) -> None:
    """Checks that the text of what an XPath finds is a number greater than this.

    Example:
        XPath "//order/total" is greater than "0"
    """
    checks.compare(comparing.as_number(text_at(ctx, xpath)), "greater than", literals.number(number), xplace(xpath))


@then('XPath "{xpath}" is less than "{number}"')
def xpath_is_less_than(ctx: StepContext, xpath: str, number: Any) -> None:
    """Checks that the text of what an XPath finds is a number less than this.

    Example:
        XPath "//order/discount" is less than "0.5"
    """
    checks.compare(comparing.as_number(text_at(ctx, xpath)), "less than", literals.number(number), xplace(xpath))


@then('XPath "{xpath}" is at least "{number}"')
def xpath_is_at_least(ctx: StepContext, xpath: str, number: Any) -> None:
    """Checks that the text of what an XPath finds is this number or a greater one.

    Example:
        XPath "//cust:age" is at least "18"
    """
    checks.compare(comparing.as_number(text_at(ctx, xpath)), "at least", literals.number(number), xplace(xpath))


@then('XPath "{xpath}" is at most "{number}"')
def xpath_is_at_most(ctx: StepContext, xpath: str, number: Any) -> None:
    """Checks that the text of what an XPath finds is this number or a smaller one.

    Example:
        XPath "//order/count" is at most "100"
    """
    checks.compare(comparing.as_number(text_at(ctx, xpath)), "at most", literals.number(number), xplace(xpath))


@then('XPath "{xpath}" is between "{low}" and "{high}"')
def xpath_is_between(ctx: StepContext, xpath: str, low: Any, high: Any) -> None:
    """Checks that the text of what an XPath finds is a number from the first to the second, both included.

    Example:
        XPath "//order/rating" is between "1" and "5"
    """
    comparing.is_between(comparing.as_number(text_at(ctx, xpath)), low, high, xplace(xpath))


@then('XPath "{xpath}" is a uuid')
def xpath_is_a_uuid(ctx: StepContext, xpath: str) -> None:
    """Checks that the text of what an XPath finds is a UUID of any version.

    Example:
        XPath "//request-id" is a uuid
    """
    checks.is_uuid(text_at(ctx, xpath), xplace(xpath))


@then('XPath "{xpath}" is a date "{format}"')
def xpath_is_a_date(ctx: StepContext, xpath: str, format: str) -> None:
    """Checks that the text of what an XPath finds is a date in this format: a label of `date format`, or Arrow tokens.

    Example:
        XPath "//order/created" is a date "YYYY-MM-DD"
    """
    comparing.is_date(text_at(ctx, xpath), ctx.zato.date_format(format), xplace(xpath))


@then("response is a SOAP fault")
def response_is_a_soap_fault(ctx: StepContext) -> None:
    """Checks that the response is a fault of SOAP 1.1 or 1.2.

    Example:
        response is a SOAP fault
    """
    if fault(ctx) is None:
        refused("The response is no SOAP fault", "the response")


@then("response is not a SOAP fault")
def response_is_not_a_soap_fault(ctx: StepContext) -> None:
    """Checks that the response is XML and no fault of SOAP 1.1 or 1.2.

    Example:
        response is not a SOAP fault
    """
    text = fault(ctx)
    if text is not None:
        refused("The response is a SOAP fault", "the response", text)
