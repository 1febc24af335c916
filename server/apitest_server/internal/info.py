"""The versions of what runs."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from apitest_server import __version__
from apitest_server.about import SERVER_INFO
from apitest_server.cluster.bus import BUS
from apitest_server.internal._process import own_process
from apitest_server.service.base import Service
from apitest_server.service.elements import DateTime, Dict, Float, Int, List

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


class GetServerInfo(Service):
    """What the process of this server takes: memory, processor time, threads and open files, and what it runs."""

    name = "zato.info.get-server-info"

    class SimpleIO:
        """Bytes and seconds; what the operating system does not tell is not there."""

        input_optional = (Int("cluster_id"),)
        output_required = (
            "server", "version", "address", Int("pid"), Int("parent_pid"), "machine", DateTime("started"),
            Float("up_seconds"), Float("cpu_seconds"), Int("threads"), List("command"), "directory",
        )  # fmt: skip
        output_optional = (Int("memory"), Int("largest_memory"), Int("open_files"), Int("most_open_files"))

    def handle(self) -> None:
        """Of this process."""
        have = self.server.components
        about = have[SERVER_INFO].row()
        self.response.payload = {
            **{name: about[name] for name in ("pid", "machine", "started", "up_seconds")},
            "server": self.server.name,
            "version": __version__,
            "address": have[BUS].address,
            "directory": str(have[SERVER_INFO].directory),
            **own_process(),
        }


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
