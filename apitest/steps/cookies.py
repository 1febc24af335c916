"""The sentence that sends a cookie; what servers set is a subject of checks."""

from apitest.checks.mismatch import written
from apitest.clients.http import client as http
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.registry import given

_NOT_IN_COOKIES = expression(r"[;\x00-\x1f\x7f]")


@given('cookie "{name}" "{value}"')
def set_cookie(ctx: StepContext, name: str, value: object) -> None:
    """Sends a cookie with the following requests of the scenario.

    Example:
        cookie "session" "abc123"
    """
    sent = written(value)
    if _NOT_IN_COOKIES.search(sent):
        raise BadValue(f'"{sent}" cannot be the value of a cookie', fix="Encode semicolons and line breaks, as in %3B")
    ctx.zato.adjust()  # the last response came without it
    http.cookies(ctx.zato).set(name, sent)
