"""PURE  Fields of SimpleIO -> JSON Schema."""

from collections.abc import Iterable

from apitest_server.service.elements import Dict, Element, Text
from apitest_server.service.simpleio import Fields

_PLAIN = (str, int, float, bool)


def of_element(element: Element) -> dict[str, object]:
    """The schema of one field."""
    schema = dict(element.schema)
    if isinstance(element, Dict) and element.required:
        if schema.get("type") == "array":
            schema["items"] = {"type": "object", "required": list(element.required)}
        else:
            schema["required"] = list(element.required)
    default = element.default
    if isinstance(default, _PLAIN) and not (isinstance(element, Text) and default == ""):
        schema["default"] = default
    return schema


def of_fields(fields: Fields, without: Iterable[str] = ()) -> dict[str, object]:
    """The schema of a message with these fields, without those that come or go another way."""
    left_out = set(without)
    elements = [element for element in fields.elements if element.name not in left_out]
    required = [element.name for element in fields.required if element.name not in left_out]
    schema: dict[str, object] = {
        "type": "object",
        "properties": {element.name: of_element(element) for element in elements},
    }
    if required:
        schema["required"] = required
    return schema


def one_or_many(schema: dict[str, object]) -> dict[str, object]:
    """A response is one message or, of services that list something, a list of them."""
    return {"anyOf": [schema, {"type": "array", "items": schema}]}
