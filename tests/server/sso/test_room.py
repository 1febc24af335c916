"""Tests of apitest_server.sso.room."""

from pathlib import Path

from apitest_server.sso.desk import DESK
from tests.server.asgi import served


def test_services_find_it(tmp_path: Path) -> None:
    """With the rules of server.conf."""
    with served(tmp_path, "[sso]\nsession_expiry = 7\n") as client:
        assert client.app.components[DESK].rules.session_expiry == 7
