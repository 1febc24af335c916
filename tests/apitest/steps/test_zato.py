"""Sentences about Zato servers, played against a real HTTP server."""

from pathlib import Path

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.clients.test_zato import AdminServer, admin
from tests.apitest.steps.playing import Play

__all__ = ["admin"]


@pytest.fixture
def feature(play: Play, admin: AdminServer) -> Play:
    """A feature that has stored a connection."""
    (Path(play.zato.environment_dir) / "services.py").write_text("")
    play(f'Given address "{admin.address}"', 'Given I store "1" "/zato/json" "admin" "$SECRET" under Zato "here"')
    return play


@pytest.mark.parametrize("name", ["here", "#here"])
def test_a_file_is_deployed(feature: Play, admin: AdminServer, name: str) -> None:
    """To the connection of that name, with or without the sign of a variable, as zato-apitest 1.x had it."""
    feature(f'When I upload a Zato service from "services.py" to "{name}"')
    assert len(admin.requests) == 1


def test_the_password_may_come_from_the_environment(feature: Play) -> None:
    """It is resolved, and hidden."""
    assert "s3cret-value" in feature.run.secrets


def test_a_refusal_fails_the_step(feature: Play, admin: AdminServer) -> None:
    """With what the server says."""
    admin.says = (200, {"zato_env": {"result": "ZATO_ERROR", "details": "syntax error in line 3"}})
    with pytest.raises(CheckFailed) as raised:
        feature('When I upload a Zato service from "services.py" to "here"')
    assert raised.value.actual == "200 syntax error in line 3"


def test_an_unknown_connection(feature: Play) -> None:
    """It is a mistake of the test."""
    with pytest.raises(BadValue, match="no Zato connection"):
        feature('When I upload a Zato service from "services.py" to "nowhere"')
