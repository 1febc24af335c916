"""The sentences about cookies, which are kept until the scenario ends."""

import re
from typing import Any

from apitest.checks import text
from apitest.checks.mismatch import written
from apitest.clients.http import client as http
from apitest.context import StepContext
from apitest.errors import BadValue, CheckFailed
from apitest.language.registry import given, then
from apitest.language.suggestions import did_you_mean, near_misses

_NOT_IN_COOKIES = re.compile(r"[;\x00-\x1f\x7f]")


@given('cookie "{name}" "{value}"')
def set_cookie(ctx: StepContext, name: str, value: Any) -> None:
    """Sends a cookie with the following requests of the scenario.

    Example:
        cookie "session" "abc123"
    """
    sent = written(value)
    if _NOT_IN_COOKIES.search(sent):
        raise BadValue(f'"{sent}" cannot be the value of a cookie', fix="Encode semicolons and line breaks, as in %3B")
    http.cookies(ctx.zato).set(name, sent)


@then('cookie "{name}" is "{value}"')
def cookie_is(ctx: StepContext, name: str, value: Any) -> None:
    """Checks the value of a cookie that a server has set in the scenario.

    Example:
        cookie "language" is "en"
    """
    text.is_text(_cookie(ctx, name), written(value), f"cookie {name}")


@then('cookie "{name}" exists')
def cookie_exists(ctx: StepContext, name: str) -> None:
    """Checks that a server has set a cookie in the scenario.

    Example:
        cookie "session" exists
    """
    _cookie(ctx, name)


@then('cookie "{name}" does not exist')
def cookie_does_not_exist(ctx: StepContext, name: str) -> None:
    """Checks that no server has set a cookie in the scenario, or that it was deleted since.

    Example:
        cookie "session" does not exist
    """
    if name in _cookies(ctx):
        raise CheckFailed(f'There is a cookie "{name}"', "the cookies of the scenario", expected="no such cookie")


@then('I store cookie "{name}" under "{variable}"')
def store_cookie(ctx: StepContext, name: str, variable: str) -> None:
    """Stores the value of a cookie.

    Example:
        I store cookie "session" under "session_id"
    """
    ctx.zato.user_ctx[variable] = _cookie(ctx, name)


def _cookies(ctx: StepContext) -> dict[str, str]:
    """All cookies by name; of two places that set the same name, the one that did so last wins."""
    return {cookie.name: cookie.value or "" for cookie in http.cookies(ctx.zato)}


def _cookie(ctx: StepContext, name: str) -> str:
    known = _cookies(ctx)
    if name not in known:
        fix = did_you_mean(near_misses(name, known)) or f"There are: {', '.join(known) or 'no cookies'}"
        raise CheckFailed(f'There is no cookie "{name}"', "the cookies of the scenario", fix)
    return known[name]
