"""Tests of apitest_server.messaging.means."""

from pathlib import Path

from apitest_server.audit.log import AUDIT_LOG
from apitest_server.messaging.means import means_of
from tests.server.asgi import served


def test_what_a_server_gives(tmp_path: Path) -> None:
    """Its name, its directory, its patience, and its audit log."""
    with served(tmp_path, conf="[main]\nname = shop\n[limits]\nshutdown_timeout = 7\n") as client:
        means = means_of(client.app)
        assert (means.patience, means.directory, means.server()) == (7, tmp_path, "shop")
        assert means.record == client.app.components[AUDIT_LOG].record
