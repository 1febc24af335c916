"""PURE  What a service returns -> XML.

A dictionary is an element for each key, a list an element for each item, a text that begins with ``<`` is XML already.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from xml.sax.saxutils import escape

from apitest_server.service.attrs import Payload

_NO_NAME = re.compile(r"[^\w.-]")
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ITEM = "item"  # What the items of a list are called that has no name itself


def to_xml(payload: object) -> bytes:
    """XML of any payload; what XML cannot hold, control characters for example, is a question mark."""
    if isinstance(payload, bytes | bytearray | memoryview):
        return bytes(payload)
    if isinstance(payload, Payload):
        payload = payload.plain()
    if isinstance(payload, str) and payload.lstrip().startswith("<"):
        return payload.encode("utf-8")
    return "".join(_content(payload)).encode("utf-8")


def document(root: str, payload: object) -> bytes:
    """A whole document: an element around the XML of a payload."""
    name = _name(root).encode("utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?><' + name + b">" + to_xml(payload) + b"</" + name + b">"


def _content(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _element(_name(str(name)), item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _element(ITEM, item)
    elif value is not None:
        yield escape(_NO_CHARACTER.sub("?", _text(value)))


def _element(name: str, value: object) -> Iterator[str]:
    """A list in a dictionary is its element once for each item."""
    for item in value if isinstance(value, list | tuple | set | frozenset) else [value]:
        yield f"<{name}>"
        yield from _content(item)
        yield f"</{name}>"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if isinstance(value, date) else str(value)


def _name(text: str) -> str:
    """A name of XML: what it cannot have in it is an underscore, and so is what it cannot begin with."""
    name = _NO_NAME.sub("_", text)
    return name if re.match(r"[^\W\d]", name) else f"_{name}"
