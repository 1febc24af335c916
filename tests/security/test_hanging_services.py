"""Services that hang do not keep the server's own from answering."""

from pathlib import Path

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
