"""Memory that two processes share."""

import mmap
import os

import pytest

from apitest.runner.workers import memory


@pytest.mark.parametrize("named", [True, False])
def test_both_parts_are_shared(monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
    """Who maps the same memory reads what was written, each part by itself; a file without a name does as well."""
    if not named:
        monkeypatch.delattr(os, "memfd_create", raising=False)
    descriptor = memory.created()
    sizes = {memory.of_journal: memory.JOURNAL, memory.of_course: memory.COURSE}
    maps: list[mmap.mmap] = []
    for part, size in sizes.items():
        written, read = part(descriptor), part(descriptor)
        assert read[:] == bytes(size)
        written[:] = b"x" * size
        assert read[:] == written[:]
        maps += [written, read]
    os.close(descriptor)
    for each in maps:
        each.close()
