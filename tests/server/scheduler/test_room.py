"""Tests of apitest_server.scheduler.room."""

from pathlib import Path

from apitest_server.scheduler.objects import JobObjects
from apitest_server.scheduler.room import KIND
from apitest_server.scheduler.scheduler import SCHEDULER
from tests.server.asgi import served

SERVICES = """
from threading import Event
from zato.server.service import Service
done, channels = Event(), []
class Remember(Service):
    def handle(self):
        channels.append([self.channel.type, self.channel.name, self.channel.user])
        done.set()
class Seen(Service):
    def handle(self):
        done.wait(10)
        return channels
"""


def test_the_scheduler_runs_while_the_server_runs(tmp_path: Path) -> None:
    """In a thread that ends with the server."""
    with served(tmp_path) as client:
        scheduler = client.app.components[SCHEDULER]
        assert isinstance(client.app.live.of(KIND), JobObjects)
        assert scheduler._thread is not None
        assert scheduler._thread.is_alive()
    assert not scheduler._thread.is_alive()


def test_a_service_knows_the_job_that_has_called_it(tmp_path: Path) -> None:
    """By the type of its channel and its name."""
    with served(tmp_path, a=SERVICES) as client:
        given = {"name": "my job", "job_type": "interval_based", "service": "a.remember", "hours": 1}
        number = client.result("zato.scheduler.job.create", {**given, "is_active": False})["id"]
        client.result("zato.scheduler.job.execute", {"id": number})
        assert client.result("a.seen") == [["scheduler", "my job", ""]]
