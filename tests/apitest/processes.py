"""Looking at other processes: whether they are gone, and waiting until something is true."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic

_SECONDS = 20.0


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has waited for yet has."""
    if not Path("/proc/self/stat").exists():  # no Linux
        return not _is_known(pid)
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"


def _is_known(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(is_true: Callable[[], bool]) -> None:
    """Returns once it is true; fails if it never is."""
    until, turn = monotonic() + _SECONDS, Event()
    while not is_true():
        assert monotonic() < until, f"not true after {_SECONDS} seconds"
        turn.wait(0.01)
