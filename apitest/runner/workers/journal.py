"""What a worker has not sent yet, in memory that it shares with its parent, which reads it when the worker has died.

Sending each step would wake the parent each time; a copy into this memory costs a thousandth of that. Each record has
the number of its message, so that the parent leaves out what it has received, and a checksum, since a worker may be
killed while it writes.
"""

import mmap
import os
import struct
import tempfile
from zlib import crc32

from apitest.runner.workers import pipes

SIZE = 1 << 18  # bytes
_HEAD = struct.Struct("<QII")  # a message's number, its length, and the checksum of both


def created() -> int:
    """The descriptor of memory for a journal; who has mapped it may close it.

    Raises:
        OSError: the system has no room for it.
    """
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("apitest-journal")
        os.ftruncate(descriptor, SIZE)
        return descriptor
    with tempfile.TemporaryFile() as file:
        file.write(bytes(SIZE))  # a hole that a full disk could not fill would kill who writes into it
        file.flush()
        return os.dup(file.fileno())


class Journal:
    """Records of messages, the oldest first.

    Args:
        descriptor: as `created` has it.
    """

    def __init__(self, descriptor: int) -> None:
        self._memory = mmap.mmap(descriptor, SIZE)
        self._end = 0

    def keep(self, number: int, encoded: bytes) -> bool:
        """Adds a message; false if there is no room for it.

        Args:
            number: how many messages there were before it.
            encoded: what it is.
        """
        end = self.mark(number, encoded)
        self._end = end or self._end
        return end > 0

    def mark(self, number: int, encoded: bytes) -> int:
        """Writes what the next message takes the place of; where it ends, 0 if there is no room for it."""
        end = self._end + _HEAD.size + len(encoded)
        if end > SIZE:
            return 0
        head = _HEAD.pack(number, len(encoded), crc32(encoded, number & 0xFFFFFFFF))
        self._memory[self._end : end] = head + encoded
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
        while at + _HEAD.size <= SIZE:
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
