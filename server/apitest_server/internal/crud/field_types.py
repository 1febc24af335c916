"""PURE  The types of fields that only descriptions of objects need."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from apitest_server.outgoing.places import lines, places
from apitest_server.service.elements import DateTime, Element, Float, Int, Text

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
LINES: dict[str, object] = {"type": "string", "format": "lines"}  # Of texts with several lines, so that forms show them
NONE: Mapping[str, str] = MappingProxyType({})
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
LARGEST_ID = 2**31 - 1  # What an INTEGER of PostgreSQL can hold


class Name(Text):
    """The name of an object: some text in one line."""

    def parse(self, value: object) -> str:
        """The name, without space around it."""
        text = super().parse(value).strip()
        if not text or len(text) > 200 or not text.isprintable():
            raise ValueError("must be a name of 1 to 200 printable characters")
        return text


class ServiceName(Text):
    """The name of a service that an object calls; clients send ``service`` or ``service_name``, and look for either."""

    also = "service_name"

    def __init__(self, **options: object) -> None:
        super().__init__("service", **options)


class HeaderName(Text):
    """The name of an HTTP header; an empty text is the default, where it has one."""

    def __init__(self, name: str, **options: object) -> None:
        super().__init__(name, **options)
        self._empty = options.get("default")

    def parse(self, value: object) -> str:
        """The name."""
        text = super().parse(self._empty if value == "" and self._empty is not None else value)
        if text != self._empty and not _TOKEN.fullmatch(text):
            raise ValueError("must be the name of an HTTP header")
        return text


class OneOf(Text):
    """One of a few texts; the first one is the default."""

    def __init__(self, name: str, *choices: str, aliases: Mapping[str, str] = NONE) -> None:
        """Takes the texts; and what else clients call some of them, which is taken and not shown."""
        super().__init__(name, default=choices[0])
        self.choices = choices
        self._aliases = aliases
        self.schema = {"type": "string", "enum": list(choices)}

    def parse(self, value: object) -> str:
        """The text."""
        if value == "":
            return self.choices[0]
        if value in self.choices:
            return str(value)
        if isinstance(value, str) and value in self._aliases:
            return self._aliases[value]
        raise ValueError(f"must be one of {', '.join(self.choices)}")


class Between(Int):
    """A whole number within limits, both included; an empty text is the default, where it has one."""

    def __init__(self, name: str, low: int, high: int, **options: object) -> None:
        super().__init__(name, **options)
        self.low = low
        self.high = high
        self._empty = options.get("default")
        self.schema = {"type": "integer", "minimum": low, "maximum": high}

    def parse(self, value: object) -> int:
        """The number."""
        number = super().parse(self._empty if value == "" and self._empty is not None else value)
        if not self.low <= number <= self.high:
            raise ValueError(f"must be a whole number from {self.low} to {self.high}")
        return number


class Seconds(Float):
    """A time in seconds, above 0, within limits that are both included; an empty text is the default."""

    def __init__(self, name: str, longest: int, default: float, shortest: float = 0) -> None:
        super().__init__(name, default=default)
        self._shortest = shortest
        self._longest = longest
        self._usual = default

    def parse(self, value: object) -> float:
        """The time."""
        seconds = super().parse(self._usual if value == "" else value)
        if not 0 < seconds <= self._longest or seconds < self._shortest:
            limits = f"from {self._shortest:g} to" if self._shortest else "above 0, at most"
            raise ValueError(f"must be a number of seconds {limits} {self._longest}")
        return seconds


class When(DateTime):
    """A point in time that can be reckoned with: periods before and after it are times as well."""

    def parse(self, value: object) -> datetime:
        """The time, with its zone."""
        found = super().parse(value)
        if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            raise ValueError(f"must be a date and time of the years {_FIRST_YEAR} to {_LAST_YEAR}")
        return found


class Moment(Element):
    """A point in time, or an empty text for none."""

    schema = DateTime.schema

    def parse(self, value: object) -> object:
        """The time with its zone, or ``None``."""
        return None if value == "" else When(self.name).parse(value)

    def serialize(self, value: object) -> object:
        """ISO 8601."""
        return DateTime(self.name).serialize(value)


class Reference(Between):
    """The ID of another object; 0, an empty text, ``ZATO_NONE`` and ``ZATO_DEFAULT`` for none."""

    def __init__(self, name: str, declared: bool = False, **options: object) -> None:
        """Where ``declared``, negative IDs of what server.conf declares are taken; ``validate`` has to check them."""
        super().__init__(name, -LARGEST_ID if declared else 0, LARGEST_ID, **{"default": 0, **options})

    def parse(self, value: object) -> int:
        """The ID, or 0."""
        return 0 if value in ("", "ZATO_NONE", "ZATO_DEFAULT") else super().parse(value)


class Lines(Text):
    """Several texts, one a line; clients send them as a list, too."""

    def parse(self, value: object) -> str:
        """The lines."""
        each = value if isinstance(value, list) else [value]
        return "\n".join(super(Lines, self).parse(one) for one in each)


class Places(Text):
    """Where servers are, one a line or with commas between them, as a text or as a list."""

    schema = LINES

    def __init__(self, name: str, ports: Mapping[str, int], scheme: str, **options: object) -> None:
        """Takes the ports of schemes, and the scheme of lines without one."""
        super().__init__(name, **options)
        self._ports = ports
        self._scheme = scheme

    def parse(self, value: object) -> str:
        """The lines."""
        each = value if isinstance(value, list) else [value]
        text = "\n".join(super(Places, self).parse(one) for one in each)
        places(text, self._ports, self._scheme)
        return "\n".join(lines(text))
