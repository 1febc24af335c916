"""A service's payload -> bytes."""

import json
from base64 import b64encode
from datetime import date

import msgspec

from apitest_server.service.attrs import Payload


def encode(value: object) -> bytes:
    """JSON; dates, UUIDs, dataclasses, sets and objects of any other class are written as the nearest JSON value."""
    try:
        return _encode(value)
    except (TypeError, UnicodeEncodeError):
        return json.dumps(value, default=_as_msgspec, ensure_ascii=False).encode("utf-8", "replace")


def json_value(payload: object) -> object:
    """A payload as a JSON value: nothing is ``{}``, bytes are text if they are UTF-8, else Base64."""
    if payload is None or payload == "":
        return {}
    if isinstance(payload, Payload):
        return payload.plain()
    if isinstance(payload, bytes | bytearray | memoryview):
        raw = bytes(payload)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return b64encode(raw).decode("ascii")
    return payload


def _nearest(value: object) -> object:
    """What a value that msgspec does not know is written as: what its class derives from, else a text."""
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, bytes):
        return bytes(value)
    if isinstance(value, date):
        text = value.isoformat()
        return f"{text.removesuffix('+00:00')}Z" if text.endswith("+00:00") else text
    return str(value)


def _as_msgspec(value: object) -> object:
    return msgspec.to_builtins(value, enc_hook=_nearest)


_encode = msgspec.json.Encoder(enc_hook=_nearest).encode
