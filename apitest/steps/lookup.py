"""What the sentences about paths and XPaths look at, and how its place is named in a failure."""

import copy
from collections.abc import Sequence

from apitest.clients import files
from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.errors import BadValue
from apitest.language import literals
from apitest.steps.documents import json_document, response_file, with_values, xml_document

_SOAP = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")


def value_at(ctx: StepContext, path: str) -> object:
    """The value that a JSON Pointer names in the last response.

    Raises:
        CheckFailed: there is no response, it is not valid JSON, or it has nothing there.
        BadValue: the pointer is malformed.
    """
    return json_pointer.get(json_document(ctx), str(path), "the response")


def json_file(ctx: StepContext, name: str) -> object:
    """The JSON in ``<features>/json/response/<name>``, with the values of the names in braces put in.

    Raises:
        BadValue: there is no such file in the project, or it is not valid JSON.
        UnknownValue: it names what is not there.
    """
    path = response_file(ctx, "JSON", name)
    return literals.json_value(files.text_of(with_values(ctx, path, "JSON"), str(path)), f"the file {name}")


def own(value: object) -> object:
    """The value, as a copy where a later step could change it: documents share no parts with each other."""
    return copy.deepcopy(value) if isinstance(value, dict | list) else value


def doc_string(ctx: StepContext) -> str:
    """The step's doc string, with the names in braces replaced.

    Raises:
        BadValue: the step has none, or names what is not there.
    """
    return ctx.zato.interpolate(raw_doc_string(ctx))


def raw_doc_string(ctx: StepContext) -> str:
    """The step's doc string as it stands there.

    Raises:
        BadValue: the step has none.
    """
    if ctx.text is None:
        raise BadValue("This step needs a doc string", fix='Put the text below it, between two lines of """')
    return str(ctx.text)


def found_by(ctx: StepContext, xpath: str) -> Sequence[object]:
    """All that an XPath finds in the last response.

    Raises:
        CheckFailed: there is no response, or it is not valid XML.
        BadValue: the XPath is malformed, or has a prefix that is not declared.
    """
    from apitest.documents import (
        xpath as xpaths,  # here, since most projects have no XML, and lxml takes time to import
    )

    return xpaths.select(xml_document(ctx), str(xpath), ctx.zato.request.ns_map)


def text_at(ctx: StepContext, xpath: str) -> str:
    """The text of the first thing that an XPath finds in the last response.

    Raises:
        CheckFailed: there is no response, it is not valid XML, or the XPath finds nothing.
        BadValue: the XPath is malformed, or has a prefix that is not declared.
    """
    from apitest.documents import xpath as xpaths

    return xpaths.value(xml_document(ctx), str(xpath), ctx.zato.request.ns_map, "the response")


def exists(ctx: StepContext, xpath: str) -> bool:
    """Whether an XPath finds something in the last response, or computes anything but false."""
    found = found_by(ctx, xpath)
    return bool(found) and found != [False]


def fault(ctx: StepContext) -> str | None:
    """The text of the SOAP fault that the last response is, on one line; None where it is XML but no fault.

    Raises:
        CheckFailed: there is no response, or it is not valid XML.
    """
    from lxml import etree

    from apitest.documents import xpath as xpaths

    for namespace in _SOAP:
        for found in xpaths.select(xml_document(ctx), "/s:Envelope/s:Body/s:Fault", {"s": namespace}):
            assert isinstance(found, etree._Element), "what a path of elements finds"
            return " ".join(" ".join(map(str, found.itertext())).split())
    return None
