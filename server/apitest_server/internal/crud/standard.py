"""The services that every type of objects has, made of its description; classes by hand are for what only one has.

``Create, Edit, Delete, GetList, GetByID, GetByName = services_of(FTP, __name__)`` stands in the module of the type.
It is read without running it where that module is switched off, so the type has its ``name`` there as a text.
"""

from collections.abc import Mapping

from apitest_server.internal.crud.object_type import ObjectType
from apitest_server.internal.crud.of_definitions import DEFINITION, Listed
from apitest_server.internal.crud.services import (
    ChangePassword,
    Create,
    Delete,
    Edit,
    GetByID,
    GetByName,
    GetList,
    ObjectService,
)

_ABOUT: dict[type[ObjectService], str] = {
    Create: "Creates {one}; it takes effect at once.",
    Edit: "Changes the given fields of {one}, at once; the others keep their values.",
    Delete: "Deletes {one}, unless others need it.",
    GetList: "Lists {many} by name{declared}; by page, search words and fields.",
    GetByID: "Returns {one}, found by its ID{without}.",
    GetByName: "Returns {one}, found by its name{without}.",
    ChangePassword: "Changes the {secret} of {one}, at once.",
}
NONE: Mapping[str, str] = {}


def services_of(
    object_type: ObjectType, module: str, said: Mapping[str, str] = NONE, *also: type[ObjectService]
) -> tuple[type[ObjectService], ...]:
    """The classes, in the order that the example above has; of a type with secrets ``ChangePassword`` is the last one.

    Args:
        object_type: the type.
        module: the name of the module that they become a part of.
        said: what one of them does, by its verb, such as ``get-list``, where there is more to say than of most types.
        also: what all of them derive from, for what only services of this type take and return.

    Raises:
        TypeError: something is said of a verb that the type does not have.
    """
    bases = [base for base in _ABOUT if base is not ChangePassword or object_type.secrets]
    unknown = said.keys() - {base.verb for base in bases}
    if unknown:
        raise TypeError(f"`{object_type.name}` has no {', '.join(sorted(unknown))}")
    return tuple(_made((*also, base), said.get(base.verb, _ABOUT[base]), object_type, module) for base in bases)


def _made(
    bases: tuple[type[ObjectService], ...], about: str, object_type: ObjectType, module: str
) -> type[ObjectService]:
    base = bases[-1]
    refers = any(field.name == DEFINITION for field in object_type.fields)
    listed = (Listed,) if refers and base.verb.startswith("get-") else ()
    secret = object_type.secrets[0].name if object_type.secrets else ""
    named = {
        "one": object_type.one,
        "many": object_type.many,
        "secret": secret,
        "declared": _declared(object_type),
        "without": f", without its {secret if len(object_type.secrets) == 1 else 'secrets'}" if secret else "",
    }
    attributes = {
        "__module__": module,
        "__doc__": about.format_map(named),
        "name": f"zato.{object_type.name}.{base.verb}",
        "object_type": object_type,
    }
    return type(base.__name__, (*listed, *bases), attributes)


def _declared(object_type: ObjectType) -> str:
    if object_type.declared is None:
        return ""
    return ", those that every server has in front" if object_type.is_built_in else ", those of server.conf in front"
