from pathlib import Path

from apitest_server.cluster.bus import BUS
from tests.server.asgi import served
from tests.server.cluster.waiting import until


def test_a_server_that_works_is_ready(tmp_path: Path) -> None:
    """Without credentials, and what it has looked at is told."""
    with served(tmp_path) as client:
        until(lambda: client.app.components[BUS].is_up)
        live, ready = client.get("/zato/health/live"), client.get("/zato/health/ready")
        assert (live.status, live.json()) == (200, {"status": "live"})
        checks = {"odb": "ok", "cluster": "ok", "threads": "ok"}
        assert (ready.status, ready.json()) == (200, {"status": "ready", "checks": checks})


def test_a_server_without_its_database_lives_and_is_not_ready(tmp_path: Path) -> None:
    """It is ready again as soon as the database is there."""
    with served(tmp_path) as client:
        until(lambda: client.app.components[BUS].is_up)
        file = client.app.odb.where.path
        assert file is not None
        file.rename(tmp_path / "away")
        ready = client.get("/zato/health/ready")
        assert (ready.status, ready.json()["status"]) == (503, "not ready")
        assert ready.json()["checks"]["odb"] == "failed"
        assert client.get("/zato/health/live").status == 200
        (tmp_path / "away").rename(file)
        assert client.get("/zato/health/ready").json()["checks"]["odb"] == "ok"


def test_a_server_whose_threads_are_taken_is_not_ready(tmp_path: Path) -> None:
    """Calls would be refused."""
    with served(tmp_path) as client:
        client.app.pool.queue = 0
        assert client.get("/zato/health/ready").json()["checks"]["threads"] == "failed"
