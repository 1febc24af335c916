"""Services that hang do not keep the server's own from answering."""

from contextlib import ExitStack
from pathlib import Path

from tests.attempts import Attempts
from tests.security.outside import outside, until
from tests.server.asgi import served

HANG = """\
from threading import Event
from zato.server.service import Service
over = Event()
class Hang(Service):
    name = "hang"
    def handle(self):
        over.wait(20)
class Over(Service):
    name = "over"
    async def handle(self):
        over.set()
"""
CONF = """\
[limits]
threads = 2
queue = 4
request_timeout = 0.2
[rest]
[[hang]]
path = /hang
service = hang
[[over]]
path = /over
service = over
"""


def test_the_admin_api_answers_while_every_thread_hangs(tmp_path: Path) -> None:
    """Also when so many threads are written off that calls of users' services are refused."""
    with served(tmp_path, CONF, hang=HANG) as client:
        client.app.store.get("over")
        statuses: set[int] = set()
        for _ in range(6):
            statuses |= {answer.status for answer in client.together(["/hang"] * 4)}
        assert client.get("/hang").status == 503
        assert statuses == {503, 504}
        assert client.get("/zato/ping").status == 200
        assert client.result("zato.service.get-list", {"query": "hang"})[0]["name"] == "hang"
        assert client.get("/over").status == 200


FOREVER = """\
from threading import Event
from zato.server.service import Service
class Forever(Service):
    name = "forever"
    def handle(self):
        Event().wait()
"""
FEW = "[limits]\nthreads = 2\nrequest_timeout = 120\n[rest]\n[[forever]]\npath = /forever\nservice = forever\n"
WAYS = {
    "zato.service.invoke": {"name": "forever"},
    "zato.pattern.invoke-retry": {"service": "forever"},
    "zato.pattern.parallel": {"targets": {"forever": {}}},
    "zato.pattern.run-fan-out": {"targets": {"forever": {}}},
    "forever": {},
}


def test_from_outside_the_server_answers_while_every_thread_hangs(tmp_path: Path, attempts: Attempts) -> None:
    """However the hanging service is called: over its channel, by a job, by internal services that call others."""
    with outside(tmp_path / "s", FEW, forever=FOREVER) as server, ExitStack() as waiting:
        job = {"name": "j", "job_type": "interval_based", "service": "forever", "seconds": 1, "may_overlap": True}
        assert server.admin("zato.scheduler.job.create", job).status == 200
        for _ in range(40):
            client = waiting.enter_context(server.connect())
            client.sendall(b"GET /forever HTTP/1.1\r\n\r\n")
        for service, payload in WAYS.items():
            for _ in range(40):
                waiting.enter_context(server.asked(service, payload))
            attempts.held(server.ping() == 200, f"{service}: ping")
            answer = server.admin("zato.service.get-list", {"query": "forever"})
            attempts.held(answer.status == 200 and b'"forever"' in answer.body, f"{service}: {answer}")
            answer = server.admin("no.such.service")
            attempts.held(answer.status == 404, f"{service}: {answer}")
        until(lambda: b'"last_run":null' not in server.admin("zato.scheduler.job.get-status-list").body, "the job runs")
        attempts.held(server.ping() == 200, "a job")
