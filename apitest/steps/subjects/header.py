"""Headers of the response; names are the same in any case."""

from apitest.context import StepContext
from apitest.errors import BadValue, CheckFailed
from apitest.expressions import expression
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.steps import anew, status
from apitest.steps.documents import answer
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import READ_FROM_TEXT, Kind, Subject

_NAME = expression(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def find(ctx: StepContext, header: str) -> Found:
    """The value of a header.

    Raises:
        BadValue: no header can have this name.
    """
    name = str(header)
    if not _NAME.fullmatch(name):
        raise BadValue(f'"{name}" cannot be the name of a header', fix='Write the name only: header "Content-Type"')
    headers = status.http(answer(ctx)).received.headers
    value = headers.get(name)

    def absent() -> CheckFailed:
        fix = did_you_mean(near_misses(name, headers)) or f"There are: {', '.join(headers)}"
        return CheckFailed(f'There is no header "{name}"', "the headers of the response", fix)

    return Found(ctx, f"header {name}", [] if value is None else [value], absent=absent, is_text=True)


SUBJECT = Subject(
    "header",
    ('header "{header}" {}',),
    'header "X-Order" {}',
    find,
    READ_FROM_TEXT | {Kind.ABSENCE},
    column="header",
    again=anew.REQUEST,
)
