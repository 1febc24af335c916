"""Cookies that servers have set in the scenario, and their attributes."""

from typing import TYPE_CHECKING

from apitest.clients.http import client as http
from apitest.context import StepContext
from apitest.errors import BadValue, CheckFailed
from apitest.expressions import expression
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.steps import anew
from apitest.steps.documents import answer
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import READ_FROM_TEXT, Kind, Subject

if TYPE_CHECKING:
    from http.cookiejar import Cookie

_NOT_IN_NAMES = expression(r"[=;,\s]")
_WHERE = "the cookies of the scenario"
_ATTRIBUTES = ("Domain", "Path", "Expires", "Secure", "HttpOnly", "SameSite")


def find(ctx: StepContext, cookie: str) -> Found:
    """The value of a cookie.

    Raises:
        BadValue: no cookie can have this name.
    """
    if not cookie or _NOT_IN_NAMES.search(cookie):
        raise BadValue(f'"{cookie}" cannot be the name of a cookie', fix='Write the name only: cookie "session"')
    known = _cookies(ctx).get(cookie)
    return Found(
        ctx,
        f"cookie {cookie}",
        [] if known is None else [known.value or ""],
        absent=lambda: _absent(ctx, cookie),
        is_text=True,
    )


def find_attribute(ctx: StepContext, attribute: str, cookie: str) -> Found:
    """An attribute of a cookie; one without a value, such as Secure, is an empty text.

    Raises:
        CheckFailed: no server has set the cookie.
        BadValue: cookies have no such attribute.
    """
    known = _cookies(ctx).get(cookie)
    if known is None:
        raise _absent(ctx, cookie)
    found = _attribute(known, attribute)
    return Found(
        ctx,
        f"attribute {attribute} of cookie {cookie}",
        [] if found is None else [found],
        absent=lambda: CheckFailed(f'The cookie "{cookie}" has no attribute {attribute}', _WHERE),
        is_text=True,
    )


def _cookies(ctx: StepContext) -> dict[str, "Cookie"]:
    """The cookies that servers set, by name; of two places that set the same name, the one that did so last wins.

    Raises:
        CheckFailed: the scenario has sent no request yet, so that no server can have set any.
    """
    answer(ctx)
    return {cookie.name: cookie for cookie in http.cookies(ctx.zato) if cookie.domain}


def _absent(ctx: StepContext, name: str) -> CheckFailed:
    known = _cookies(ctx)
    fix = did_you_mean(near_misses(name, known)) or f"There are: {', '.join(known) or 'no cookies'}"
    return CheckFailed(f'No server has set a cookie "{name}"', _WHERE, fix)


def _attribute(cookie: "Cookie", attribute: str) -> object:
    wanted = attribute.casefold()
    if wanted not in map(str.casefold, _ATTRIBUTES):
        raise BadValue(f"Cookies have no attribute {attribute}", fix=f"There are {', '.join(_ATTRIBUTES)}.")
    if wanted == "secure":
        return "" if cookie.secure else None
    if wanted == "expires":
        return None if cookie.expires is None else _moment(cookie.expires)
    if wanted in ("domain", "path"):
        return getattr(cookie, wanted)
    stated = {name.casefold(): name for name in vars(cookie).get("_rest", {})}
    return cookie.get_nonstandard_attr(stated[wanted]) or "" if wanted in stated else None


def _moment(seconds: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).isoformat()


SUBJECT = Subject(
    "cookie",
    ('cookie "{cookie}" {}',),
    'cookie "session" {}',
    find,
    READ_FROM_TEXT | {Kind.ABSENCE},
    column="cookie",
    again=anew.REQUEST,
)
ATTRIBUTE = Subject(
    "cookie attribute",
    ('attribute "{attribute}" of cookie "{cookie}" {}',),
    'attribute "SameSite" of cookie "session" {}',
    find_attribute,
    READ_FROM_TEXT | {Kind.ABSENCE},
    again=anew.REQUEST,
)
