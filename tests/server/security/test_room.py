"""Tests of apitest_server.security.room."""

from pathlib import Path

from apitest_server.security.administrators import KEY, KIND
from apitest_server.security.authentication import AUTHENTICATION
from apitest_server.security.objects import SECURITY, AdministratorObjects
from apitest_server.security.types import TYPES
from tests.server.asgi import served


def test_the_room_checks_administrators_and_definitions(tmp_path: Path) -> None:
    """Definitions of all types take effect in one place."""
    with served(tmp_path) as client:
        components = client.app.components
        assert components[AUTHENTICATION].checker(KEY) is not None
        assert isinstance(client.app.live.of(KIND), AdministratorObjects)
        assert {client.app.live.of(one.kind) for one in TYPES} == {components[SECURITY]}
