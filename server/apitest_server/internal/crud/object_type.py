"""PURE  The description of a type of objects."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from apitest_server.internal.crud.field_types import Name
from apitest_server.odb.titles import within
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Element

if TYPE_CHECKING:
    from apitest_server.odb import StoredObject
    from apitest_server.odb.rows import Objects

Along = Callable[["Changing", int], None]  # Is given what changes objects, and the ID of the object
Validate = Callable[[Server, Attrs, int], None]
Declared = Callable[[Server], Iterable[Mapping[str, Any]]]


class Changing(Protocol):
    """What changes several objects as one act, for what depends on one of them; ``act.Act`` is."""

    @property
    def server(self) -> Server: ...
    @property
    def objects(self) -> "Objects": ...
    def edit(self, object_type: "ObjectType", number: int, given: Mapping[str, object]) -> "StoredObject": ...
    def delete(self, object_type: "ObjectType", number: int) -> "StoredObject": ...


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
        if_empty: makes what is in effect, and shown, in the place of an empty text of the other fields.
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
    if_empty: Callable[[Mapping[str, object]], str] | None = None
    is_given: bool = True

    @property
    def name(self) -> str:
        """The field's name."""
        return self.element.name

    @property
    def secret(self) -> bool:
        """Whether services take it and do not return it."""
        return self.stored != "plain"

    def of(self, fields: Mapping[str, object]) -> object:
        """The value that it has among the fields of an object; its default, if it is younger than the object."""
        value = fields.get(self.name, self.element.default)
        return self.if_empty(fields) if value == "" and self.if_empty else value


def nothing(act: "Changing", number: int) -> None:
    """What changes along with most objects."""


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
        single: of the title, within a sentence, with its article, where it is not made by the rules.
        plural: of the title, where it is not made by the rules.
        fields: next to ``id`` and ``name``.
        space: in which a name has to be unique, made of the fields where it is a function; the kind where it is empty.
        readable: a field that, where it is true, has hashed secrets encrypted instead: the server needs them itself.
        validate: looks at, and may change, the fields of an object before it is stored.
        declared: the objects that server.conf declares.
        is_built_in: whether these are not those of server.conf, but part of every server.
        told: fields that ``create`` and ``edit`` return, too.
        named: makes the name of an object of its fields, for types whose objects nobody gives a name.
        after_edit: changes what depends on an object, once that is changed, or refuses for its sake.
        before_delete: deletes what is nothing without an object, before that goes.
        generic: how it is reached as ``zato.generic.connection.*``, for types that are.
    """

    name: str
    title: str
    single: str = ""
    plural: str = ""
    fields: tuple[Field, ...]
    space: str | Callable[[Mapping[str, object]], str] = ""
    readable: str = ""
    validate: Validate | None = None
    declared: Declared | None = None
    is_built_in: bool = False
    told: tuple[str, ...] = ()
    named: Callable[[Mapping[str, object]], str] | None = None
    after_edit: Along = nothing
    before_delete: Along = nothing
    generic: Generic | None = None

    @property
    def one(self) -> str:
        """One of them, within a sentence: ``an FTP connection``."""
        if self.single:
            return self.single
        title = self.within
        spelled = title[:2].isupper()  # F is "ef"
        return f"an {title}" if title[0] in ("AEFHILMNORSX" if spelled else "AEIOaeio") else f"a {title}"

    @property
    def many(self) -> str:
        """Some of them, within a sentence."""
        return within(self.heading)

    @property
    def heading(self) -> str:
        """Some of them, as a heading."""
        title = self.title
        if self.plural:
            return self.plural
        if title.endswith("y") and title[-2:-1] not in "aeiou":
            return title[:-1] + "ies"
        return title + ("es" if title.endswith(("s", "x", "ch", "sh")) else "s")

    @property
    def within(self) -> str:
        """The title within a sentence."""
        return within(self.title)

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
        """An object as services return it."""
        row = {"id": number, "name": name}
        row.update((field.name, field.of(fields)) for field in self.shown)
        row.update((field.element.also, row[field.name]) for field in self.shown if field.element.also)
        return row
