"""The versions of what runs."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from apitest_server import __version__
from apitest_server.service.base import Service
from apitest_server.service.elements import Dict, Int

_LIBRARIES = ("uvicorn", "msgspec", "SQLAlchemy", "alembic", "APScheduler", "cryptography")


class GetInfo(Service):
    """The versions of the server, of Python, of the operating system and of the libraries that matter."""

    name = "zato.info.get-info"

    class SimpleIO:
        """A library that is not installed is not listed."""

        output_required = (
            "server", "version", "python", "implementation", "system", "machine", Int("cpus"), Int("pid"),
            Dict("libraries"),
        )  # fmt: skip

    def handle(self) -> None:
        """Of this process."""
        self.response.payload = {
            "server": self.server.name,
            "version": __version__,
            "python": platform.python_version(),
            "implementation": sys.implementation.name,
            "system": platform.platform(),
            "machine": platform.machine(),
            "cpus": os.cpu_count() or 1,
            "pid": os.getpid(),
            "libraries": {name: found for name in _LIBRARIES if (found := _version(name))},
        }


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
