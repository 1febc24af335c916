"""Request bodies: received up to a limit, and decoded by what they say they are."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from apitest_server.errors import BadRequest, PayloadTooLarge
from apitest_server.service.http import HTTPRequest

Receive = Callable[[], Awaitable[Any]]
_decode = msgspec.json.Decoder().decode
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class ClientGone(Exception):
    """The client went away before its request was complete."""


async def receive_body(scope: Mapping[str, Any], receive: Receive, limit: int) -> bytes:
    """The whole body.

    Raises:
        PayloadTooLarge: it is over the limit; one that says so in its Content-Length is not read at all.
        ClientGone: there is nobody to answer.
    """
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit:
            raise PayloadTooLarge(f"The request body is over the limit of {limit} bytes")
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > limit:
            break
    if len(body) > limit:
        raise PayloadTooLarge(f"The request body is over the limit of {limit} bytes")
    if message["type"] == "http.disconnect":
        raise ClientGone
    return body


def decode(http: HTTPRequest, data_format: str) -> Any:
    """The payload in a body: JSON, the fields of a form, XML's bytes, else text, or bytes where it is no text.

    Args:
        http: the request.
        data_format: the channel's: what a body without a content type is; ``raw`` decodes nothing.

    Raises:
        BadRequest: it is not what it says.
    """
    if not http.body:
        return None
    kind = http.content_type
    if data_format == "xml" or "xml" in kind:
        return http.body
    if data_format == "raw":
        return _text(http.body)
    if kind in _FORMS:
        return http.form.plain()
    if kind == "application/json" or kind.endswith("+json") or (not kind and data_format == "json"):
        return decode_json(http.body)
    return _text(http.body)


def decode_json(body: bytes) -> Any:
    """JSON.

    Raises:
        BadRequest: it is malformed; says where.
    """
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest(f"The request body is malformed JSON: {error}") from None


def _text(body: bytes) -> str | bytes:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body
