"""Tests of apitest_server.deploy.room."""

from pathlib import Path

import pytest

from apitest_server.deploy.files import FILES
from apitest_server.deploy.objects import ServiceObjects
from apitest_server.deploy.room import KIND
from apitest_server.deploy.settings import SETTINGS
from tests.server.asgi import served


@pytest.mark.parametrize(("conf", "is_watched"), [("", True), ("[services]\nhot_deploy = False\n", False)])
def test_the_directory_is_watched_if_server_conf_says_so(tmp_path: Path, conf: str, is_watched: bool) -> None:
    """By the thread of hot deployment."""
    with served(tmp_path, conf) as client:
        thread = client.app.deployment._thread
        assert (thread is not None and thread.is_alive()) == is_watched
    assert thread is None or not thread.is_alive()


def test_the_room_makes_files_and_settings(tmp_path: Path) -> None:
    """Settings of the ODB take effect in those that services ask."""
    with served(tmp_path) as client:
        assert client.app.components[FILES].status(client.app.store.about("zato.ping")) is None
        assert client.app.components[SETTINGS].of("zato.ping").is_active
        assert isinstance(client.app.live.of(KIND), ServiceObjects)
