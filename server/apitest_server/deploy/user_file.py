"""One file of user services: read whole, compiled, and looked at for what it imports and declares."""

import ast
import signal
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from apitest_server.deploy.discovery import declared_services, derives_from_neighbours, neighbours
from apitest_server.errors import DeploymentError

try:
    import fcntl
except ImportError:  # There is no such module, and no leases, on Windows
    fcntl = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class UserFile:
    """A file as it was when it was read.

    Attributes:
        path: where it is.
        content: its bytes.
        code: what they compile to.
        neighbours: the modules of its directory that it imports with a dot.
        declared: names and classes of its services; ``None`` if only importing it can tell.
    """

    path: Path
    content: bytes
    code: CodeType
    neighbours: frozenset[str]
    declared: tuple[tuple[str, str], ...] | None

    @property
    def stem(self) -> str:
        """The name of its module."""
        return self.path.stem


def parse(path: Path, content: bytes) -> UserFile:
    """A file out of its content.

    Raises:
        DeploymentError: it is not valid Python; the line is named.
    """
    try:
        tree = ast.parse(content, str(path))
        code = compile(content, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise DeploymentError(f"{path.name} is not valid Python: {error.msg}", f"{path}:{error.lineno}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise DeploymentError(f"{path.name} cannot be compiled: {error}", str(path)) from None
    declared = None if derives_from_neighbours(tree) else tuple(declared_services(tree, path.stem))
    return UserFile(path, content, code, frozenset(neighbours(tree)), declared)


def read_whole(path: Path) -> bytes | None:
    """A file's content, or ``None`` while somebody has it open for writing, as far as the system can tell.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        if not _lease(file.fileno()):
            return None
        return file.read()  # Closing it ends the lease


def _lease(descriptor: int) -> bool:
    """Whether nobody writes; until the descriptor is closed, whoever wants to has to wait."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return True
    try:
        # A writer that has to wait makes the system send a signal; of this one nobody takes notice.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return False
    except OSError:
        return True  # The file system has no leases, or the file is another user's
    return True
