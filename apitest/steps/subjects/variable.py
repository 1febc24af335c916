"""Stored variables."""

from apitest.context import StepContext
from apitest.steps import anew
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import DOCUMENTS, Subject

_SIGNS = ("#", "$", "@", "vault:")


def find(ctx: StepContext, variable: object) -> Found:
    """The value of a variable: of ``#name``, or of the bare name.

    Raises:
        UnknownValue: nothing was stored under that name.
    """
    if not isinstance(variable, str):  # a value that Python code hands over
        return Found(ctx, "the variable", [variable], is_text=False)
    is_reference = variable.startswith(_SIGNS) or "{" in variable
    value = ctx.zato.resolve(variable if is_reference else f"#{variable}")
    return Found(ctx, f"variable {variable.lstrip('#')}", [value], is_text=isinstance(value, str))


SUBJECT = Subject(
    "variable",
    ('variable "{variable}" {}',),
    'variable "order" {}',
    find,
    DOCUMENTS,
    raw=("variable",),
    column="variable",
    again=anew.stays("A variable keeps its value while a step waits", "Wait for where its value comes from"),
)
