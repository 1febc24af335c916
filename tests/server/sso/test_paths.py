"""Tests of apitest_server.sso.paths."""

from pathlib import Path

from apitest_server.sso.paths import channels
from tests.server.asgi import Client, served


def test_each_channel_has_its_own_name() -> None:
    """And each path and method one channel."""
    found = channels()
    assert len({one.name for one in found}) == len({(one.path, one.methods) for one in found}) == len(found)


def test_each_channel_has_a_service(tmp_path: Path) -> None:
    """That is deployed."""
    with served(tmp_path) as client:
        assert [one.service for one in channels() if one.service not in client.app.store.names()] == []


def test_what_is_not_there(untouched: Client) -> None:
    """404 and 405 as for any other channel."""
    assert untouched.request("GET", "/zato/sso/nothing").status == 404
    assert untouched.request("PUT", "/zato/sso/user/login").status == 405
