"""Guaranteed delivery: a server that is killed at any moment loses nothing that a publisher got an answer for."""

from pathlib import Path

import pytest

from apitest_server.odb import ODB
from tests.server.pubsub.kills import Rounds


@pytest.mark.parametrize("seed", [1])
def test_nothing_is_lost_when_the_server_is_killed(odb: ODB, odb_url: str, tmp_path: Path, seed: int) -> None:
    """All arrives, in order for its priority, with an honest count; once, after an acknowledgement that is on disk."""
    rounds = Rounds(odb, odb_url, tmp_path, seed)
    for _ in range(5):
        rounds.kill()
    account = rounds.finish()
    assert account.answered
    assert account.done
    assert (account.lost, account.disorder, account.dishonest, account.twice) == (set(), [], [], [])
