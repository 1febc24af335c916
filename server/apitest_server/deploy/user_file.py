"""One file of user services: read whole, compiled, and looked at for what it imports and declares."""

import ast
import logging
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from apitest_server.deploy.discovery import declared_services, misspelt_handlers, neighbours
from apitest_server.deploy.leases import lease
from apitest_server.deploy.plain_files import is_plain
from apitest_server.errors import DeploymentError

logger = logging.getLogger("apitest.deployment")
LARGEST = 1024 * 1024  # bytes of a file; compiling takes a hundred times as much memory


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
        DeploymentError: it is too large, or not valid Python; the line is named.
    """
    if len(content) > LARGEST:
        raise _too_large(path)
    try:
        tree = ast.parse(content, str(path))
        code = compile(content, str(path), "exec", dont_inherit=True)
        declared = tuple(declared_services(tree, path.stem)) if is_plain(tree) else None
        misspelt = tuple(misspelt_handlers(tree))
    except SyntaxError as error:
        raise DeploymentError(f"{path.name} is not valid Python: {error.msg}", f"{path}:{error.lineno}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise DeploymentError(f"{path.name} cannot be compiled: {error}", str(path)) from None
    for name, method in misspelt:
        text = "%s: the class `%s` has no method `handle`, so nobody can call it; did you mean that by `%s`?"
        logger.warning(text, path.name, name, method)
    return UserFile(path, content, code, frozenset(neighbours(tree)), declared)


def read_whole(path: Path) -> bytes | None:
    """A file's content, or ``None`` while somebody has it open for writing, as far as the system can tell.

    Raises:
        OSError: it cannot be read.
        DeploymentError: it is something else than a file, or too large; it was not read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise _not_a_file(path)
    # It may have become a pipe meanwhile, which would be waited for
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise _not_a_file(path)
        if about.st_size > LARGEST:
            raise _too_large(path)
        if not lease(file.fileno()):
            return None
        return file.read(LARGEST + 1)  # Closing it ends the lease


def _not_a_file(path: Path) -> DeploymentError:
    return DeploymentError(f"{path.name} is not a regular file", str(path))


def _too_large(path: Path) -> DeploymentError:
    return DeploymentError(f"{path.name} is larger than {LARGEST // 1024} KB", str(path))
