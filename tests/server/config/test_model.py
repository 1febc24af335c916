"""Tests of apitest_server.config.model."""

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from apitest_server.config import parse
from apitest_server.config.kinds import PASSWORD_TYPES


def test_the_directory_of_services_is_absolute(tmp_path: Path) -> None:
    """It is relative to server.conf, unless it says where it is."""
    for said, found in (
        ("", tmp_path / "services"),
        ("[services]\ndirectory = mine", tmp_path / "mine"),
        ("[services]\ndirectory = /srv/services", Path("/srv/services")),
    ):
        assert parse(said, tmp_path / "server.conf").services_directory == found


def test_nothing_is_changed_while_the_server_runs(tmp_path: Path) -> None:
    """What server.conf says is frozen, each section of it as well."""
    config = parse("", tmp_path / "server.conf")
    with pytest.raises(FrozenInstanceError):
        config.main.port = 1  # type: ignore[misc]  # what is tried
    with pytest.raises(FrozenInstanceError):
        config.directory = tmp_path  # type: ignore[misc]  # what is tried


def test_how_a_password_is_shown(tmp_path: Path) -> None:
    """As it is, unless a digest is asked for."""
    said = "[security]\n[[a]]\ntype = wss\nusername = u\npassword = p\n"
    definition = parse(said, tmp_path / "server.conf").security[0]
    assert [replace(definition, password_type=one).shows_digest for one in PASSWORD_TYPES] == [False, True]
