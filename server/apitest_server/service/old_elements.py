"""PURE  Types of SimpleIO that older services declare, and the types of fields that they only name."""

import re
from collections.abc import Callable
from datetime import UTC as _UTC
from datetime import datetime

from apitest_server.service.attrs import Attrs, attrs
from apitest_server.service.elements import (
    CSV,
    UUID,
    AsIs,
    Bool,
    Date,
    DateTime,
    Decimal,
    Dict,
    DictList,
    Element,
    Float,
    Int,
    List,
    Opaque,
    Text,
)

_BOOLEANS = ("is_", "has_")
_INTEGERS = ("_count", "_size", "_timeout")
_WHOLE = re.compile(r"-?[0-9]{1,15}").fullmatch
_moment = DateTime("moment")


class UTC(Element):
    """A point in time as a text without a zone, which is UTC on either side."""

    schema = {"type": "string"}  # noqa: RUF012 - OpenAPI's date-time has a zone

    def parse(self, value: object) -> object:
        """The text, in UTC."""
        return self.serialize(_moment.parse(value))

    def serialize(self, value: object) -> object:
        """The text; of a text its zone is left out where it is that of UTC."""
        if isinstance(value, datetime):
            moment = value if value.tzinfo is None else value.astimezone(_UTC).replace(tzinfo=None)
            return moment.isoformat()
        return value.removesuffix("Z").removesuffix("+00:00") if isinstance(value, str) else value


class Nested(Element):
    """An object, or a list of objects, with attributes however deep. ``Nested('a', 'b', Int('c'))`` needs both."""

    schema = {"type": "object"}  # noqa: RUF012

    def __init__(self, name: str, *fields: "str | Element", **options: object) -> None:
        super().__init__(name, **options)
        self.fields = tuple(named(one) if isinstance(one, str) else one for one in fields)

    def parse(self, value: object) -> object:
        """The object."""
        if isinstance(value, list | tuple):
            return [self._one(item) for item in value]
        return self._one(value)

    def _one(self, value: object) -> Attrs:
        if not isinstance(value, dict):
            raise ValueError("must be an object, or a list of objects")
        found: Attrs = attrs(value)
        for field in self.fields:
            if value.get(field.name) is None:
                raise ValueError(f"must have the key `{field.name}`")
            try:
                found[field.name] = field.parse(value[field.name])
            except ValueError as error:
                raise ValueError(f"has a key `{field.name}` that {error}") from None
        return found

    def serialize(self, value: object) -> object:
        """The same, each field as its type has it."""
        if isinstance(value, list | tuple):
            return [self.serialize(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {**value, **{one.name: one.serialize(value[one.name]) for one in self.fields if one.name in value}}


class FixedWidth(Text):
    """A text of so many characters in a line of such fields; blanks fill it up, before it with ``align="right"``."""

    def __init__(self, name: str, width: int, align: str = "left", **options: object) -> None:
        super().__init__(name, **options)
        self.width = width
        self.align = align

    def padded(self, value: object) -> str:
        """What stands in the line; what is longer is cut."""
        text = "" if value is None else str(value)
        return (text.rjust(self.width) if self.align == "right" else text.ljust(self.width))[: self.width]


class Identifier(Element):
    """A whole number, unless it is a text of another kind, such as ``zpsm6ef529f7``."""

    default = ""
    schema = {"type": ["integer", "string"]}  # noqa: RUF012

    def parse(self, value: object) -> object:
        """The number, or the text."""
        if isinstance(value, str) and not _WHOLE(value):
            return value
        return _number.parse(value)

    def serialize(self, value: object) -> object:
        """The number that a text is, or what there is."""
        return int(value) if isinstance(value, str) and _WHOLE(value) else value


_number = Int("number")


def named(name: str) -> Element:
    """The type of a field that has no other: a number or a truth where its name says so, else a text."""
    plain = name.removeprefix("-")
    if plain.startswith(_BOOLEANS):
        return Bool(name, default="")
    if plain.endswith(_INTEGERS):
        return Int(name, default="")
    return Identifier(name) if plain == "id" or plain.endswith("_id") else Text(name)


ELEMENTS: dict[str, Callable[..., Element]] = {
    **{
        kind.__name__: kind
        for kind in (
            AsIs, Bool, CSV, Date, DateTime, Decimal, Dict, DictList, FixedWidth, Float, Int, List, Nested, Opaque,
            Text, UTC, UUID,
        )
    },
    "Boolean": Bool,
    "Integer": Int,
    "ListOfDicts": DictList,
    "Unicode": Text,
}  # fmt: skip
