"""`apitest demo`: copies the sample project, starts the companion server, runs the one against the other."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from apitest.companion import CompanionServer, free_port, port_is_free
from apitest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL_PORT = 17010
_FILES_WITH_ADDRESS = ("server.conf", "features/config.ini")
FIRST = "features/01_first_steps.feature"


def show(directory: Path | None, *, verbose: bool, keep_server: bool) -> int:
    """Runs the demo; returns the exit status of its run.

    Args:
        directory: where the sample project goes; a new directory for temporary files if None.
        verbose: show every request and response.
        keep_server: leave the server running.

    Raises:
        ApitestError: the directory is in use, or the server did not start.
    """
    from apitest.runner.launch import Wishes, launch

    directory = directory or Path(tempfile.mkdtemp(prefix="apitest-demo-"))
    port = copy(directory)
    server = CompanionServer(directory, port=port, keep=keep_server)
    with server:
        status = launch([str(directory)], Wishes(verbose=verbose))
    for line in _what_next(directory, server):
        sys.stdout.write(line + "\n")
    return status


def source() -> Path:
    """The sample project: in the installed package, or in a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "demo_project"
    return installed if installed.is_dir() else here.parent / "demo"


def copy(directory: Path) -> int:
    """Copies the sample project to a new or empty directory; returns the port that it is set to.

    Raises:
        UsageError: there is something in the directory.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(
            f"{directory} is not empty", fix="Name a directory that does not exist yet, or none for a temporary one"
        )
    shutil.copytree(source(), directory, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"), dirs_exist_ok=True)
    port = _USUAL_PORT if port_is_free(_USUAL_PORT) else free_port()
    if port != _USUAL_PORT:
        for name in _FILES_WITH_ADDRESS:
            path = directory / name
            path.write_text(path.read_text("utf-8").replace(str(_USUAL_PORT), str(port)), "utf-8")
    return port


def _what_next(directory: Path, server: CompanionServer) -> "Iterator[str]":
    yield ""
    yield f"The sample project  {directory}"
    yield f"Open first          {directory / FIRST}"
    if server.pid:
        yield f"Run it again        apitest run {directory}"
        yield f"The server          {server.address} (stop it with: kill {server.pid})"
    else:
        yield f"Start its server    apitest server start {directory}"
        yield f"Run it again        apitest run {directory}"
