"""PURE  The types of SimpleIO: one class a type, each turning what came into what a service works with.

``parse`` raises a ``ValueError`` whose text completes "Input field `x` …".
"""

from datetime import UTC, date, datetime
from decimal import Decimal as _Decimal
from decimal import InvalidOperation
from math import isfinite
from uuid import UUID as _UUID

from apitest_server.service.attrs import Attrs, attrs

_TRUE = {"true", "yes", "on", "1", "t", "y"}
_FALSE = {"false", "no", "off", "0", "f", "n", ""}


class Element:
    """A field of an input or output.

    Attributes:
        name: the field's name.
        default: what an optional field that was not given becomes.
        schema: its JSON Schema, for API specifications.
        also: another name that clients have for it, taken where it is not given by its own; none where it is empty.
    """

    default: object = None
    also: str = ""
    schema: dict[str, object] = {}  # noqa: RUF012 - a constant of each class, never changed

    def __init__(self, name: str, **options: object) -> None:
        self.name = name
        if "default" in options:
            self.default = options["default"]

    def parse(self, value: object) -> object:
        """The value for the service, out of what came over the wire."""
        return value

    def serialize(self, value: object) -> object:
        """The value for the wire, out of what the service gave: something that JSON can hold."""
        return value

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


class Text(Element):
    """A string; numbers become strings. What a bare name in a SimpleIO is."""

    default = ""
    schema = {"type": "string"}  # noqa: RUF012

    def parse(self, value: object) -> str:
        """The string."""
        if isinstance(value, str):
            return value
        if isinstance(value, int | float | _Decimal) and not isinstance(value, bool):
            return str(value)
        raise ValueError("must be a string")

    def serialize(self, value: object) -> object:
        """Bytes are read as UTF-8; everything else is left to be what it is."""
        return value.decode("utf-8") if isinstance(value, bytes) else value


class Int(Element):
    """A whole number, also written as a string."""

    schema = {"type": "integer"}  # noqa: RUF012

    def parse(self, value: object) -> int:
        """The number; 1.0 and true are none."""
        if isinstance(value, str):
            try:
                return int(value)
            except ValueError:
                raise ValueError("must be an integer") from None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise ValueError("must be an integer")

    def serialize(self, value: object) -> object:
        """The number that a text is; everything else is left to be what it is."""
        try:
            return int(value) if isinstance(value, str) else value
        except ValueError:
            return value


class Float(Element):
    """A number, also written as a string."""

    schema = {"type": "number"}  # noqa: RUF012

    def parse(self, value: object) -> float:
        """The number; true is none."""
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError("must be a number")
        try:
            return float(value)
        except (ValueError, OverflowError):
            raise ValueError("must be a number") from None

    def serialize(self, value: object) -> object:
        """The number that a text is, if JSON can hold it; everything else is left to be what it is."""
        try:
            number = float(value) if isinstance(value, str) else None
        except ValueError:
            return value
        return value if number is None or not isfinite(number) else number


class Bool(Element):
    """True or false, also written as a string or 0 and 1."""

    schema = {"type": "boolean"}  # noqa: RUF012

    def parse(self, value: object) -> bool:
        """The truth."""
        if isinstance(value, bool):
            return value
        text = str(value).lower() if isinstance(value, int | str) else None
        if text in _TRUE:
            return True
        if text in _FALSE:
            return False
        raise ValueError("must be true or false")

    def serialize(self, value: object) -> object:
        """The truth that a text or a number is; everything else, an empty text included, is left to be what it is."""
        if isinstance(value, bool) or value == "":
            return value
        try:
            return self.parse(value)
        except ValueError:
            return value


class Opaque(Element):
    """Anything; dictionaries in it, however deep, offer attribute access."""

    def parse(self, value: object) -> object:
        """The value, with attribute access."""
        return attrs(value)


class AsIs(Element):
    """Anything, untouched."""


class List(Element):
    """A list of anything; a single value is a list of one."""

    schema = {"type": "array", "items": {}}  # noqa: RUF012

    def parse(self, value: object) -> list[object]:
        """The list."""
        if isinstance(value, list | tuple):
            return list(value)
        if isinstance(value, dict):
            raise ValueError("must be a list")
        return [value]


