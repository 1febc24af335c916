"""Tests of apitest_server.statistics.room."""

from pathlib import Path

from apitest_server.statistics.keeper import KEEPER
from apitest_server.statistics.samples import SAMPLES
from tests.server.asgi import served


def test_the_room_observes_calls(tmp_path: Path) -> None:
    """They are counted, and kept where that is asked for."""
    with served(tmp_path) as client:
        client.app.components[SAMPLES].configure("zato.ping", every=1)
        client.get("/zato/ping")
        assert len(client.app.components[SAMPLES].of("zato.ping")) == 1
        now = client.app.components[KEEPER].figures.now()
        whole = client.app.components[KEEPER].figures.whole(now.replace(second=0, microsecond=0), now, "zato.ping")
        assert whole["usage"] == 1
