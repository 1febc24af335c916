"""XML that came in -> the fields of SimpleIO, told by the names of its elements, whatever their namespaces are."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from apitest_server.errors import PayloadTooLarge
from apitest_server.service.elements import DictList, Element, List
from apitest_server.service.soap import is_element, parsed, within_body
from apitest_server.service.values import in_xml

if TYPE_CHECKING:
    from lxml.etree import _Element


def fields_of(document: bytes, declared: Iterable[Element], most: int) -> dict[str, object]:
    """The elements in the root, or in what the Body of a SOAP envelope holds.

    Where elements stand directly in the Body, or the root has a text only, these are the fields themselves.

    Args:
        document: as it came.
        declared: an element that comes once is a list where one of them is.
        most: how many tags and attributes there may be.

    Raises:
        BadRequest: it is not well-formed, or has a document type.
        PayloadTooLarge: it has more than that.
    """
    if in_xml(document) > most:
        raise PayloadTooLarge(f"The request body has more than {most} values")
    root = parsed(document)
    found = within_body(root)
    outer = [root] if found is None else found
    inner = _children(outer[0]) if len(outer) == 1 else []
    fields = _object(inner or outer)
    for one in declared:
        if isinstance(one, List | DictList) and one.name in fields and not isinstance(fields[one.name], list):
            fields[one.name] = [fields[one.name]]
    return fields


def _object(elements: "Iterable[_Element]") -> dict[str, object]:
    found: dict[str, object] = {}
    for element in elements:
        name, value = element.tag.rpartition("}")[2], _value(element)
        before = found.get(name)
        if isinstance(before, list):
            before.append(value)
        else:
            found[name] = value if before is None else [before, value]
    return found


def _value(element: "_Element") -> object:
    children = _children(element)
    if children:
        return _object(children)
    return (element.text or "") + "".join(comment.tail or "" for comment in element)


def _children(element: "_Element") -> "list[_Element]":
    return [child for child in element if is_element(child)]
