"""The services that every type of objects has, made of its description; classes by hand are for what only one has.

``Create, Edit, Delete, GetList, GetByID, GetByName = services_of(FTP, __name__)`` stands in the module of the type.
It is read without running it where that module is switched off, so the type has its ``name`` there as a text.
"""

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


def services_of(object_type: ObjectType, module: str) -> tuple[type[ObjectService], ...]:
    """The classes, in the order that the example above has; of a type with secrets ``ChangePassword`` is the last one.

    Args:
        object_type: the type.
        module: the name of the module that they become a part of.
    """
    secrets = object_type.secrets
    return tuple(_made(base, object_type, module) for base in _ABOUT if base is not ChangePassword or secrets)


def _made(base: type[ObjectService], object_type: ObjectType, module: str) -> type[ObjectService]:
    refers = any(field.name == DEFINITION for field in object_type.fields)
    bases = (Listed, base) if refers and base.verb.startswith("get-") else (base,)
    secret = object_type.secrets[0].name if object_type.secrets else ""
    said = {
        "one": object_type.one,
        "many": object_type.many,
        "secret": secret,
        "declared": ", those that are declared in front" if object_type.declared else "",
        "without": f", without its {secret}" if secret else "",
    }
    attributes = {
        "__module__": module,
        "__doc__": _ABOUT[base].format_map(said),
        "name": f"zato.{object_type.name}.{base.verb}",
        "object_type": object_type,
    }
    return type(base.__name__, bases, attributes)
