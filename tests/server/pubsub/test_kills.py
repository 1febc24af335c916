"""Guaranteed delivery: a server that is killed at any moment loses nothing that a publisher got an answer for."""

import asyncio
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from apitest_server.odb import ODB
from apitest_server.pubsub.message import Message
from tests.server.pubsub.kills import Rounds
from tests.server.pubsub.place import Place, until


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


def test_the_rest_deliver_what_a_dead_server_was_delivering(odb: ODB, odb_url: str, tmp_path: Path) -> None:
    """Without waiting for it to come back; each message counts as sent once more."""
    rounds = Rounds(odb, odb_url, tmp_path, 1)
    with (
        asyncio.Runner() as runner,
        Place(odb, runner) as rest,
        subprocess.Popen(rounds.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as dying,
    ):
        assert dying.stdin is not None
        assert dying.stdout is not None
        rest.topic("/killed")
        dying.stdin.write(b'["pub", "0 0", 5]\n["pub", "0 1", 5]\n')
        dying.stdin.flush()
        while not dying.stdout.readline().startswith(b'["msg"'):
            continue
        rest.run(until(rest.bus.peers))
        sub_key = rest.subscribe("/killed", rest.endpoint("/killed"))
        dying.kill()
        dying.wait()
        arrived: dict[object, int] = {}

        async def deliver(messages: Sequence[Message]) -> None:
            arrived.update({message.data: message.delivery_count for message in messages})

        async def scenario() -> None:
            rest.broker.attach(sub_key, deliver)
            await until(lambda: "0 0" in arrived)

        rest.run(scenario())
        assert arrived["0 0"] == 2
