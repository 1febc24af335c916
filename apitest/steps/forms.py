"""The sentences that fill in a form and attach files to it."""

from apitest.context import FeatureContext, StepContext
from apitest.language.registry import given, then
from apitest.steps import documents
from apitest.steps.headed import pairs


@given('form field "{name}" is "{value}"', 'request param "{name}" is "{value}"', since="1.9")
def form_field(ctx: StepContext, name: str, value: object) -> None:
    """Sets a field of the form that is sent; a name given twice becomes a list.

    Example:
        form field "customer" is "Maria"
    """
    _add(ctx.zato, "form", name, value)


@given("form fields")
def form_fields(ctx: StepContext) -> None:
    """Sets fields of the form that is sent, one a row of the table below the step.

    Example:
        form fields
            | name     | value |
            | customer | Maria |
            | city     | Lyon  |
    """
    for name, value in pairs(ctx):
        _add(ctx.zato, "form", name, value)


@given('request file "{name}" is "{value}"', since="1.9")
def request_file(ctx: StepContext, name: str, value: str) -> None:
    """Attaches a file from the directory form/request to the form, which is then sent as multipart.

    Example:
        request file "invoice" is "invoice.pdf"
    """
    _add(ctx.zato, "files", name, str(documents.request_file(ctx, "FORM", value)))


@then("form is cleaned up", since="1.9")
def clean_up_form(ctx: StepContext) -> None:
    """Forgets the fields and the files of the form.

    Example:
        form is cleaned up
    """
    request = ctx.zato.describe()
    if request.get("form"):
        request.pop("data", None)  # the form as it was sent
    for part in ("form", "files"):
        request.pop(part, None)


def _add(zato: FeatureContext, part: str, name: str, value: object) -> None:
    request = zato.describe()
    fields: dict[str, object] = dict(request.form if part == "form" else request.files)
    values = [*_listed(fields[name]), *_listed(value)] if name in fields else value
    request[part] = {**fields, name: values}


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]
