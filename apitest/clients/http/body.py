"""Makes the body of a request from its document, in the request's format."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from apitest.clients import files
from apitest.errors import BadValue
from apitest.language.embedding import in_text
from apitest.request import Request

FORMATS = ("JSON", "XML", "RAW", "FORM")
_dumps = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class Body(NamedTuple):
    """What is sent: the bytes, None for no body, and the Content-Type if the format has one."""

    content: bytes | None
    content_type: str | None


_NOTHING = Body(None, None)


def of(request: Request) -> Body:
    """The body of the request; ``request.data`` is set to it, as text where it is text.

    Raises:
        BadValue: the document does not fit the format, or a file to upload is missing.
    """
    make = _MAKERS.get(request.format)
    if make is None:
        raise BadValue(f'Unknown format "{request.format}"', fix=f"Write {', '.join(FORMATS)}")
    return make(request)


def dump_json(document: object) -> str:
    """A JSON document as compact text.

    Raises:
        BadValue: it holds what JSON cannot express.
    """
    try:
        return _dumps(document)
    except (TypeError, ValueError, RecursionError) as error:
        raise BadValue(f"The request cannot be written as JSON: {error}") from None


def _json(request: Request) -> Body:
    if "data_impl" not in request:
        return _as_given(request, "application/json")
    text = request.data = dump_json(request.data_impl)
    try:
        return Body(text.encode(), "application/json")
    except UnicodeEncodeError:  # half of a surrogate pair, which only an escape can express
        return Body(json.dumps(request.data_impl).encode(), "application/json")


def _xml(request: Request) -> Body:
    if "data_impl" not in request:
        return _as_given(request, "text/xml; charset=utf-8")
    from lxml import etree

    from apitest.documents import (
        xml as xmltext,  # not above: lxml takes its time to import, and most projects need none
    )

    if not isinstance(request.data_impl, etree._Element):
        raise BadValue("The format is XML, the request is not", fix='Write the line with "format" before the request')
    content = xmltext.serialise(request.data_impl)
    charset = request.data_impl.getroottree().docinfo.encoding or "utf-8"
    request.data = content.decode(charset)
    return Body(content, f"text/xml; charset={charset.lower()}")


def _raw(request: Request) -> Body:
    data = request.get("data")
    if isinstance(data, Mapping):  # which a project's own Python has set, as in zato-apitest
        return Body(urlencode(list(_pairs(data))).encode(), "application/x-www-form-urlencoded")
    return _as_given(request, None)


def _as_given(request: Request, content_type: str | None) -> Body:
    data = request.get("data")
    if data is None or data == "":
        return _NOTHING
    return Body(data if isinstance(data, bytes) else str(data).encode(), content_type)


def _form(request: Request) -> Body:
    form, uploads = request.form or {}, request.files or {}
    if uploads:
        return _multipart(form, [(name, _upload(file)) for name, file in _pairs(uploads)])
    if not form:
        return _as_given(request, "application/x-www-form-urlencoded")
    text = request.data = urlencode(list(_pairs(form)))
    return Body(text.encode(), "application/x-www-form-urlencoded")


def _pairs(fields: Mapping[str, object]) -> list[tuple[str, object]]:
    """Name and value of each field, a name with a list once for each element; true and null as in JSON."""
    return [
        (name, in_text(element) if element is None or isinstance(element, bool | dict) else element)
        for name, value in fields.items()
        for element in (value if isinstance(value, list | tuple) else [value])
    ]


def _upload(file: object) -> tuple[str, bytes, str]:
    import mimetypes

    path = Path(str(file))
    return path.name, files.read_bytes(path), mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _multipart(form: Mapping[str, object], uploads: list[tuple[str, tuple[str, bytes, str]]]) -> Body:
    from urllib3.filepost import encode_multipart_formdata

    fields = [(name, str(value)) for name, value in _pairs(form)]
    return Body(*encode_multipart_formdata([*fields, *uploads]))


_MAKERS: dict[str, Callable[[Request], Body]] = {"JSON": _json, "XML": _xml, "RAW": _raw, "FORM": _form}
