"""A server in the background: started so that it outlives the command, looked for, and stopped."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from apitest_server.errors import NotRunning, StartError
from apitest_server.process.lock import Running, Seat

LOG = "server.log"
_READY = "Listening on "
_PAUSE = 0.02  # seconds between two looks whether it has stopped


def start(directory: Path, options: Sequence[str]) -> str:
    """Starts a server and waits until it answers; returns its address.

    What it logs goes to the file that server.conf names, else to server.log; what it prints, to the latter.

    Args:
        directory: the server's.
        options: more of ``apitest server start``.

    Raises:
        StartError: it did not start, with what it said.
    """
    seat = Seat(directory)
    if found := seat.taken():
        raise seat.refusal(found)
    command = [sys.executable, "-m", "apitest_server", "start", str(directory), "--fg", "--detached", *options]
    log = directory / LOG
    try:
        with open(log, "ab", opener=_private) as file:
            before = file.tell()
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=file,
                start_new_session=True,
            )
    except OSError as error:
        raise StartError(f"Cannot write the log {log}: {error.strerror or error}") from None
    assert process.stdout is not None
    with process.stdout as said:
        for line in said:
            if line.startswith(_READY.encode()):
                process.returncode = 0  # It goes on without us, as it was told to
                return line.decode().removeprefix(_READY).strip()
            print(line.decode("utf-8", "replace"), end="", flush=True)
    process.wait()
    raise _failed(log.read_bytes()[before:].decode("utf-8", "replace"), log)


def _private(path: str, flags: int) -> int:
    """Opens a file that only its owner may read, where it is new."""
    return os.open(path, flags, 0o600)


def _failed(said: str, log: Path) -> StartError:
    """What a server said that did not start: its own error, or the end of its log."""
    pattern = r"^Error: (.*?)(?:\n  where: (.*?))?(?:\n  fix: (.*))?\Z"
    errors = re.findall(pattern, said.rstrip(), re.MULTILINE | re.DOTALL)
    if errors:
        problem, where, fix = errors[-1]
        return StartError(problem, where, fix)
    return StartError("The server did not start", str(log), "\n".join(said.strip().splitlines()[-8:]))


def running(directory: Path) -> Running:
    """The server that runs on a directory.

    Raises:
        NotRunning: there is none.
    """
    found = Seat(directory).taken()
    if found is None:
        fix = f"Start it with: apitest server start {directory}"
        if not (directory / "server.conf").exists():
            fix = "There is no server.conf in it; say where the server is, or make one with: apitest server create DIR"
        raise NotRunning(f"No server is running on {directory}", "", fix)
    return found


def stop(directory: Path, seconds: float) -> Running:
    """Stops the server of a directory and waits until it has ended: requests in flight are finished.

    Args:
        directory: the server's.
        seconds: how long it may take.

    Raises:
        NotRunning: there is none.
        StartError: it did not end in time.
    """
    found = running(directory)
    os.kill(found.pid, signal.SIGTERM)
    end = time.monotonic() + seconds
    while Seat(directory).taken() is not None:
        if time.monotonic() > end:
            fix = f"It finishes what it is working on; end it at once with: kill -9 {found.pid}"
            raise StartError(f"The server did not stop within {seconds:g} seconds", f"process {found.pid}", fix)
        time.sleep(_PAUSE)
    return found
