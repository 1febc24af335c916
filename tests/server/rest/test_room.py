"""Tests of apitest_server.rest.room."""

from pathlib import Path

from apitest_server.rest.objects import HTTPSOAPObjects
from apitest_server.rest.room import KIND
from apitest_server.rest.table import CHANNELS
from apitest_server.service.base import OUT
from tests.server.asgi import served


def test_the_room_serves_channels_and_connections_of_the_odb(tmp_path: Path) -> None:
    """REST connections have a second name, that of their transport."""
    with served(tmp_path) as client:
        components = client.app.components
        assert isinstance(client.app.live.of(KIND), HTTPSOAPObjects)
        assert components[OUT].rest is components[OUT].plain_http
        assert components[CHANNELS] is client.app.table
