"""Tests of apitest_server.cluster.local."""

from pathlib import Path

import pytest

from apitest_server.cluster import local
from apitest_server.odb.key import SecretKey


def test_a_token_is_valid_for_the_same_key(tmp_path: Path) -> None:
    """Another server's key makes another token."""
    (tmp_path / "other").mkdir()
    key = SecretKey(tmp_path)
    made = local.token(key)
    assert local.valid(SecretKey(tmp_path), made)
    assert not local.valid(SecretKey(tmp_path / "other"), made)


@pytest.mark.parametrize(
    "change",
    [
        lambda token: "",
        lambda token: token + "0",
        lambda token: token.replace("local", "other"),
        lambda token: token.replace(".", ".1", 1),
        lambda token: "local..",
        lambda token: "local.x.y",
        lambda token: "local.9999999999999999999.y",
        lambda token: "local.1.é",
    ],
)
def test_a_token_that_was_changed_is_not(tmp_path: Path, change: object) -> None:
    """Nor is what is not a token at all."""
    key = SecretKey(tmp_path)
    assert callable(change)
    assert not local.valid(key, change(local.token(key)))


def test_a_token_expires(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a minute; and one from the future is none yet."""
    key = SecretKey(tmp_path)
    made = local.token(key)
    now = local.time.time()
    for moment in (now + 120, now - 120):
        monkeypatch.setattr(local.time, "time", lambda moment=moment: moment)
        assert not local.valid(key, made)
