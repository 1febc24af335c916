"""Services that raise what no service should: each caller gets a 500 at once, and nobody else notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.asgi import Client, served

CONF = "[limits]\nrequest_timeout = 5\nthreads = 2\n[rest]\n[[any]]\npath = /{service}\nservice = a.front\n" + "".join(
    f"[[{name}]]\npath = /direct/{name}\nservice = a.{name}\n" for name in ("plain", "async-one", "bad-reply", "good")
)
SERVICES = """\
import asyncio
from zato.server.service import Service
class Own(BaseException): pass
RAISED = {'stop': StopIteration, 'stop-async': StopAsyncIteration, 'exit': SystemExit, 'interrupt': KeyboardInterrupt,
          'generator': GeneratorExit, 'cancelled': asyncio.CancelledError, 'own': Own}
REPLIES = {'status': ('status_code', 99), 'text': ('status_code', 'x'), 'none': ('status_code', None),
           'type': ('content_type', 'a\\r\\nX-B: 1'), 'control': ('headers', {'X-A': 'a\\r\\nX-B: 1'}),
           'name': ('headers', {'X A': '1'}), 'latin': ('headers', {'X-A': '\\u0105'}), 'not-a-dict': ('headers', 5)}
class Plain(Service):
    def handle(self):
        raise RAISED[self.request.input.what]()
class AsyncOne(Service):
    async def handle(self):
        await asyncio.sleep(0)
        raise RAISED[self.request.input.what]()
class BadReply(Service):
    def handle(self):
        setattr(self.response, *REPLIES[self.request.input.what])
class Good(Service):
    def handle(self):
        return 'good'
class Front(Service):
    def handle(self):
        return self.invoke('a.' + self.request.input.service, dict(self.request.http.GET))
"""
KINDS = ["stop", "stop-async", "exit", "interrupt", "generator", "cancelled", "own"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(Path(tmp_path_factory.mktemp("crashing")), CONF, a=SERVICES) as client:
        yield client


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("path", ["/direct/plain", "/direct/async-one", "/plain", "/async-one"])
def test_whatever_a_service_raises_is_a_500(client: Client, path: str, what: str) -> None:
    """Called directly or by another service; the neighbours in its thread pool are answered."""
    answers = client.together([f"{path}?what={what}", "/direct/good", f"{path}?what={what}", "/direct/good"])
    assert [answer.status for answer in answers] == [500, 200, 500, 200]
    assert answers[0].json()["details"] == "Internal server error"


@pytest.mark.parametrize("what", ["status", "text", "none", "type", "control", "name", "latin", "not-a-dict"])
def test_a_reply_that_cannot_be_sent_is_a_500(client: Client, what: str) -> None:
    """Not a closed connection, and not a header that the service did not mean."""
    answer = client.get(f"/direct/bad-reply?what={what}")
    assert (answer.status, answer.json()["details"]) == (500, "Internal server error")
    assert "x-b" not in answer.headers
