"""Objects over pipes between a parent and the workers that it started; nothing else writes to these pipes."""

import os
import pickle
import struct

_HEAD = struct.Struct("<I")
_CHUNK = 1 << 16


def pickled(message: object) -> bytes:
    """An object as bytes."""
    return pickle.dumps(message, pickle.HIGHEST_PROTOCOL)


def write(descriptor: int, *messages: bytes) -> None:
    """Writes objects that are `pickled`.

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
            found.append(pickle.loads(self._bytes[_HEAD.size : end]))  # noqa: S301 - of a process of our own
            del self._bytes[:end]
        return found

    def _end(self) -> int | None:
        if len(self._bytes) < _HEAD.size:
            return None
        end: int = _HEAD.size + _HEAD.unpack_from(self._bytes)[0]
        return end if end <= len(self._bytes) else None
