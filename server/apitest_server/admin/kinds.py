"""PURE  A kind of objects as the service ``zato.kind.get`` describes it."""

from collections.abc import Mapping
from typing import TypedDict


class Field(TypedDict):
    """A field.

    ``schema`` is JSON Schema; ``default`` a text, a number, true or false, or nothing; ``required`` whether ``create``
    needs it; ``secret`` whether it is never shown; ``random`` whether one is made where none is given; ``filters``
    whether lists can be narrowed by it; ``searched`` whether a search looks at it; ``refers_to`` the kinds of the
    objects whose ID it holds.
    """

    name: str
    schema: Mapping[str, object]
    default: object
    required: bool
    secret: bool
    random: bool
    filters: bool
    searched: bool
    refers_to: list[str]


class Act(TypedDict):
    """What can be done with one object: by ``id`` or ``name``, and what else the service takes."""

    verb: str
    service: str
    about: str
    by: str
    input: list[Field]


class Kind(TypedDict):
    """The kind: ``verbs`` are those that every kind can have, ``acts`` its own.

    ``is_named`` is whether people give its objects their names.
    """

    name: str
    title: str
    plural: str
    is_named: bool
    fields: list[Field]
    verbs: list[str]
    acts: list[Act]


def text_field(name: str) -> Field:
    """A text that has to be given, such as a name."""
    return {
        "name": name, "schema": {"type": "string"}, "default": "", "required": True, "secret": False, "random": False,
        "filters": False, "searched": True, "refers_to": [],
    }  # fmt: skip


def asked_for(kind: Kind) -> list[Field]:
    """The fields of a form: the name, where people give one, and those of the kind."""
    return [*([text_field("name")] if kind["is_named"] else []), *kind["fields"]]
