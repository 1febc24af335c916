"""Tests of apitest_server.security.room."""

from pathlib import Path
from typing import Any

import pytest

from apitest_server.cluster.bus import BUS
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
        assert {client.app.live.of(one.kind) for one in TYPES if not one.is_special} == {components[SECURITY]}


def test_servers_tell_each_other_which_nonces_were_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a message which one has taken is not taken by another one."""
    told: list[dict[str, Any]] = []
    with served(tmp_path) as client:
        nonces, bus = client.app.components[AUTHENTICATION].nonces, client.app.components[BUS]
        monkeypatch.setattr(bus, "tell", lambda subject, data: told.append(data) if subject == "nonces" else None)
        assert nonces.take("a", 20.0, 10.0)
        assert told == [{"nonce": "a", "until": 20.0}]
        for listener in bus._heard["nonces"]:
            listener({"nonce": "b", "until": 4e9})
        assert not nonces.take("b", 5e9, 10.0)
