"""Tests of apitest_server.rest.channel, through a server in this process."""

import asyncio
import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from apitest_server.errors import ConfigError
from apitest_server.service.asgi import Received
from tests.server.asgi import Client, scope, served

CONF = """
[limits]
body_size = 100
[security]
[[staff]]
type = basic-auth
username = u
password = p
[rest]
[[one]]
path = /one/{id}
service = a.one
methods = GET, POST
[[own]]
path = /own
service = a.own-methods
[[broken]]
path = /broken
service = broken.service
[[gone]]
path = /gone
service = no.such.service
[[staff]]
path = /staff
service = a.who
security = staff
"""
SERVICES = """\
from zato.server.service import Service, Int
class One(Service):
    class SimpleIO:
        input_required = (Int('id'),)
        input_optional = ('q', 'b')
    async def handle(self):
        self.response.payload = dict(self.request.input)
class OwnMethods(Service):
    def handle_GET(self):
        return {'x': self.wsgi_environ['REQUEST_METHOD']}
    def handle_DELETE(self):
        self.response.status_code = 204
class Who(Service):
    def handle(self):
        return {'user': self.channel.user, 'channel': self.channel.name}
"""
BROKEN = """\
from zato.server.service import Service
import no_such_thing
class Service(Service):
    def handle(self): pass
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with a few channels."""
    with served(tmp_path_factory.mktemp("server"), CONF, a=SERVICES, broken=BROKEN) as client:
        yield client


def test_fields_come_from_path_query_and_body(client: Client) -> None:
    """A request's fields are collected from everywhere."""
    answer = client.post("/one/5?q=x", {"b": "y"})
    assert (answer.status, answer.json()) == (200, {"id": 5, "q": "x", "b": "y"})


def test_every_answer_has_a_cid_and_a_server(client: Client) -> None:
    """Good answers and errors alike, each with a cid of its own."""
    answers = [client.get("/one/5"), client.get("/nope"), client.get("/one/x")]
    assert len({answer.headers["x-zato-cid"] for answer in answers}) == 3
    assert {answer.headers["server"] for answer in answers} == {"apitest-server"}
    assert answers[1].json()["cid"] == answers[1].headers["x-zato-cid"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "details"),
    [
        ("GET", "/nope", b"", 401, "Unauthorized"),
        ("PUT", "/staff/more", b"", 401, "Unauthorized"),
        ("PUT", "/one/5", b"", 405, "Method not allowed"),
        ("PUT", "/own", b"", 405, "The service takes GET, DELETE only"),
        ("GET", "/one/x", b"", 400, "Input field `id` must be an integer"),
        ("POST", "/one/5", b'{"a', 400, "The request body is not valid JSON: Input data was truncated"),
        ("POST", "/one/5", b"5", 400, "Input field `body` must be an object"),
        ("POST", "/one/5", b" " * 101, 413, "The request body is over the limit of 100 bytes"),
        ("GET", "/broken", b"", 500, "Internal server error"),
        ("GET", "/gone", b"", 404, "No such service"),
        ("GET", "/staff", b"", 401, "Unauthorized"),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(
    client: Client, method: str, path: str, body: bytes, status: int, details: str
) -> None:
    """Status and details for each kind of bad request."""
    answer = client.request(method, path, body=body)
    assert (answer.status, answer.json()["details"], answer.json()["result"]) == (status, details, "Error")


def test_a_wrong_method_is_told_the_right_ones(client: Client) -> None:
    """405 carries Allow, from the channel or from the service's own handlers."""
    assert client.request("PUT", "/one/5").headers["allow"] == "GET, HEAD, POST"
    assert client.request("PUT", "/own").headers["allow"] == "GET, DELETE"


def test_head_is_answered_by_get(client: Client) -> None:
    """A service that handles GET handles HEAD."""
    assert client.request("HEAD", "/own").status == 200


def test_a_body_that_says_it_is_too_large_is_not_read(client: Client) -> None:
    """Content-Length is enough; a body in pieces is counted as it comes."""
    assert client.request("POST", "/one/5", {"Content-Length": "101"}).status == 413
    assert client.request("POST", "/one/5", {}, b" " * 101, chunk=10).status == 413
    assert client.request("POST", "/one/5", {}, b" " * 98 + b"{}", chunk=10).status == 200


def test_a_module_that_cannot_be_imported_is_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """The caller gets 500; the log names file and line."""
    assert client.get("/broken").status == 500
    assert "broken.py:2" in caplog.text


def test_a_channel_of_a_service_that_is_missing_is_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Which service it is and what is near is nothing for strangers."""
    assert "no.such.service" not in client.get("/gone").text
    assert "No such service: `no.such.service`" in caplog.text


def test_a_secured_channel_knows_the_user(client: Client) -> None:
    """Right credentials reach the service as self.channel.user; wrong ones get the challenge."""
    assert client.get("/staff", Authorization="Basic dTpw").json() == {"user": "u", "channel": "staff"}
    refused = client.get("/staff", Authorization="Basic dTpx")
    assert refused.status == 401
    assert refused.headers["www-authenticate"].startswith("Basic realm=")


def test_a_client_that_goes_away_is_not_answered(client: Client) -> None:
    """A request that was never complete is dropped."""

    async def receive() -> Received:
        return {"type": "http.disconnect"}

    async def send(message: object) -> None:
        raise AssertionError(message)

    client.runner.run(client.app(scope("GET", "/one/5"), receive, send))


def test_each_request_is_one_line_of_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """The line has cid, service, status and time."""
    with caplog.at_level(logging.INFO, "apitest.access"):
        answer = client.get("/one/5")
    line = caplog.messages[-1]
    assert f"cid={answer.headers['x-zato-cid']} method=GET path=/one/5 service=a.one status=200 ms=" in line


def test_two_channels_for_one_path_are_refused(tmp_path: Path) -> None:
    """The server does not start with channels that hide each other."""
    conf = "[rest]\n[[a]]\npath = /x\nservice = a\n[[b]]\npath = /x\nservice = b\n"
    with pytest.raises(ConfigError, match="/x with any method is taken"), served(tmp_path, conf):
        pass


def test_who_waits_when_the_server_stops_is_told_so(client: Client) -> None:
    """A request that is cancelled is answered, with a cid."""
    sent: list[Mapping[str, Any]] = []

    async def receive() -> Received:
        return await asyncio.get_running_loop().create_future()  # The body never comes

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    async def cancelled() -> None:
        task = asyncio.ensure_future(client.app(scope("POST", "/one/1"), receive, send))
        await asyncio.sleep(0)
        task.cancel()
        await task

    client.runner.run(cancelled())
    assert sent[0]["status"] == 503
    told = json.loads(sent[1]["body"])
    assert told["details"] == "The server is stopping"
    assert (b"x-zato-cid", told["cid"].encode()) in sent[0]["headers"]
