import os
import platform
from pathlib import Path

import msgspec

from apitest_server import __version__
from tests.server.asgi import served
from tests.server.internal.services import call


def test_the_versions_are_those_of_this_process(tmp_path: Path) -> None:
    """The server's, Python's and the libraries'; each library that is listed is installed."""
    with served(tmp_path, "[main]\nname = one\n") as client:
        info = call(client, "zato.info.get-info")
    assert (info["server"], info["version"], info["pid"]) == ("one", __version__, os.getpid())
    assert info["python"] == platform.python_version()
    assert info["cpus"] >= 1
    assert info["libraries"]["msgspec"] == msgspec.__version__
    assert all(info["libraries"].values())


def test_what_the_process_takes(tmp_path: Path) -> None:
    """Of this process, with the server's directory."""
    with served(tmp_path, "[main]\nname = one\n") as client:
        info = call(client, "zato.info.get-server-info", {"cluster_id": 1})
    assert (info["server"], info["pid"], info["parent_pid"]) == ("one", os.getpid(), os.getppid())
    assert (info["directory"], info["address"]) == (str(tmp_path), "http://127.0.0.1:17010")
    assert info["cpu_seconds"] > 0
    assert info["threads"] >= 1
