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
