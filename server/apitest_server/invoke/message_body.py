"""PURE  The body of a message without a type of its own, as over AMQP and ZeroMQ: as services send and get it."""

import msgspec

from apitest_server.errors import BadRequest
from apitest_server.invoke.reply import encode, json_value

_JSON = "application/json"


def body_of(data: object) -> tuple[bytes, str]:
    """What a service sends as bytes, and its content type: bytes as they are, text in UTF-8, all else as JSON."""
    if isinstance(data, bytes | bytearray | memoryview):
        return bytes(data), ""
    if isinstance(data, str):
        return data.encode("utf-8"), ""
    return encode(json_value(data) if data is not None else None), _JSON


def payload_of(body: bytes, data_format: str) -> object:
    """What a service gets of a message's bytes: text where they are UTF-8, else bytes; JSON where that is the format.

    Raises:
        BadRequest: it is not JSON.
    """
    if data_format != "json":
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            return body
    try:
        return msgspec.json.decode(body) if body else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadRequest("The message is not valid JSON") from None
