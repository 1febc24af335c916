"""PURE  A type of objects and a verb -> the SimpleIO of the service."""

from copy import copy
from types import SimpleNamespace

from apitest_server.internal.crud.field_types import LARGEST_ID, Between, Name
from apitest_server.internal.crud.object_type import KEPT, Field, ObjectType
from apitest_server.service.elements import Bool, Dict, Element, Int, Text

_ID = Between("id", -LARGEST_ID - 1, LARGEST_ID)
# What the caller has seen of the fields: where one is not that any longer, nothing is changed
_EXPECTED = Dict("expected")
_CLUSTER = Int("cluster_id")  # Clients send it; there is one cluster


def declaration(object_type: ObjectType, verb: str) -> SimpleNamespace:
    """What a service of a type of objects takes and returns, with the attributes of a class ``SimpleIO``."""
    required, optional = _INPUT[verb](object_type)
    output: tuple[Element, ...] = (Int("id"), Text("name"))
    if verb.startswith("get-"):
        output += tuple(field.element for field in object_type.shown)
        output += tuple(Text(field.element.also) for field in object_type.shown if field.element.also)
        output += (Bool("is_declared"),) if object_type.declared else ()
    if verb in ("create", "edit"):
        output += tuple(_without_default(field) for field in object_type.fields if field.name in object_type.told)
    return SimpleNamespace(
        input_required=required,
        input_optional=(*optional, _CLUSTER),
        output_required=output[:2],
        output_optional=output[2:],
        **({"default_value": KEPT} if verb == "edit" else {}),
    )


_Fields = tuple[tuple[object, ...], tuple[object, ...]]


def _create(object_type: ObjectType) -> _Fields:
    required = tuple(field.element for field in object_type.given if field.required)
    return (*object_type.names, *required), tuple(field.element for field in object_type.given if not field.required)


def _edit(object_type: ObjectType) -> _Fields:
    return (_ID,), (*object_type.names, *(_without_default(field) for field in object_type.given), _EXPECTED)


def _get_list(object_type: ObjectType) -> _Fields:
    return (), (Int("cur_page"), Int("page_size"), Bool("paginate"), Text("query"), *_filters(object_type))


def _by_id(object_type: ObjectType) -> _Fields:
    return (_ID,), ()


def _by_name(object_type: ObjectType) -> _Fields:
    return (Name("name"),), _filters(object_type)


def _change_password(object_type: ObjectType) -> _Fields:
    return (_ID, Text("password1"), Text("password2")), ()


_INPUT = {
    "create": _create,
    "edit": _edit,
    "delete": _by_id,
    "get-list": _get_list,
    "get-by-id": _by_id,
    "get-by-name": _by_name,
    "change-password": _change_password,
}


def _without_default(field: Field) -> Element:
    """For ``edit``: a field that is not given is what the declaration says, not what the field is in a new object."""
    element = copy(field.element)
    vars(element).pop("default", None)
    return element


def _filters(object_type: ObjectType) -> tuple[Element, ...]:
    return tuple(_kept(field) for field in object_type.shown if field.filters)


def _kept(field: Field) -> Element:
    element = copy(field.element)
    element.default = KEPT
    return element
