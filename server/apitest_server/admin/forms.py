"""PURE  Fields of a kind of objects -> the controls of a form; what was sent of a form -> the input of a service."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from apitest_server.admin.kinds import Field
from apitest_server.admin.words import label, plain

_INTEGER = re.compile("-?[0-9]{1,18}")
_SERVICE = re.compile(r"(.+_)?service(_name)?")
_MANY_LINES = ("_patterns", "_list", "extra", "_options")


@dataclass(frozen=True, slots=True)
class Control:
    """What a person fills in.

    Attributes:
        name: of the field.
        label: what it is called.
        kind: ``checkbox``, ``select``, ``number``, ``password``, ``lines``, ``json`` or ``text``.
        value: what is in it, as text.
        is_required: whether it has to be filled in.
        choices: of a ``select``: value and text.
        low: of a ``number``.
        high: likewise.
        step: of a ``number``: ``1`` or ``any``.
        hint: what is good to know.
        problem: what was wrong with what was sent.
        news: what somebody else has made of it meanwhile.
        is_service: whether it is the name of a service, of which there is a list to choose from.
    """

    name: str
    label: str
    kind: str
    value: str = ""
    is_required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    low: object = ""
    high: object = ""
    step: str = ""
    hint: str = ""
    problem: str = ""
    news: str = ""
    is_service: bool = False


_EXAMPLES = {
    "date-time": "Such as 2026-01-31 12:30:00, in UTC unless it says otherwise",
    "date": "Such as 2026-01-31",
}
Choices = Mapping[str, tuple[tuple[str, str], ...]]


def controls(
    fields: Iterable[Field],
    values: Mapping[str, object],
    choices: Choices,
    is_new: bool,
    problems: Mapping[str, str],
    news: Mapping[str, str] = MappingProxyType({}),
) -> list[Control]:
    """The controls of an object's fields.

    Args:
        fields: as the kind describes them.
        values: of the object, or what was sent before; what is not there has its default.
        choices: of fields that refer to other objects: values and texts.
        is_new: whether the object is still to be made.
        problems: by field, what was wrong with what was sent.
        news: by field, what somebody else has made of it.
    """
    made = []
    for field in fields:
        name = field["name"]
        value = "" if field["secret"] else plain(values.get(name, field["default"]))
        control = _control(field, value, choices.get(name), is_new, problems.get(name, ""))
        made.append(replace(control, news=news.get(name, "")))
    return made


def _control(
    field: Field, value: str, choices: tuple[tuple[str, str], ...] | None, is_new: bool, problem: str
) -> Control:
    name, is_required = field["name"], field["required"]
    made = Control(name, label(name), "json", value, problem=problem, hint="JSON, or empty")
    if field["secret"]:
        return replace(made, kind="password", hint=_hint(field, is_new), is_required=is_new and is_required)
    if choices is not None:
        shown = label(name.removesuffix("_id"))
        return replace(made, label=shown, kind="select", choices=choices, hint=_about(field), is_required=is_required)
    return _plain(field, made)


def _hint(field: Field, is_new: bool) -> str:
    if not is_new:
        return "Leave it empty to keep the present one"
    return "Leave it empty for a random one" if field["random"] else _about(field)


def _about(field: Field) -> str:
    schema = field["schema"]
    return str(schema.get("description") or _EXAMPLES.get(str(schema.get("format")), ""))


def _plain(field: Field, made: Control) -> Control:
    """By what JSON Schema says of it."""
    schema, name = field["schema"], field["name"]
    kind, options = schema.get("type"), schema.get("enum")
    hint = _about(field)
    required = replace(made, hint=hint, is_required=field["required"])
    if kind == "boolean":
        return replace(made, kind="checkbox", hint=hint)
    if isinstance(options, list):
        choices = tuple((str(choice), str(choice).replace("_", " ")) for choice in options)
        return replace(made, kind="select", choices=choices, hint=hint)
    if kind in ("integer", "number"):
        low, high = schema.get("minimum", ""), schema.get("maximum", "")
        return replace(required, kind="number", low=low, high=high, step="1" if kind == "integer" else "any")
    if kind == "array" or schema.get("format") == "lines" or (kind == "string" and name.endswith(_MANY_LINES)):
        return replace(made, kind="lines", hint=hint or "One a line")
    if kind == "string":
        return replace(required, kind="text", is_service=_SERVICE.fullmatch(name) is not None)
    return made


class BadField(ValueError):
    """What was sent of a field cannot be read.

    Attributes:
        field: its name.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


def payload(fields: Iterable[Field], sent: Mapping[str, list[str]]) -> dict[str, object]:
    """The input of ``create`` or ``edit``.

    Args:
        fields: as the kind describes them.
        sent: each field's values; one that was not sent is left out, but a checkbox that was not ticked is false.

    Raises:
        BadField: what was sent cannot be read.
    """
    found: dict[str, object] = {}
    for field in fields:
        name, schema = field["name"], field["schema"]
        values = sent.get(name)
        if schema.get("type") == "boolean":
            found[name] = values is not None and values[-1] == "true"
        elif values is not None:
            text = values[-1].replace("\r\n", "\n")
            if text or not field["secret"]:
                found[name] = _value(name, schema, text)
    return found


def _value(name: str, schema: Mapping[str, object], text: str) -> object:
    kind = schema.get("type")
    if kind == "array":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if kind == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if kind in ("integer", "number"):
        return text or None
    if kind == "string":
        return text
    return json_of(name, text) if text.strip() else None


def json_of(name: str, text: str) -> object:
    """What JSON in a field says.

    Raises:
        BadField: it is not JSON.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadField(name, "is not valid JSON; a text has to be in quotes") from None
