"""Sentences that put values into the XML of the request."""

from typing import Any

from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.language.registry import given
from apitest.steps import generated, tables
from apitest.steps.documents import request_xml


def set_text(ctx: StepContext, xpath: str, value: Any) -> None:
    """Puts the text of a value into every element and attribute that an XPath finds in the request.

    Raises:
        BadValue: there is no XML request, the XPath finds nothing, or it has a prefix that is not declared.
    """
    from apitest.documents import (
        xpath as xpaths,  # here, since most projects have no XML, and lxml takes time to import
    )

    xpaths.assign(request_xml(ctx), str(xpath), ctx.zato.request.ns_map, written(value), "the request")


@given('namespace prefix "{prefix}" of "{namespace}"', since="1.0")
def namespace_prefix(ctx: StepContext, prefix: str, namespace: str) -> None:
    """Declares a prefix for the XPaths of this feature, in requests and responses.

    Example:
        namespace prefix "cust" of "http://example.com/cust"
    """
    ctx.zato.request.ns_map[str(prefix)] = str(namespace)


@given('XPath "{xpath}" in request is "{value}"', since="1.0")
def xpath_in_request_is(ctx: StepContext, xpath: str, value: Any) -> None:
    """Puts a text into every element and attribute that an XPath finds in the request.

    Example:
        XPath "//cust:name" in request is "Maria"
    """
    set_text(ctx, xpath, value)


@given('XPath "{xpath}" in request is one of "{value}"', since="1.0")
def xpath_in_request_is_one_of(ctx: StepContext, xpath: str, value: Any) -> None:
    """Puts one of these texts, separated by commas, into what an XPath finds in the request, chosen at random.

    Example:
        XPath "//a" in request is one of "new,paid,shipped"
    """
    set_text(ctx, xpath, generated.choice(ctx, value))


@given('XPath "{xpath}" in request is a random string', since="1.0")
def xpath_in_request_is_a_random_string(ctx: StepContext, xpath: str) -> None:
    """Puts a random text that starts with a letter into what an XPath finds in the request.

    Example:
        XPath "//a" in request is a random string
    """
    set_text(ctx, xpath, generated.string(ctx))


@given('XPath "{xpath}" in request is a random integer', since="1.0")
def xpath_in_request_is_a_random_integer(ctx: StepContext, xpath: str) -> None:
    """Puts a random integer from 0 to 99 into what an XPath finds in the request.

    Example:
        XPath "//a" in request is a random integer
    """
    set_text(ctx, xpath, generated.integer(ctx))


@given('XPath "{xpath}" in request is a random float', since="1.0")
def xpath_in_request_is_a_random_float(ctx: StepContext, xpath: str) -> None:
    """Puts a random number with decimals, from 0 to 99, into what an XPath finds in the request.

    Example:
        XPath "//a" in request is a random float
    """
    set_text(ctx, xpath, generated.floating(ctx))


@given('XPath "{xpath}" in request is a UUID4')
def xpath_in_request_is_a_uuid(ctx: StepContext, xpath: str) -> None:
    """Puts a random UUID into what an XPath finds in the request.

    Example:
        XPath "//a" in request is a UUID4
    """
    set_text(ctx, xpath, generated.uuid(ctx))


@given('XPath "{xpath}" in request is now "{format}"', since="1.0")
def xpath_in_request_is_now(ctx: StepContext, xpath: str, format: str) -> None:
    """Puts the local time into what an XPath finds in the request.

    The format is a label of `date format`, or Arrow tokens.

    Example:
        XPath "//a" in request is now "default"
    """
    set_text(ctx, xpath, generated.now(ctx, format))


@given('XPath "{xpath}" in request is UTC now "{format}"', since="1.0")
def xpath_in_request_is_utc_now(ctx: StepContext, xpath: str, format: str) -> None:
    """Puts the time in UTC into what an XPath finds in the request.

    The format is a label of `date format`, or Arrow tokens.

    Example:
        XPath "//a" in request is UTC now "default"
    """
    set_text(ctx, xpath, generated.utc_now(ctx, format))


@given('XPath "{xpath}" in request is UTC now "{format}" minus one hour')
def xpath_in_request_is_utc_an_hour_ago(ctx: StepContext, xpath: str, format: str) -> None:
    """Puts the time in UTC of an hour ago into what an XPath finds in the request.

    The format is a label of `date format`, or Arrow tokens.

    Example:
        XPath "//a" in request is UTC now "default" minus one hour
    """
    set_text(ctx, xpath, generated.utc_an_hour_ago(ctx, format))


@given('XPath "{xpath}" in request is a random date "{format}"', since="1.0")
def xpath_in_request_is_a_random_date(ctx: StepContext, xpath: str, format: str) -> None:
    """Puts a random date into what an XPath finds in the request.

    The format is a label of `date format`, or Arrow tokens.

    Example:
        XPath "//a" in request is a random date "YYYY-MM-DD"
    """
    set_text(ctx, xpath, generated.date(ctx, format))


@given('XPath "{xpath}" in request is a random date after "{date_start}" "{format}"', since="1.0")
def xpath_in_request_is_a_random_date_after(ctx: StepContext, xpath: str, date_start: str, format: str) -> None:
    """Puts a random date later than another one of the same format into what an XPath finds in the request.

    Example:
        XPath "//a" in request is a random date after "2026-01-31" "YYYY-MM-DD"
    """
    set_text(ctx, xpath, generated.date_after(ctx, date_start, format))


@given('XPath "{xpath}" in request is a random date before "{date_end}" "{format}"', since="1.0")
def xpath_in_request_is_a_random_date_before(ctx: StepContext, xpath: str, date_end: str, format: str) -> None:
    """Puts a random date earlier than another one of the same format into what an XPath finds in the request.

    Example:
        XPath "//a" in request is a random date before "2026-01-31" "YYYY-MM-DD"
    """
    set_text(ctx, xpath, generated.date_before(ctx, date_end, format))


@given('XPath "{xpath}" in request is a random date between "{date_start}" and "{date_end}" "{format}"', since="1.0")
def xpath_in_request_is_a_random_date_between(
    ctx: StepContext, xpath: str, date_start: str, date_end: str, format: str
) -> None:
    """Puts a random date between two others of the same format into what an XPath finds in the request.

    Example:
        XPath "//a" in request is a random date between "2026-01-01" and "2026-06-30" "YYYY-MM-DD"
    """
    set_text(ctx, xpath, generated.date_between(ctx, date_start, date_end, format))


@given("XPaths in request are")
def xpaths_in_request_are(ctx: StepContext) -> None:
    """Puts values at many XPaths of the request, a row each.

    The column "type" may hold the words of a single step; it may be left out where all values are texts.

    Example:
        XPaths in request are
          | XPath       | type            | value |
          | //cust:name |                 | Maria |
          | //cust:id   | a random string |       |
    """
    request_xml(ctx)
    tables.apply(ctx, tables.rows(ctx, "XPath", 'XPath "{}" in request'))
