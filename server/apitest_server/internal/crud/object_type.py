"""PURE  The description of a type of objects, and the types of fields that only descriptions need."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from apitest_server.outgoing.places import places
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import DateTime, Element, Int, Text

Validate = Callable[[Server, Attrs, int], None]
Declared = Callable[[Server], Iterable[Mapping[str, Any]]]


_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
LINES: dict[str, object] = {"type": "string", "format": "lines"}  # Of texts with several lines, so that forms show them
LARGEST_ID = 2**31 - 1  # What an INTEGER of PostgreSQL can hold


class Kept:
    """What a field of ``edit`` is that was not given: the object keeps its value."""

    def __bool__(self) -> bool:
        return False


KEPT = Kept()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a type of objects.

    Attributes:
        element: its name, type and default.
        required: whether ``create`` needs it.
        stored: ``plain``; for secrets ``encrypted``: the server reads it again, ``hashed``: it is only ever verified.
        random: whether a secret that is not given is a random one, else it is empty.
        unique: whether no two objects of the type may have the same value.
        searched: whether a search looks at it.
        filters: whether ``get-list`` takes it, to list only objects that have this value.
        refers_to: the kinds of the object whose ID it holds.
        about: what a person who fills it in has to know: its unit, or an example; without a full stop.
        is_given: whether services take it; else ``validate`` makes it of the other fields.
    """

    element: Element
    required: bool = False
    stored: Literal["plain", "encrypted", "hashed"] = "plain"
    random: bool = False
    unique: bool = False
    searched: bool = False
    filters: bool = False
    refers_to: tuple[str, ...] = ()
    about: str = ""
    is_given: bool = True

    @property
    def name(self) -> str:
        """The field's name."""
        return self.element.name

    @property
    def secret(self) -> bool:
        """Whether services take it and do not return it."""
        return self.stored != "plain"


def _as_given(server: Server, fields: Attrs) -> Mapping[str, object]:
    return fields


