"""What is told of a worker that ended before its time."""

import signal
from contextlib import suppress

from apitest.events import Failure
from apitest.parallel.book import Running

_MEMORY = "If the machine ran out of memory, use fewer workers: -j N"


def failure(number: int, status: int, running: Running | None) -> Failure:
    """Why a worker that died did not go on.

    Args:
        number: the worker's.
        status: its exit status; the negative number of the signal that killed it.
        running: what it ran; None for no scenario.
    """
    how = f"was killed by {_name(-status)}" if status < 0 else f"ended by itself with status {status}"
    what = f'while running "{running.scenario.name}"' if running else "while no scenario ran"
    fix = _MEMORY if status == -signal.SIGKILL else ""
    return Failure("WorkerDied", 1, f"Worker {number} {how} {what}", fix=fix)


def interrupted(number: int, seconds: float) -> Failure:
    """What a worker ran when the run was ended, and did not come to its end in the time that it had."""
    return Failure("Interrupted", 1, f"Worker {number} was still running this, after {seconds:.1f} s: it was killed")


def from_outside(status: int) -> bool:
    """Whether somebody has killed a worker, as a system without memory does: its work need not be the reason."""
    return status in (-signal.SIGKILL, -signal.SIGTERM)


def nobody_left(units: int) -> Failure:
    """What is told where no worker can be started that would run the rest."""
    told = f"No worker is left to run the rest: {units} of what was handed out did not run"
    return Failure("WorkerDied", 2, told, fix="Run without -j to see what ends the process")


def _name(number: int) -> str:
    with suppress(ValueError):
        return f"signal {number} ({signal.Signals(number).name})"
    return f"signal {number}"
