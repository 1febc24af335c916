"""Starts a service as a process of its own, waits until it answers, and leaves nothing behind."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.services.installation import Unavailable

_PREFIX = "apitest-service-"
START_SECONDS = 90.0


def unprivileged_user(*preferred: str) -> str | None:
    """The user for a server that refuses to run as root; None where this process is not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in (*preferred, "nobody") if name in known), None)


def sweep() -> None:
    """Delete the directories of earlier runs that were killed before they could do so themselves."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = path.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(path, ignore_errors=True)


def _alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def children(process_id: int) -> list[int]:
    """The processes that a process has started and that still run."""
    return [int(word) for word in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()]


def descendants(process_id: int) -> list[int]:
    """The processes that a process has started, those that they have started, and so on."""
    found = children(process_id)
    return found + [further for child in found for further in descendants(child)]


def end(process_ids: Sequence[int]) -> None:
    """Kill processes that a server has started, and wait until they have ended."""
    for process_id in process_ids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process_id, signal.SIGKILL)
    wait_for_end(process_ids)


def wait_for_end(process_ids: Sequence[int]) -> None:
    """Wait until processes that are no children of this one have ended.

    Raises:
        Unavailable: one of them has not, in the time that a server may take to start.
    """
    end = time.monotonic() + START_SECONDS
    while any(_runs(process_id) for process_id in process_ids):
        if time.monotonic() > end:
            raise Unavailable(f"A process of {', '.join(map(str, process_ids))} does not end")
        time.sleep(0.01)


def _runs(process_id: int) -> bool:
    """Whether it has not ended; nobody may have asked yet how it did."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def throw_away_directory(user: str | None = None) -> Path:
    """A new directory that `sweep` recognises, owned by the user where one is given."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    if user:
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid)
    return path


def as_user(command: Sequence[str], user: str | None, signal_name: str | None = None) -> list[str]:
    """The command run as another user, and ended by the kernel if this process dies first.

    Args:
        command: the program and its arguments.
        user: a user name, or None for the user of this process.
        signal_name: what the kernel sends when this process dies, such as ``KILL``; None for nothing.
    """
    options = []
    if user:
        entry = pwd.getpwnam(user)
        options += [f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]
    if signal_name:
        options += ["--pdeathsig", signal_name]
    setpriv = shutil.which("setpriv")
    if not options or (setpriv is None and not user):
        return list(command)
    if setpriv is None:
        raise Unavailable("setpriv (package util-linux) is needed to run a server as another user than root")
    return [setpriv, *options, "--", *command]


def run_once(command: Sequence[str], user: str | None, directory: Path) -> None:
    """Run a preparing command to its end; its last words become the reason if it fails."""
    done = subprocess.run(
        as_user(command, user),
        cwd=directory,
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
    )
    if done.returncode:
        raise Unavailable(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[-600:]}")


@dataclass
class Running:
    """A server process with its directory.

    Attributes:
        process: the server.
        directory: its data, deleted by `stop`.
        stop_signal: what ends it quickest without leaving shared memory or children behind.
    """

    process: subprocess.Popen[bytes]
    directory: Path
    stop_signal: signal.Signals

    def stop(self) -> None:
        """End the server and delete its data; harmless when it has ended already."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(15)
        shutil.rmtree(self.directory, ignore_errors=True)


def start(
    command: Sequence[str],
    directory: Path,
    ready: Callable[[], bool],
    *,
    user: str | None = None,
    stop_signal: signal.Signals = signal.SIGKILL,
    environment: Mapping[str, str] | None = None,
) -> Running:
    """Start a server and return once it answers.

    Args:
        command: the server's program, to stay in the foreground.
        directory: where it runs; ``server.log`` in it takes its output.
        ready: tells whether it answers by now; never raises.
        user: who it is to run as.
        stop_signal: see `Running`.
        environment: of its process; that of this one if none is given.

    Raises:
        Unavailable: it ended, or did not answer in time; with the last lines of its log.
    """
    log = directory / "server.log"
    arguments = as_user(command, user, stop_signal.name.removeprefix("SIG"))
    with log.open("wb") as output:
        process = subprocess.Popen(
            arguments,
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a Ctrl-C in the terminal is for us: we stop the server ourselves
        )
    running = Running(process, directory, stop_signal)
    try:
        _wait(running, ready, log, Path(command[0]).name)
    except BaseException:
        running.stop()
        raise
    return running


def _wait(running: Running, ready: Callable[[], bool], log: Path, name: str) -> None:
    end = time.monotonic() + START_SECONDS
    while not ready():
        ended = running.process.poll()
        if ended is not None or time.monotonic() > end:
            what = f"ended with status {ended}" if ended is not None else f"gave no answer in {START_SECONDS} s"
            raise Unavailable(f"{name} {what}: {_last_lines(log)}")
        time.sleep(0.05)


def _last_lines(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-12:])


class Restartable:
    """A server that tests may kill and start again; it derives from this and says how it is started."""

    _running: Running

    def _started(self) -> Running:
        raise NotImplementedError

    def kill(self) -> None:
        """Kill the server, so that it cannot tidy up, and the processes of all sessions."""
        sessions = descendants(self._running.process.pid)
        self._running.process.kill()
        self._running.process.wait()
        end(sessions)

    def start(self) -> None:
        """Start it again after `kill`."""
        self._running = self._started()

    def pause(self, is_paused: bool) -> None:
        """Stop it from doing anything while its connections stay open, or let it go on."""
        process = self._running.process
        process.send_signal(signal.SIGSTOP if is_paused else signal.SIGCONT)
        if is_paused:
            os.waitid(os.P_PID, process.pid, os.WSTOPPED)

    def stop(self) -> None:
        """End the server and delete its data."""
        self._running.stop()
