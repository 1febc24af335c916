"""Bodies without an envelope: JSON, forms, XML and text, each told by its content type."""

import msgspec

from apitest_server.errors import BadRequest, HTTPError
from apitest_server.invoke.reply import encode
from apitest_server.rest.codecs.codec import Body
from apitest_server.service.attrs import Payload
from apitest_server.service.forms import FORMS
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from apitest_server.service.values import in_json

JSON = b"application/json"
_TEXT = b"text/plain; charset=utf-8"
_BYTES = b"application/octet-stream"
_decode = msgspec.json.Decoder().decode


class Plain:
    """The codec of REST channels."""

    def __init__(self, data_format: str) -> None:
        """``data_format`` is what a body without a content type is; ``raw`` decodes nothing, ``xml`` gives bytes."""
        self.data_format = data_format

    def decode(self, http: HTTPRequest) -> object:
        """JSON, the fields of a form, XML as bytes, else text, or bytes if they are not UTF-8."""
        if not http.body:
            return None
        kind = http.content_type
        if self.is_xml(http):
            return http.body
        if self.data_format == "raw":
            return _text(http.body)
        if kind in FORMS:
            return http.form.plain()
        return decode_json(http.body) if self._is_json(kind) else _text(http.body)

    def values(self, http: HTTPRequest) -> int:
        """Of JSON."""
        is_raw = self.data_format == "raw" or self.is_xml(http)
        return 0 if is_raw or not self._is_json(http.content_type) else in_json(http.body)

    def is_xml(self, http: HTTPRequest) -> bool:
        """On a channel for XML, and where it is declared as such."""
        return self.data_format == "xml" or "xml" in http.content_type

    def _is_json(self, kind: str) -> bool:
        return is_json(kind) or (not kind and self.data_format == "json")

    def encode(self, response: Response, cid: str) -> Body:
        """Text and bytes as they are, nothing as nothing, everything else as JSON."""
        return body_of(response.payload)

    def fault(self, error: HTTPError, cid: str) -> tuple[int, Body]:
        """What the caller may know, and the ``cid`` to ask about."""
        return error.status, Body(encode({"result": "Error", "cid": cid, "details": error.details}), JSON)


def body_of(payload: object) -> Body:
    """A payload's bytes, and what they are."""
    if payload is None or payload == "" or payload == b"":
        return Body(b"", b"")
    if isinstance(payload, str):
        return Body(payload.encode("utf-8"), _TEXT)
    if isinstance(payload, bytes | bytearray | memoryview):
        return Body(bytes(payload), _BYTES)
    return Body(encode(payload.plain() if isinstance(payload, Payload) else payload), JSON)


def is_json(content_type: str) -> bool:
    """Whether a content type, in lower case and without parameters, is one of JSON."""
    return content_type == "application/json" or content_type.endswith("+json")


def decode_json(body: bytes) -> object:
    """JSON.

    Raises:
        BadRequest: it is malformed; says where.
    """
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest(f"The request body is not valid JSON: {error}") from None


def _text(body: bytes) -> str | bytes:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body
