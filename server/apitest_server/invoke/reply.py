"""A service's response -> bytes and headers."""

import json
from datetime import date
from typing import Any

import msgspec

from apitest_server.service.attrs import Payload
from apitest_server.service.messages import Response

RawHeaders = list[tuple[bytes, bytes]]
JSON = b"application/json"
_encode = msgspec.json.Encoder().encode
_TEXT = b"text/plain; charset=utf-8"
_BYTES = b"application/octet-stream"


def body_of(response: Response) -> tuple[bytes, bytes]:
    """The body, and the content type that goes with it unless the service gave one."""
    payload = response.payload
    if payload is None or payload == "" or payload == b"":
        return b"", b""
    if isinstance(payload, str):
        return payload.encode("utf-8"), _TEXT
    if isinstance(payload, bytes | bytearray | memoryview):
        return bytes(payload), _BYTES
    return encode(payload.plain() if isinstance(payload, Payload) else payload), JSON


def encode(value: Any) -> bytes:
    """JSON; what is no JSON value but can be told in one (a date, a UUID, a dataclass) is."""
    try:
        return _encode(value)
    except TypeError:
        return json.dumps(value, default=_told, ensure_ascii=False).encode("utf-8")


def headers_of(response: Response, default_type: bytes, length: int, fixed: RawHeaders) -> RawHeaders:
    """The headers of a response: the fixed ones, then content type and length, then the service's own."""
    headers = list(fixed)
    content_type = response.content_type.encode("latin-1") if response.content_type else default_type
    own = response.headers
    if content_type and not (own and "content-type" in map(str.lower, own)):
        headers.append((b"content-type", content_type))
    headers.append((b"content-length", str(length).encode("ascii")))
    for name, value in own.items():
        raw = name.lower().encode("latin-1")
        if raw != b"content-length":
            values = value if isinstance(value, list | tuple) else (value,)
            headers.extend((raw, str(item).encode("latin-1")) for item in values)
    headers.extend((b"set-cookie", value.encode("latin-1")) for value in response.cookie_headers())
    return headers


def _told(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)
