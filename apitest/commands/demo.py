"""`apitest demo`: copies the sample project, starts the companion server, runs the one against the other."""

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from apitest.commands.companion import CompanionServer, port_is_free
from apitest.errors import ProjectError, UsageError

USUAL_PORT = 17010
FIRST = "features/01_first_steps.feature"
REPORT = "report.html"
_INTERRUPTED = (130, 143)  # by Ctrl-C, by SIGTERM


def show(directory: Path | None, *, verbose: bool, keep_server: bool, port: int = USUAL_PORT) -> int:
    """Runs the demo; returns the exit status of its run.

    Args:
        directory: where the sample project goes; a new directory for temporary files if None.
        verbose: show every request and response.
        keep_server: leave the server running, unless the run is interrupted.
        port: where the server listens; where that is taken, on any other.

    Raises:
        ApitestError: the directory is in use, or the server did not start.
    """
    directory = copy(directory or Path(tempfile.mkdtemp(prefix="apitest-demo-")))
    with _started(directory, port) as server:
        _say([("Sample project", str(directory)), ("Its server", server.address), ("", "")])
        status = _run(directory, server.address, verbose)
        if keep_server and status not in _INTERRUPTED:
            server.leave_running()
    _say(_what_next(directory, server))
    return status


def source() -> Path:
    """The sample project: in the installed package, or in a checkout."""
    here = Path(__file__).resolve().parents[1]
    installed = here / "demo_project"
    return installed if installed.is_dir() else here.parent / "demo"


def copy(directory: Path) -> Path:
    """Copies the sample project to a new or empty directory, and returns that.

    Raises:
        UsageError: there is something in the directory, or it cannot be written.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(
            f"{directory} is not empty", fix="Name a directory that does not exist yet, or none for a temporary one"
        )
    # What a server leaves behind that ran in the sample project itself.
    left_out = shutil.ignore_patterns("__pycache__", "*.pyc", "*.log", ".cache", "odb.*")
    try:
        shutil.copytree(source(), directory, ignore=left_out, dirs_exist_ok=True)
    except (shutil.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UsageError(f"The sample project cannot be copied to {directory}: {reason}") from None
    return directory


def _started(directory: Path, port: int) -> CompanionServer:
    """The project's server, running: on the port, or on any other where that is taken."""
    server = CompanionServer(directory, port=port if port_is_free(port) else 0)
    try:
        server.start()
    except ProjectError:
        if port_is_free(port):
            raise
        # Somebody else was faster.
        server = CompanionServer(directory)
        server.start()
    return server


def _run(directory: Path, address: str, verbose: bool) -> int:
    """Runs the project against the server at the address."""
    from apitest.runner.launch import RunOptions, launch

    used = int(address.rpartition(":")[2])
    if used != USUAL_PORT:
        _move(directory, used)
    return launch([str(directory)], RunOptions(verbose=verbose, reports=[f"html={directory / REPORT}"]))


def _move(directory: Path, used: int) -> None:
    """Writes another port into the project and into its server's settings, so that it can be run again."""
    for name, setting in (("features/config.ini", "address = http://127.0.0.1:{}"), ("server.conf", "port = {}")):
        path = directory / name
        path.write_text(path.read_text("utf-8").replace(setting.format(USUAL_PORT), setting.format(used)), "utf-8")


def _say(lines: Iterable[tuple[str, str]]) -> None:
    """Writes lines, each a label and what it stands for."""
    from apitest.report.output import prepare
    from apitest.report.style import DIM, detect

    style = detect(sys.stdout, os.environ)
    prepare(sys.stdout, style.color)
    for label, text in lines:
        shown = f"{label:<15}  "
        sys.stdout.write(f"{style.paint(shown, DIM) if label else shown}{text}".rstrip() + "\n")
    sys.stdout.flush()


def _what_next(directory: Path, server: CompanionServer) -> Iterator[tuple[str, str]]:
    """What a person is told at the end."""
    apitest, place = _command(), shlex.quote(str(directory))
    yield "", ""
    yield "Open first", str(directory / FIRST)
    yield "In a browser", str(directory / REPORT)
    if server.left_running:
        yield "Run it again", f"{apitest} run {place}"
        yield "Web-admin", f"{server.address}/zato/admin/"
        if server.administrator:
            yield "", server.administrator
        yield "Stop its server", f"kill {server.pid}"
    else:
        yield "Run it again", f"{apitest} server start {place}"
        yield "", f"{apitest} run {place}"
    yield "Your own tests", f"{apitest} init DIRECTORY"


def _command() -> str:
    """What to type to call this program: its name if the shell finds it by that, else its path."""
    called = Path(sys.argv[0])
    found = shutil.which("apitest")
    if called.name != "apitest" or (found and Path(found).resolve() == called.resolve()):
        return "apitest"
    return shlex.quote(os.path.relpath(called))
