"""Starts the companion server as a separate process on a free port, and always stops it."""

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from apitest.errors import ProjectError

_READY = "Listening on "
_ADMINISTRATOR = "Administrator: "
_KEEP_RUNNING = "keep running\n"
_STOP_SECONDS = 10.0
_LOG_LINES = 8


class CompanionServer:
    """A server on a directory with a server.conf; a context manager, or started and stopped.

    The server holds the other end of a pipe to this process. When that closes, whatever ended this process, it stops;
    unless it was told before that it is to go on.

    Args:
        directory: the server's directory.
        port: where it listens on 127.0.0.1; 0 for any free port.
        log: where its log goes; to the directory's server.log if not given.

    Attributes:
        address: such as "http://127.0.0.1:17010"; empty while it does not run.
        administrator: user name and password of the administrator whom this start had to make; else empty.
    """

    def __init__(self, directory: Path, *, port: int = 0, log: Path | None = None) -> None:
        self.directory = directory
        self.address = self.administrator = ""
        self._port = port
        self._log = log or directory / "server.log"
        self._process: subprocess.Popen[str] | None = None
        self._left_running = False

    @property
    def pid(self) -> int:
        """The process ID; 0 while it does not run."""
        return self._process.pid if self._process else 0

    @property
    def left_running(self) -> bool:
        """Whether it goes on when this process ends."""
        return self._left_running

    def start(self) -> str:
        """Starts it and waits until it answers; returns its address.

        Raises:
            ProjectError: it did not start; with what it said.
        """
        command = [sys.executable, "-m", "apitest_server", "start", str(self.directory), "--fg"]
        command += ["--port", str(self._port), "--stop-with-parent"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                # A Ctrl-C in the terminal is for the runner; it then stops the server itself.
                start_new_session=True,
            )
        try:
            self.address = self._announced()
        except BaseException:
            self.stop()
            raise
        return self.address

    def _announced(self) -> str:
        assert self._process is not None and self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(_ADMINISTRATOR):
                self.administrator = line.removeprefix(_ADMINISTRATOR).partition(" (")[0].strip()
            if line.startswith(_READY):
                return line.removeprefix(_READY).strip()
        said = self._log.read_text("utf-8", "replace").strip().splitlines()
        raise ProjectError(
            "The companion server did not start",
            str(self.directory),
            f"Its log is {self._log}",
            "\n".join(said[-_LOG_LINES:]),
        )

    def leave_running(self) -> None:
        """Lets it go on when this process ends."""
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(_KEEP_RUNNING)
        self._process.stdin.flush()
        self._left_running = True

    def stop(self) -> None:
        """Stops it: requests in flight are finished first; after ten seconds it is ended at once."""
        process, self._process, self.address = self._process, None, ""
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def __enter__(self) -> Self:
        if self._process is None:
            self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._left_running:
            self.stop()


def port_is_free(port: int) -> bool:
    """Whether something could listen on this port of 127.0.0.1."""
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
