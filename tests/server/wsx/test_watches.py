"""Tests of apitest_server.wsx.watches; test_cluster.py has those with another server."""

from pathlib import Path

import pytest

from apitest_server.cluster.bus import BUS, Bus
from apitest_server.errors import HTTPError, NotFound, TooManyRequests
from apitest_server.wsx import watches as module
from apitest_server.wsx.watches import WATCHES
from tests.server.wsx.serving import Listening, channel, run


def test_a_server_that_cannot_be_reached_keeps_nobody_from_watching(tmp_path: Path) -> None:
    """The others are watched; what was watched there alone is not any longer."""

    async def test(server: Listening) -> None:
        have = server.client.app.components
        other = Bus(server.client.app.odb, "other", "http://127.0.0.1:9")
        other.start()
        await server.until(lambda: have[BUS].has_peers)
        guest = await server.connect()
        await guest.sign_in()
        number = await have[WATCHES].start(server.channel().number, "", 10)
        await guest.invoke()
        frames, dropped = await have[WATCHES].read(number, 5)
        assert ({frame.pub_client_id for frame in frames}, dropped) == ({server.one().id}, 0)
        with pytest.raises(HTTPError, match="does not answer"):
            await have[WATCHES].start(None, "ws.1", 10, other.run_id)
        with pytest.raises(HTTPError, match="does not answer"):
            await have[WATCHES].read(f"{other.run_id}.1", 0)
        other.close()
        await server.until(lambda: not have[BUS].has_peers)
        for call in (have[WATCHES].start(None, "ws.1", 10, other.run_id), have[WATCHES].stop(f"{other.run_id}.1")):
            with pytest.raises(NotFound):
                await call
        await have[WATCHES].stop(number)

    run(tmp_path, test, channel())


def test_what_nobody_reads_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there may be, and no more, unless nobody has read one for long."""
    monkeypatch.setattr(module, "MOST", 2)

    async def test(server: Listening) -> None:
        watches, number = server.client.app.components[WATCHES], server.channel().number
        kept = [await watches.start(number, "", 10) for _ in range(2)]
        with pytest.raises(TooManyRequests, match="2 taps already"):
            await watches.start(number, "", 10)
        watches._watches[kept[0]].read_at -= 1000
        await watches.start(number, "", 10)
        with pytest.raises(NotFound, match="gone"):
            await watches.read(kept[0], 0)
        assert await watches.read(kept[1], 0) == ([], 0)

    run(tmp_path, test, channel())