def _nothing_more(server: Server, row: Attrs) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class Generic:
    """Says that clients reach a kind as ``zato.generic.connection.*`` too, and what they send and expect there.

    Attributes:
        takes: the fields that only these clients send.
        own: makes fields of the kind out of those that were sent, parsed.
        shows: what only these clients expect in a row of a list.
    """

    takes: tuple[Element, ...] = ()
    own: Callable[[Server, Attrs], Mapping[str, object]] = _as_given
    shows: Callable[[Server, Attrs], Mapping[str, object]] = _nothing_more


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectType:
    """A type of objects; the package's docstring shows one.

    Attributes:
        name: the kind of its objects; its services are called ``zato.<name>.create`` and so on.
        title: in words, for people.
        plural: of the title, where it is not made by the rules.
        fields: next to ``id`` and ``name``.
        space: in which a name has to be unique, made of the fields where it is a function; the kind where it is empty.
        readable: a field that, where it is true, has hashed secrets encrypted instead: the server needs them itself.
        validate: looks at, and may change, the fields of an object before it is stored.
        declared: the objects that server.conf declares.
        is_built_in: whether these are not those of server.conf, but part of every server.
        told: fields that ``create`` and ``edit`` return, too.
        named: makes the name of an object of its fields, for types whose objects nobody gives a name.
        generic: how it is reached as ``zato.generic.connection.*``, for types that are.
    """

    name: str
    title: str
    plural: str = ""
    fields: tuple[Field, ...]
    space: str | Callable[[Mapping[str, object]], str] = ""
    readable: str = ""
    validate: Validate | None = None
    declared: Declared | None = None
    is_built_in: bool = False
    told: tuple[str, ...] = ()
    named: Callable[[Mapping[str, object]], str] | None = None
    generic: Generic | None = None

    @property
    def one(self) -> str:
        """One of them, within a sentence: ``an FTP connection``."""
        title = self.within
        spelled = title[:2].isupper()  # F is "ef"
        return f"an {title}" if title[0] in ("AEFHILMNORSX" if spelled else "AEIOaeio") else f"a {title}"

    @property
    def many(self) -> str:
        """Some of them, within a sentence."""
        return self._in_plural(self.within)

    @property
    def heading(self) -> str:
        """Some of them, as a heading."""
        return self._in_plural(self.title)

    @property
    def within(self) -> str:
        """The title within a sentence."""
        return self.title.replace("Outgoing", "outgoing", 1)

    def _in_plural(self, title: str) -> str:
        if self.plural:
            return self.plural
        if title.endswith("y") and title[-2:-1] not in "aeiou":
            return title[:-1] + "ies"
        return title + ("es" if title.endswith(("s", "x", "ch", "sh")) else "s")

    @property
    def origin(self) -> str:
        """Of an object that is not in the ODB: where it comes from, for errors."""
        return "is part of every server" if self.is_built_in else "is declared in server.conf"

    @property
    def names(self) -> tuple[Element, ...]:
        """The name, as ``create`` and ``edit`` take it; nothing where it is made of the fields."""
        return () if self.named else (Name("name"),)

    @property
    def given(self) -> tuple[Field, ...]:
        """The fields that services take."""
        return tuple(field for field in self.fields if field.is_given)

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields that services return."""
        return tuple(field for field in self.fields if not field.secret)

    @property
    def secrets(self) -> tuple[Field, ...]:
        """The fields that services take and do not return."""
        return tuple(field for field in self.fields if field.secret)

    def space_of(self, fields: Mapping[str, object]) -> str:
        """In which the name of an object with these fields has to be unique."""
        return self.space(fields) if callable(self.space) else self.space or self.name

    def row(self, number: int, name: str, fields: Mapping[str, object]) -> dict[str, object]:
        """An object as services return it; a field that is younger than the object has its default."""
        row = {"id": number, "name": name}
        row.update((field.name, fields.get(field.name, field.element.default)) for field in self.shown)
        return row


class Name(Text):
    """The name of an object: some text in one line."""

    def parse(self, value: object) -> str:
        """The name, without space around it."""
        text = super().parse(value).strip()
        if not text or len(text) > 200 or not text.isprintable():
            raise ValueError("must be a name of 1 to 200 printable characters")
        return text


class HeaderName(Text):
    """The name of an HTTP header."""

    def parse(self, value: object) -> str:
        """The name."""
        text = super().parse(value)
        if not _TOKEN.fullmatch(text):
            raise ValueError("must be the name of an HTTP header")
        return text


class OneOf(Text):
    """One of a few texts; the first one is the default."""

    def __init__(self, name: str, *choices: str) -> None:
        super().__init__(name, default=choices[0])
        self.choices = choices
        self.schema = {"type": "string", "enum": list(choices)}

    def parse(self, value: object) -> str:
        """The text."""
        if value == "":
            return self.choices[0]
        if value not in self.choices:
            raise ValueError(f"must be one of {', '.join(self.choices)}")
        return str(value)


class Between(Int):
    """A whole number within limits, both included."""

    def __init__(self, name: str, low: int, high: int, **options: object) -> None:
        super().__init__(name, **options)
        self.low = low
        self.high = high
        self.schema = {"type": "integer", "minimum": low, "maximum": high}

    def parse(self, value: object) -> int:
        """The number."""
        number = super().parse(value)
        if not self.low <= number <= self.high:
            raise ValueError(f"must be a whole number from {self.low} to {self.high}")
        return number


class Moment(Element):
    """A point in time, or an empty text for none."""

    schema = DateTime.schema

    def parse(self, value: object) -> object:
        """The time with its zone, or ``None``."""
        return None if value == "" else DateTime(self.name).parse(value)

    def serialize(self, value: object) -> object:
        """ISO 8601."""
        return DateTime(self.name).serialize(value)


class Reference(Between):
    """The ID of another object; 0, an empty text and ``ZATO_NONE`` for none."""

    def __init__(self, name: str, declared: bool = False, **options: object) -> None:
        """Where ``declared``, negative IDs of what server.conf declares are taken; ``validate`` has to check them."""
        super().__init__(name, -LARGEST_ID if declared else 0, LARGEST_ID, **{"default": 0, **options})

    def parse(self, value: object) -> int:
        """The ID, or 0."""
        return 0 if value in ("", "ZATO_NONE") else super().parse(value)


class Places(Text):
    """Where servers are, one a line, as a text or as a list."""

    schema = LINES

    def __init__(self, name: str, ports: Mapping[str, int], scheme: str, **options: object) -> None:
        """Takes the ports of schemes, and the scheme of lines without one."""
        super().__init__(name, **options)
        self._ports = ports
        self._scheme = scheme

    def parse(self, value: object) -> str:
        """The lines."""
        text = "\n".join(map(str, value)) if isinstance(value, list) else super().parse(value)
        places(text, self._ports, self._scheme)
        return "\n".join(line.strip() for line in text.splitlines() if line.strip())
