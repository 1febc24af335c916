"""PURE  A field, described for whoever makes forms of it."""

from apitest_server.internal.crud.object_type import Field
from apitest_server.openapi.schema import of_element


def described(field: Field) -> dict[str, object]:
    """Its JSON Schema, and what a form needs to know next to that."""
    default = field.element.default
    about = {"description": field.about} if field.about else {}
    return {
        "name": field.name,
        "schema": {**of_element(field.element), **about},
        "default": default if isinstance(default, str | int | float | bool) else None,
        "required": field.required,
        "secret": field.secret,
        "random": field.random,
        "filters": field.filters,
        "searched": field.searched,
        "refers_to": list(field.refers_to),
    }
