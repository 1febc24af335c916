"""What the process of this server takes of its machine, as far as the operating system tells."""

import os
import sys
import threading
from pathlib import Path

_PROC = Path("/proc/self")  # Linux has it


def own_process() -> dict[str, object]:
    """Processor time in seconds, memory in bytes, threads, open files, and the command that it was started with."""
    used = os.times()
    return {
        "parent_pid": os.getppid(),
        "cpu_seconds": round(used.user + used.system, 3),
        "threads": threading.active_count(),
        "command": [sys.executable, *sys.argv],
        **_memory(_PROC),
        **_files(_PROC),
    }


def _memory(proc: Path) -> dict[str, int]:
    try:
        lines = (proc / "status").read_text("ascii", "replace").splitlines()
    except OSError:
        return {}
    told = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
    wanted = {"memory": "VmRSS", "largest_memory": "VmHWM"}
    return {name: int(told[key][0]) * 1024 for name, key in wanted.items() if key in told}


def _files(proc: Path) -> dict[str, int]:
    try:
        import resource  # Windows has none
    except ImportError:
        return {}
    most = {"most_open_files": resource.getrlimit(resource.RLIMIT_NOFILE)[0]}
    try:
        return {"open_files": sum(1 for _ in (proc / "fd").iterdir()), **most}
    except OSError:
        return most
