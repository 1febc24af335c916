"""The sentences that check the headers of a response; names are the same in any case."""

from typing import Any

from apitest.checks import documents, text
from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.errors import CheckFailed
from apitest.language.literals import parse_list
from apitest.language.registry import then
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.steps import comparing, status
from apitest.steps.documents import answer


@then('header "{header}" is "{value}"', since="1.0")
def header_is(ctx: StepContext, header: str, value: Any) -> None:
    """Checks the value of a header.

    Example:
        header "Content-Type" is "application/json"
    """
    text.is_text(_header(ctx, header), written(value), f"header {header}")


@then('header "{header}" is not "{value}"', since="1.0")
def header_is_not(ctx: StepContext, header: str, value: Any) -> None:
    """Checks that a header is there with any other value.

    Example:
        header "Server" is not "Apache"
    """
    text.is_not_text(_header(ctx, header), written(value), f"header {header}")


@then('header "{header}" contains "{value}"', since="1.0")
def header_contains(ctx: StepContext, header: str, value: Any) -> None:
    """Checks that a header has this somewhere in its value.

    Example:
        header "Content-Type" contains "json"
    """
    text.contains_text(_header(ctx, header), written(value), f"header {header}")


@then('header "{header}" does not contain "{value}"', since="1.0")
def header_does_not_contain(ctx: StepContext, header: str, value: Any) -> None:
    """Checks that a header is there without this in its value.

    Example:
        header "Server" does not contain "/"
    """
    text.does_not_contain_text(_header(ctx, header), written(value), f"header {header}")


@then('header "{header}" starts with "{value}"', since="1.0")
def header_starts_with(ctx: StepContext, header: str, value: Any) -> None:
    """Checks what the value of a header starts with.

    Example:
        header "Content-Type" starts with "application/"
    """
    text.starts_with(_header(ctx, header), written(value), f"header {header}")


@then('header "{header}" does not start with "{value}"', since="1.0")
def header_does_not_start_with(ctx: StepContext, header: str, value: Any) -> None:
    """Checks what the value of a header does not start with.

    Example:
        header "Content-Type" does not start with "text/"
    """
    text.does_not_start_with(_header(ctx, header), written(value), f"header {header}")


@then('header "{header}" ends with "{value}"', since="1.0")
def header_ends_with(ctx: StepContext, header: str, value: Any) -> None:
    """Checks what the value of a header ends with.

    Example:
        header "Content-Type" ends with "json"
    """
    text.ends_with(_header(ctx, header), written(value), f"header {header}")


@then('header "{header}" does not end with "{value}"', since="1.0")
def header_does_not_end_with(ctx: StepContext, header: str, value: Any) -> None:
    """Checks what the value of a header does not end with.

    Example:
        header "Content-Type" does not end with "xml"
    """
    text.does_not_end_with(_header(ctx, header), written(value), f"header {header}")


@then('header "{header}" matches "{pattern}"')
def header_matches(ctx: StepContext, header: str, pattern: Any) -> None:
    """Checks that a part of a header's value matches a regular expression; ^ and $ tie it to the ends.

    Example:
        header "ETag" matches "^[0-9a-f]+$"
    """
    text.matches(_header(ctx, header), written(pattern), f"header {header}")


@then('header "{header}" does not match "{pattern}"')
def header_does_not_match(ctx: StepContext, header: str, pattern: Any) -> None:
    """Checks that a header is there, and that no part of its value matches a regular expression.

    Example:
        header "Server" does not match "[0-9]"
    """
    comparing.does_not_match(_header(ctx, header), written(pattern), f"header {header}")


@then('header "{header}" is one of "{value}"')
def header_is_one_of(ctx: StepContext, header: str, value: Any) -> None:
    """Checks that the value of a header is one of these, separated by commas.

    Example:
        header "Cache-Control" is one of "no-cache,no-store"
    """
    documents.is_one_of(_header(ctx, header), parse_list(value), f"header {header}")


@then('header "{header}" is not one of "{value}"')
def header_is_not_one_of(ctx: StepContext, header: str, value: Any) -> None:
    """Checks that a header is there, and that its value is none of these, separated by commas.

    Example:
        header "Content-Language" is not one of "de,pl"
    """
    documents.is_not_one_of(_header(ctx, header), parse_list(value), f"header {header}")


@then('header "{header}" is empty', since="1.0")
def header_is_empty(ctx: StepContext, header: str) -> None:
    """Checks that a header is there and has no value.

    Example:
        header "X-Warning" is empty
    """
    text.is_empty(_header(ctx, header), f"header {header}")


@then('header "{header}" is not empty', since="1.0")
def header_is_not_empty(ctx: StepContext, header: str) -> None:
    """Checks that a header is there and has a value.

    Example:
        header "Date" is not empty
    """
    text.is_not_empty(_header(ctx, header), f"header {header}")


@then('header "{header}" exists', since="1.0")
def header_exists(ctx: StepContext, header: str) -> None:
    """Checks that a header is there.

    Example:
        header "ETag" exists
    """
    _header(ctx, header)


@then('header "{header}" does not exist', since="1.0")
def header_does_not_exist(ctx: StepContext, header: str) -> None:
    """Checks that a header is not there.

    Example:
        header "X-Powered-By" does not exist
    """
    found = status.http(answer(ctx)).data.headers.get(header)
    if found is not None:
        raise CheckFailed(f'There is a header "{header}"', "the headers of the response", actual=found)


@then('I store header "{header}" under "{name}"')
def store_header(ctx: StepContext, header: str, name: str) -> None:
    """Stores the value of a header.

    Example:
        I store header "Location" under "location"
    """
    ctx.zato.user_ctx[name] = _header(ctx, header)


def _header(ctx: StepContext, name: str) -> str:
    headers = status.http(answer(ctx)).data.headers
    value = headers.get(name)
    if value is None:
        fix = did_you_mean(near_misses(name, headers)) or f"There are: {', '.join(headers)}"
        raise CheckFailed(f'There is no header "{name}"', "the headers of the response", fix)
    return value
