"""The input of ``create`` and ``edit`` -> what to store."""

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from apitest_server.errors import BadRequest, InputError
from apitest_server.internal.crud.object_type import KEPT, Field, ObjectType
from apitest_server.odb import ODB, StoredObject
from apitest_server.odb.rows import Draft
from apitest_server.security.passwords import PREFIX as HASH
from apitest_server.security.passwords import hashed
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server


def draft(
    object_type: ObjectType, server: Server, odb: ODB, given: Mapping[str, object], old: StoredObject | None = None
) -> Draft:
    """What to store for a new object, or in the place of an old one.

    Raises:
        BadRequest: the type's `validate` refuses the fields.
    """
    before = old.fields if old else {}
    shown = {field.name: _value(field, given, before) for field in object_type.shown}
    fields = Attrs(shown, name=_name(given, old))
    for field in object_type.shown:
        if isinstance(fields[field.name], str) and "\0" in fields[field.name]:
            raise InputError(field.name, "must not hold a NUL character")
    if object_type.validate:
        object_type.validate(server, fields, old.id if old else 0)
    name = fields.pop("name")
    if object_type.named:
        name = object_type.named(fields)
    _not_declared(object_type, server, name, fields)
    return Draft(
        kind=object_type.name,
        title=object_type.title,
        space=object_type.space_of(fields),
        name=name,
        fields=_stored(object_type, fields),
        secrets=_secrets(object_type, odb, given, old, bool(object_type.readable and fields[object_type.readable])),
        searched=tuple(str(field.of(fields)) for field in object_type.shown if field.searched),
        unique=tuple(field.name for field in object_type.shown if field.unique),
        references={
            field.name: (fields[field.name], field.refers_to)
            for field in object_type.shown
            if field.refers_to and fields[field.name] > 0
        },
    )


def _name(given: Mapping[str, object], old: StoredObject | None) -> object:
    name = given.get("name", KEPT)
    return old.name if old is not None and name is KEPT else name


def _value(field: Field, given: Mapping[str, object], before: Mapping[str, object]) -> object:
    value = given.get(field.name, KEPT)
    return before.get(field.name, field.element.default) if value is KEPT else value


def _stored(object_type: ObjectType, fields: Mapping[str, object]) -> dict[str, object]:
    """JSON values: what a time or a list of parts is on the wire."""
    return {field.name: field.element.serialize(fields[field.name]) for field in object_type.shown}


def _secrets(
    object_type: ObjectType, odb: ODB, given: Mapping[str, Any], old: StoredObject | None, readable: bool
) -> dict[str, str]:
    """Those given; else those that the old object has; else random ones, or none."""
    found = {}
    for field in object_type.secrets:
        hashes = field.stored == "hashed" and not readable
        value = given.get(field.name) or ""
        kept = old.secrets.get(field.name, "") if old else ""
        if kept and not value:
            if kept.startswith(HASH) != hashes:
                raise InputError(field.name, f"has to be given again where `{object_type.readable}` changes")
            found[field.name] = kept
        else:
            value = value or (token_urlsafe(32) if field.random else "")
            found[field.name] = hashed(value) if hashes else odb.key.encrypt(value) if value else ""
    return found


def _not_declared(object_type: ObjectType, server: Server, name: str, fields: Mapping[str, object]) -> None:
    if object_type.declared is None:
        return
    space = object_type.space_of(fields)
    if any(row["name"] == name and object_type.space_of(row) == space for row in object_type.declared(server)):
        raise BadRequest(f"{object_type.title} `{name}` exists already: it {object_type.origin}")
