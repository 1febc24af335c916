"""Tests of apitest_server.scheduler.room."""

from pathlib import Path

from apitest_server.scheduler.objects import JobObjects
from apitest_server.scheduler.room import KIND
from apitest_server.scheduler.scheduler import SCHEDULER
from tests.server.asgi import served


def test_the_scheduler_runs_while_the_server_runs(tmp_path: Path) -> None:
    """In a thread that ends with the server."""
    with served(tmp_path) as client:
        scheduler = client.app.components[SCHEDULER]
        assert isinstance(client.app.live.of(KIND), JobObjects)
        assert scheduler._thread is not None
        assert scheduler._thread.is_alive()
    assert not scheduler._thread.is_alive()
