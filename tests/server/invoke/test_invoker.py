"""Tests of apitest_server.invoke.invoker, through a server in this process."""

import asyncio
import gc
import logging
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.errors import BadRequest
from apitest_server.invoke.observed import Call
from apitest_server.service.messages import Channel
from tests.server.asgi import Client, served

CONF = """
[limits]
request_timeout = 0.2
[rest]
[[any]]
path = /{service}
service = a.front
"""
FRONT = """\
from apitest_server.components import Key
from zato.server.service import Service, Int, DateTime
import threading, asyncio
seen = []
done = threading.Event()

class Front(Service):
    def handle(self):
        self.response.payload = {'got': self.invoke('a.' + self.request.input.service, {'n': '20'})}

class Double(Service):
    class SimpleIO:
        input_required = (Int('n'),)
        output_required = ('m',)
    def handle(self):
        self.response.payload.m = self.request.input.n * 2
        self.response.payload.other = 1

class DoubleAsync(Service):
    input = 'n'
    async def handle(self):
        return (await self.invoke('a.double', {'n': self.request.input.n}))['m']

class Rows(Service):
    class SimpleIO:
        output_required = ('x',)
    def handle(self):
        self.response.payload[:] = [{'x': 1, 'y': 2}, {'x': 3}]

class Background(Service):
    def handle(self):
        return self.invoke_async('a.remember', 'hello')

class Remember(Service):
    def handle(self):
        seen.append((self.request.payload, self.channel.type, self.request.http, self.environ))
        done.set()

class Memory(Service):
    def handle(self):
        done.wait(10)
        return len(seen)

class Fails(Service):
    def handle(self):
        raise KeyError('a secret')

class FailsLater(Service):
    def handle(self):
        self.invoke_async('a.fails')
        self.invoke_async('a.double', {})

class Bad(Service):
    class SimpleIO:
        output_required = ('x',)
    def handle(self): pass

class SleepsAsync(Service):
    async def handle(self):
        await asyncio.sleep(60)

class OwnTimeout(Service):
    async def handle(self):
        raise TimeoutError('of a socket')

class Sleeps(Service):
    def handle(self):
        threading.Event().wait(2)

class Self(Service):
    def handle(self):
        self.logger.info('hi')
        return [self.name, len(self.cid), self.channel.type, self.server.name, self.time.utc_now(True)[:2],
            self.time.now().year > 2000, self.time.time() > 0, self.time.utc_now().year > 2000]

class Wants(Service):
    def handle(self):
        return self.server.components[Key('tea')]

class Method(Service):
    def handle_POST(self): return 'post'

class TwoMethods(Method):
    def handle_GET(self): return 'get'
"""


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with services that call each other."""
    with served(tmp_path_factory.mktemp("server"), CONF, a=FRONT) as client:
        yield client


@pytest.mark.parametrize(
    ("service", "answer"),
    [
        ("double", {"m": 40}),
        ("double-async", 40),
        ("rows", [{"x": 1}, {"x": 3}]),
        ("method", "post"),
        ("self", ["a.self", 24, "invoke", "server", "20", True, True, True]),
    ],
)
def test_a_service_invokes_another(front: Client, service: str, answer: object) -> None:
    """Plain and async services invoke each other, and get what the output of the other declares."""
    assert front.get(f"/{service}").json() == {"got": answer}


def test_the_background_has_a_cid_of_its_own(tmp_path: Path) -> None:
    """invoke_async returns at once; the service runs without HTTP, and the server waits for it when it ends."""
    with served(tmp_path, CONF, a=FRONT) as client:
        answer = client.get("/background")
        assert len(answer.json()["got"]) == 24
        assert answer.json()["got"] != answer.headers["x-zato-cid"]
        assert client.get("/memory").json() == {"got": 1}


def test_errors_in_the_background_go_to_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With their cid, and with a traceback where a caller sees no error."""
    with served(tmp_path, CONF, a=FRONT) as client:
        client.get("/fails-later")
    assert "Service `a.fails` failed, cid" in caplog.text
    assert "KeyError: 'a secret'" in caplog.text
    assert "Input field `n` is required" in caplog.text


