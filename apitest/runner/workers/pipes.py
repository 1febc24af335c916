"""Objects over pipes between a parent and the workers that it started; nothing else writes to these pipes."""

import marshal
import os
import pickle
import struct
from typing import cast

from apitest import events

_HEAD = struct.Struct("<I")
_CHUNK = 1 << 16
MARSHAL = 2  # the last of its versions that does not look for what is there twice
_Plain = events.StepFinished | events.ScenarioStarted | events.ScenarioFinished
# What most messages are, by a first byte that no pickle begins with.
_KINDS: dict[int, type[_Plain]] = {
    ord("F"): events.StepFinished,
    ord("S"): events.ScenarioStarted,
    ord("E"): events.ScenarioFinished,
}
_TAGS: dict[type, bytes] = {kind: bytes([tag]) for tag, kind in _KINDS.items()}


def encoded(message: object) -> bytes:
    """An object as bytes. Most by marshal, which takes a fifth of the time, unless they have other parts."""
    tag = _TAGS.get(type(message))
    if tag is not None:
        try:
            return tag + marshal.dumps(tuple(cast(_Plain, message)), MARSHAL)
        except ValueError:  # a failure or exchanges
            pass
    return pickle.dumps(message, pickle.HIGHEST_PROTOCOL)


def decoded(data: bytes) -> object:
    """What was `encoded`."""
    kind = _KINDS.get(data[0])
    if kind is None:
        return pickle.loads(data)  # noqa: S301 - of a process of our own
    return kind._make(marshal.loads(memoryview(data)[1:]))  # noqa: S302 - as above


def write(descriptor: int, *messages: bytes) -> None:
    """Writes objects that are `encoded`.

    Raises:
        OSError: nobody reads it.
    """
    view = memoryview(b"".join([part for data in messages for part in (_HEAD.pack(len(data)), data)]))
    while view:
        view = view[os.write(descriptor, view) :]


class Inbox:
    """Reads objects from a pipe."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._bytes = bytearray()

    def fill(self) -> bool:
        """Reads what there is, or waits until there is something; false at the end of the pipe."""
        data = os.read(self._descriptor, _CHUNK)
        self._bytes += data
        return bool(data)

    def messages(self) -> list[object]:
        """The objects that have come completely."""
        found = []
        while (end := self._end()) is not None:
            found.append(decoded(bytes(self._bytes[_HEAD.size : end])))
            del self._bytes[:end]
        return found

    def _end(self) -> int | None:
        if len(self._bytes) < _HEAD.size:
            return None
        end: int = _HEAD.size + _HEAD.unpack_from(self._bytes)[0]
        return end if end <= len(self._bytes) else None
