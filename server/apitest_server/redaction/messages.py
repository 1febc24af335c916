"""PURE  Messages as something that JSON can hold, without their secrets."""

import json
import re
from collections.abc import Mapping, Sequence

from apitest_server.redaction.names import MASK, is_secret
from apitest_server.redaction.texts import LONGEST, masked_text

_DEEPEST = 50
_MOST = 2_000  # values that are shown of a message
_PARSED = 100_000  # characters of a text that is looked at as JSON
_NAMES = ("name", "key", "header", "field", "param")
_VALUES = ("value", "val", "values")
_TOO_MUCH = "…"
_NO_NAME = re.compile(r"[\s<>{}\"';?]").search
_PIECE = 2000


def masked(message: object) -> object:
    """The message as something that JSON can hold: what stands under the name of a secret is asterisks.

    Text that is JSON is taken as such; in other text (forms, XML, headers) secrets are masked where they stand. Text
    over 10,000 characters is cut, and so is what is very deep or has very many values.
    """
    return _Masking().of(message, 0)


class _Masking:
    """One message; counts its values."""

    def __init__(self) -> None:
        self._left = _MOST

    def of(self, message: object, depth: int) -> object:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            return _TOO_MUCH
        if isinstance(message, Mapping):
            return self._mapping(message, depth)
        if isinstance(message, list | tuple | set | frozenset):
            return self._list(list(message), depth)
        if message is None or isinstance(message, bool | int | float):
            return message
        if isinstance(message, bytes | bytearray | memoryview):
            message = _decoded(bytes(message))
        return self._text(str(message), depth)

    def _mapping(self, message: Mapping[object, object], depth: int) -> dict[str, object]:
        shown: dict[str, object] = {}
        named = any(is_secret(value) for key in _NAMES if isinstance(value := message.get(key), str))
        for key, value in message.items():
            name = _decoded(key) if isinstance(key, bytes) else str(key)
            if self._left <= 0:
                shown[_TOO_MUCH] = _TOO_MUCH
                break
            secret = is_secret(name) or (named and name.casefold() in _VALUES) or _is_torn(name, value)
            shown[masked_text(name)] = MASK if secret and _tells(value) else self.of(value, depth + 1)
        return shown

    def _list(self, items: Sequence[object], depth: int) -> list[object]:
        shown: list[object] = []
        if len(items) == 2 and isinstance(items[0], str | bytes) and isinstance(items[1], str | bytes):
            name = _decoded(items[0]) if isinstance(items[0], bytes) else items[0]
            if is_secret(name) and items[1]:
                return [name, MASK]  # A header or a field, as pairs have them
        for item in items:
            if self._left <= 0:
                return [*shown, _TOO_MUCH]
            shown.append(self.of(item, depth + 1))
        return shown

    def _text(self, text: str, depth: int) -> object:
        start = text.lstrip("\ufeff \t\r\n")[:1]
        if start in ("{", "[", '"') and len(text) <= _PARSED:
            try:
                return self.of(json.loads(text.lstrip("\ufeff")), depth + 1)
            except (ValueError, RecursionError):
                pass
        return masked_text(text)


def _is_torn(name: str, value: object) -> bool:
    """Whether a field holds a secret that stands in both: XML that was sent as a form, as curl does unless told."""
    if _NO_NAME(name) is None or not isinstance(value, str):
        return False
    text = f"{name[-_PIECE:]}={value[:_PIECE]}"
    return masked_text(text) != text


def _tells(value: object) -> bool:
    """Whether a value can be a secret: nothing, true and false are none."""
    return value not in (None, "", b"") and not isinstance(value, bool)


def _decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 where it begins with its mark or has the zeros of it."""
    head = data[: 4 * LONGEST]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if head[1:2] == b"\0" or head[:1] == b"\0":
        return data.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "replace")
    return data.decode("utf-8", "replace")
