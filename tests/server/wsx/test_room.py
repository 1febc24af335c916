"""Tests of apitest_server.wsx.room."""

import subprocess
import sys
from pathlib import Path

from apitest_server.wsx.objects import WebSocketObjects
from apitest_server.wsx.room import KIND
from apitest_server.wsx.web_sockets import WEB_SOCKETS
from tests.server.asgi import served
from tests.server.wsx.serving import channel


def test_the_room_serves_channels(tmp_path: Path) -> None:
    """Those of server.conf, and of the ODB once there is one."""
    with served(tmp_path, channel(service="zato.ping")) as client:
        assert isinstance(client.app.live.of(KIND), WebSocketObjects)
        assert [one.settings.name for one in client.app.components[WEB_SOCKETS].channels] == ["one"]


def test_a_start_loads_nothing_that_only_clients_need() -> None:
    """The package websockets is loaded with the first one, SQLAlchemy with the first row."""
    code = "import sys, apitest_server.app; print(sorted({'sqlalchemy', 'websockets'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