@pytest.mark.parametrize(
    ("service", "status", "details"),
    [
        ("fails", 500, "Internal server error"),
        ("bad", 500, "Internal server error"),
        ("own-timeout", 500, "Internal server error"),
        ("wants", 500, "Internal server error"),
        ("nope", 404, "No such service"),
        ("sleeps", 504, "The service did not answer in time"),
        ("sleeps-async", 504, "The service did not answer in time"),
        ("two-methods", 405, "The service takes GET, POST only"),
    ],
)
def test_an_error_of_the_invoked_reaches_the_caller(front: Client, service: str, status: int, details: str) -> None:
    """What a caller may know is told; anything else is an internal error whose traceback is in the log only."""
    answer = front.get(f"/{service}")
    assert answer.status == status
    assert answer.json()["details"] == details
    assert "secret" not in answer.text


def test_a_traceback_is_in_the_log_under_its_cid(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The cid of the answer leads to the traceback."""
    with served(tmp_path, CONF, a=FRONT) as client, caplog.at_level(logging.ERROR):
        cid = client.get("/fails").json()["cid"]
    assert f"Service `a.front` failed, cid {cid}" in caplog.text
    assert "KeyError: 'a secret'" in caplog.text


def test_nothing_is_invoked_before_the_server_runs(tmp_path: Path) -> None:
    """Background work and async services need the server's loop."""
    with served(tmp_path, CONF, a=FRONT) as client:
        client.app.invoker.loop = None
        with pytest.raises(RuntimeError, match="not running"):
            client.app.invoke_async("a.double", {})
        with pytest.raises(RuntimeError, match="not running"):
            client.app.invoke("a.double-async", {"n": "1"})
        assert client.app.invoke("a.double", {"n": "1"}) == {"m": 2}


def test_observers_are_shown_each_call(tmp_path: Path) -> None:
    """Those of channels and those of other services, with the response or the error; unknown services are none."""
    with served(tmp_path, CONF, a=FRONT) as client:
        calls: list[Call] = []
        client.app.invoker.observers.append(calls.append)
        client.get("/double")
        client.get("/fails")
        client.get("/nope")
    assert [(call.name, call.channel.type) for call in calls] == [
        ("a.double", "invoke"),
        ("a.front", "rest"),
        ("a.fails", "invoke"),
        ("a.front", "rest"),
    ]
    assert calls[0].response is not None
    assert (calls[0].response.payload, calls[0].request.payload, calls[0].error) == ({"m": 40}, {"n": "20"}, None)
    assert isinstance(calls[2].error, KeyError)
    assert (calls[2].response, calls[0].cid) == (None, calls[1].cid)
    assert all(call.seconds > 0 for call in calls)


def test_an_observer_that_fails_fails_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The log has it, the caller its answer."""

    def fail(call: Call) -> None:
        raise KeyError(call.name)

    with served(tmp_path, CONF, a=FRONT) as client:
        client.app.invoker.observers.append(fail)
        assert client.get("/double").status == 200
    assert "A call of `a.double` could not be observed" in caplog.text


class Payload:
    """Something that can be watched."""


REFUSES = """\
from apitest_server.errors import BadRequest
from zato.server.service import Service
class Plain(Service):
    def handle(self):
        raise BadRequest("no")
class Async(Service):
    async def handle(self):
        raise BadRequest("no")
"""


@pytest.mark.parametrize("service", ["a.plain", "a.async"])
@pytest.mark.parametrize("in_thread", [False, True])
def test_a_call_that_failed_is_forgotten(tmp_path: Path, service: str, in_thread: bool) -> None:
    """With its request: whoever sends large bodies that are refused fills no memory."""
    with served(tmp_path, a=REFUSES) as client:
        invoker, payload = client.app.invoker, Payload()
        watched = weakref.ref(payload)

        async def call(given: Payload) -> None:
            with pytest.raises(BadRequest):
                if in_thread:
                    await asyncio.to_thread(invoker.call_in_thread, service, given, Channel(), "cid")
                else:
                    await invoker.call(service, given, Channel())

        client.runner.run(call(payload))
        del payload
        for _ in range(500):  # The thread that did it may have to take its next turn first
            gc.collect()
            if watched() is None:
                return
            threading.Event().wait(0.01)
        pytest.fail("the payload is still there")
