from pathlib import Path

from apitest_server.transfer.objects import TRANSFERS
from tests.server.asgi import served


def test_a_server_without_channels_starts_no_thread(tmp_path: Path) -> None:
    """None is active, and nothing has been asked for."""
    with served(tmp_path) as client:
        transfers = client.app.components[TRANSFERS]
        assert (transfers.channels, transfers._executor) == ({}, None)
