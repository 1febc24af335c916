"""What a worker has not sent yet, in memory that it shares with its parent, which reads it when the worker has died.

Sending each step would wake the parent each time; a copy into this memory costs a thousandth of that. Each record has
the number of its message, so that the parent leaves out what it has received, and a checksum, since a worker may be
killed while it writes.
"""

import mmap
import struct
from collections.abc import Iterable
from zlib import crc32

from apitest.runner.workers import pipes

_HEAD = struct.Struct("<QII")  # a message's number, its length, and the checksum of both
_END = bytes(_HEAD.size)


class Journal:
    """Records of messages, the oldest first.

    Args:
        memory: that the parent has, too.
    """

    def __init__(self, memory: mmap.mmap) -> None:
        self._memory = memory
        self._end = 0

    def keep(self, number: int, encoded: bytes) -> bool:
        """Adds a message; false if there is no room for it.

        Args:
            number: how many messages there were before it.
            encoded: what it is.
        """
        end = self._write(self._end, number, encoded)
        self._end = end or self._end
        return end > 0

    def mark(self, number: int, encoded: Iterable[bytes]) -> bool:
        """Writes messages that the next one takes the place of; false if there is no room for all of them."""
        at = self._end
        self._memory[at : at + len(_END)] = _END  # of marks that are no more
        for each in encoded:
            at, number = self._write(at, number, each), number + 1
            if not at:
                return False
        return True

    def _write(self, at: int, number: int, encoded: bytes) -> int:
        """Where a record ends; 0 if there is no room for it."""
        end = at + _HEAD.size + len(encoded)
        if end + len(_END) > len(self._memory):
            return 0
        head = _HEAD.pack(number, len(encoded), crc32(encoded, number & 0xFFFFFFFF))
        self._memory[at : end + len(_END)] = head + encoded + _END  # what stood there before does not follow
        return end

    def clear(self) -> None:
        """All that was kept has been sent: what comes next takes its place."""
        self._end = 0

    def unsent(self, received: int) -> list[object]:
        """What a worker had told that its parent did not receive.

        Args:
            received: how many messages the parent has received.
        """
        found: list[object] = []
        at, expected = 0, -1
        while at + _HEAD.size <= len(self._memory):
            number, length, checksum = _HEAD.unpack_from(self._memory, at)
            encoded = self._memory[at + _HEAD.size : at + _HEAD.size + length]
            follows = number == expected if at else number <= received
            if not length or not follows or crc32(encoded, number & 0xFFFFFFFF) != checksum:
                break
            if number >= received:
                found.append(pipes.decoded(encoded))
            at, expected = at + _HEAD.size + length, number + 1
        return found

    def close(self) -> None:
        """Lets go of the memory."""
        self._memory.close()
