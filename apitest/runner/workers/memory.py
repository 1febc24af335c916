"""Memory that a worker shares with its parent, for what the parent has to find where the worker has died."""

import mmap
import os

JOURNAL = 1 << 18  # bytes of what was not sent yet
COURSE = 1 << 16  # bytes of how far the scenario that runs has come; both are multiples of a page
IN_MEMORY = hasattr(os, "memfd_create")
"""Whether it is memory only, and never a file."""


def created() -> int:
    """A descriptor of new memory, all zeros; who has mapped it may close it.

    Raises:
        OSError: the system has no room for it.
    """
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("apitest-worker")
        os.ftruncate(descriptor, JOURNAL + COURSE)
        return descriptor
    import tempfile  # here, since most systems have memory that is no file

    with tempfile.TemporaryFile() as file:
        file.write(bytes(JOURNAL + COURSE))  # a hole that a full disk could not fill would kill who writes into it
        file.flush()
        return os.dup(file.fileno())


def of_journal(descriptor: int) -> mmap.mmap:
    """The part of a journal."""
    return mmap.mmap(descriptor, JOURNAL)


def of_course(descriptor: int) -> mmap.mmap:
    """The part of the course of a scenario."""
    return mmap.mmap(descriptor, COURSE, offset=JOURNAL)
