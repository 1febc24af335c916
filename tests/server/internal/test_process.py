import os
from pathlib import Path

from apitest_server.internal import _process


def test_what_this_process_takes() -> None:
    """Each figure is one that a process which runs this test can have."""
    found = _process.own_process()
    assert found["parent_pid"] == os.getppid()
    assert isinstance(found["cpu_seconds"], float)
    assert found["cpu_seconds"] > 0
    assert isinstance(found["threads"], int)
    assert found["threads"] >= 1
    if Path("/proc/self/status").exists():
        memory, largest, files = found["memory"], found["largest_memory"], found["open_files"]
        assert isinstance(memory, int)
        assert isinstance(largest, int)
        assert 1_000_000 < memory <= largest
        assert isinstance(files, int)
        assert files >= 3


def test_what_is_not_told_is_left_out(tmp_path: Path) -> None:
    """Where there is no /proc."""
    assert _process._memory(tmp_path) == {}
    assert "open_files" not in _process._files(tmp_path)