class Dict(Element):
    """A dictionary. ``Dict('d', 'a', '-b')`` needs the key ``a`` and may have ``b``."""

    schema = {"type": "object"}  # noqa: RUF012

    def __init__(self, name: str, *keys: str, **options: object) -> None:
        super().__init__(name, **options)
        self.required = tuple(key for key in keys if not key.startswith("-"))

    def parse(self, value: object) -> object:
        """The dictionary, its own keys also attributes."""
        if not isinstance(value, dict):
            raise ValueError("must be an object")
        for key in self.required:
            if key not in value:
                raise ValueError(f"must have the key `{key}`")
        return Attrs(value)


class DictList(Dict):
    """A list of dictionaries."""

    schema = {"type": "array", "items": {"type": "object"}}  # noqa: RUF012

    def parse(self, value: object) -> object:
        """The list of dictionaries."""
        if not isinstance(value, list | tuple):
            raise ValueError("must be a list of objects")
        return [super(DictList, self).parse(item) for item in value]


class DateTime(Element):
    """A point in time in ISO 8601; without a time zone it is UTC."""

    schema = {"type": "string", "format": "date-time"}  # noqa: RUF012

    def parse(self, value: object) -> datetime:
        """The time, with its zone."""
        found = value if isinstance(value, datetime) else self._read(value)
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    @staticmethod
    def _read(value: object) -> datetime:
        if not isinstance(value, str):
            raise ValueError("must be a date and time such as 2026-01-31T12:30:00")
        try:
            return datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError("must be a date and time such as 2026-01-31T12:30:00") from None

    def serialize(self, value: object) -> object:
        """ISO 8601."""
        return value.isoformat() if isinstance(value, date) else value


class Date(Element):
    """A day in ISO 8601; of a date with a time the day is taken."""

    schema = {"type": "string", "format": "date"}  # noqa: RUF012

    def parse(self, value: object) -> date:
        """The day."""
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if not isinstance(value, str):
            raise ValueError("must be a date such as 2026-01-31")
        try:
            return datetime.fromisoformat(value.strip()).date()
        except ValueError:
            raise ValueError("must be a date such as 2026-01-31") from None

    def serialize(self, value: object) -> object:
        """ISO 8601."""
        return value.isoformat() if isinstance(value, date) else value


class Decimal(Element):
    """A number with all of its digits; a string on the wire."""

    schema = {"type": "string", "format": "decimal"}  # noqa: RUF012

    def parse(self, value: object) -> _Decimal:
        """The number; a float is read by its shortest form."""
        if isinstance(value, bool) or not isinstance(value, int | float | str | _Decimal):
            raise ValueError("must be a decimal number")
        try:
            return _Decimal(str(value).strip())
        except InvalidOperation:
            raise ValueError("must be a decimal number") from None

    def serialize(self, value: object) -> object:
        """A string, so that no digit is lost."""
        return str(value) if isinstance(value, _Decimal) else value


class UUID(Element):
    """A UUID."""

    schema = {"type": "string", "format": "uuid"}  # noqa: RUF012

    def parse(self, value: object) -> _UUID:
        """The UUID."""
        if isinstance(value, _UUID):
            return value
        if not isinstance(value, str):
            raise ValueError("must be a UUID")
        try:
            return _UUID(value)
        except ValueError:
            raise ValueError("must be a UUID") from None

    def serialize(self, value: object) -> object:
        """Its text."""
        return str(value) if isinstance(value, _UUID) else value


class CSV(Element):
    """A list on the service's side, ``a,b,c`` on the wire."""

    schema = {"type": "string"}  # noqa: RUF012

    def parse(self, value: object) -> list[str]:
        """The parts; a list is taken as it is."""
        if isinstance(value, list | tuple):
            return [str(item) for item in value]
        if not isinstance(value, str):
            raise ValueError("must be a text such as a,b,c")
        return [part.strip() for part in value.split(",")] if value.strip() else []

    def serialize(self, value: object) -> object:
        """The parts with commas between them."""
        return ",".join(map(str, value)) if isinstance(value, list | tuple) else value
