"""Tests of apitest_server.cluster.passes."""

from pathlib import Path

import pytest

from apitest_server.cluster.passes import LIFETIME, Passes
from apitest_server.odb.key import SecretKey


class Two:
    """Two servers with one key, and a clock."""

    def __init__(self, directory: Path) -> None:
        self.now = 1000.0
        key = SecretKey(directory)
        self.one, self.two = [Passes(key, run_id, lambda: self.now) for run_id in ("one", "two")]


@pytest.fixture
def servers(tmp_path: Path) -> Two:
    return Two(tmp_path)


def test_a_pass_is_good_for_one_call_to_one_server(servers: Two) -> None:
    """Who has seen it on the way cannot use it again, nor elsewhere."""
    shown = servers.one.made("two")
    assert (servers.one.take(shown), servers.two.take(shown), servers.two.take(shown)) == (False, True, False)
    assert servers.two.take(servers.one.made("two"))


def test_a_pass_expires(servers: Two) -> None:
    """After a minute by the database's clock; then nothing has to be remembered of it."""
    late, spent = servers.one.made("two"), servers.one.made("two")
    assert servers.two.take(spent)
    servers.now += LIFETIME + 1
    assert not servers.two.take(late)
    assert not servers.two.take(spent)
    assert servers.two.take(servers.one.made("two"))
    assert len(servers.two._spent) == 1


def test_nobody_makes_a_pass_without_the_key(servers: Two, tmp_path: Path) -> None:
    """Nor changes one."""
    (tmp_path / "other").mkdir()
    other = Passes(SecretKey(tmp_path / "other"), "two", lambda: servers.now)
    assert not servers.two.take(other.made("two"))
    shown = servers.one.made("other")
    for forged in (
        "",
        "peer",
        "peer.",
        "peer.two.é.x",
        "local.1.x",
        shown.replace("other", "two"),
        shown[:-1],
        "x" * 99,
    ):
        assert not servers.two.take(forged)
