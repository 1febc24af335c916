"""The companion server as a process of its own: started on a free port, known by its address, stopped for certain."""

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from apitest.errors import ProjectError

_READY = "Listening on "
_STOP_SECONDS = 10.0


class CompanionServer:
    """A server on a directory with a server.conf; a context manager, or started and left running.

    Args:
        directory: the server's directory.
        port: where it listens on 127.0.0.1; 0 for any free port.
        keep: leave it running when this process ends; otherwise it ends with it, whatever ends it.
        log: where its log goes; to the directory's server.log if not given.
    """

    def __init__(self, directory: Path, *, port: int = 0, keep: bool = False, log: Path | None = None) -> None:
        self.directory = directory
        self.address = ""
        self._port = port
        self._keep = keep
        self._log = log or directory / "server.log"
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        """The process ID; 0 while it does not run."""
        return self._process.pid if self._process else 0

    def start(self) -> str:
        """Starts it and waits until it answers; returns its address.

        Raises:
            ProjectError: it did not start; with what it said.
        """
        command = [sys.executable, "-m", "apitest_server", "start", str(self.directory), "--fg"]
        command += ["--port", str(self._port)]
        if not self._keep:
            command.append("--stop-with-parent")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                # A Ctrl-C in the terminal is for the runner; it then stops the server itself.
                start_new_session=True,
            )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(_READY):
                self.address = line.removeprefix(_READY).strip()
                return self.address
        raise self._did_not_start()

    def _did_not_start(self) -> ProjectError:
        self.stop()
        said = self._log.read_text("utf-8", "replace").strip().splitlines()
        return ProjectError(
            "The companion server did not start", str(self.directory), f"Its log is {self._log}", "\n".join(said[-8:])
        )

    def stop(self) -> None:
        """Stops it: requests in flight are finished first; after ten seconds it is ended at once."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._keep:
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


def free_port() -> int:
    """A port of 127.0.0.1 that is free now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
