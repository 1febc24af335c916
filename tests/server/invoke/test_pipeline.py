"""Tests of apitest_server.invoke.pipeline, with a channel that is not HTTP."""

import logging
import threading
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from apitest_server.errors import HTTPError, Unauthorized
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.observed import Call
from apitest_server.invoke.pipeline import Gone, Pipeline, Route
from apitest_server.service.messages import Request, Response
from tests.server.asgi import Client, served

SERVICES = """\
from zato.server.service import Service
class Echo(Service):
    def handle(self):
        return [self.request.payload, self.channel.name, self.channel.type, self.channel.user]
class Failing(Service):
    def handle(self):
        raise KeyError('hidden')
"""


class Answered(NamedTuple):
    status: int
    said: object
    cid: str


class Message:
    """A message as a WebSocket channel may have it: text and a token, no HTTP."""

    def __init__(self, text: str, service: str = "a.echo", token: str = "right", gone: bool = False) -> None:
        self.text, self.service, self.token, self.gone = text, service, token, gone

    def origin(self) -> Origin:
        return Origin("MESSAGE", "/socket", "192.0.2.1")

    def route(self) -> Route:
        return Route(self.service, "my.socket", "web-socket", "staff" if self.token else "")

    async def authenticate(self, security: str) -> str:
        if self.token != "right":
            raise Unauthorized
        return f"user of {security}"

    async def read(self, user: str) -> Request:
        if self.gone:
            raise Gone
        return Request(self.text, self.text)

    def reply(self, response: Response, cid: str) -> Answered:
        return Answered(response.status_code, response.payload, cid)

    def refuse(self, error: HTTPError, cid: str) -> Answered:
        return Answered(error.status, error.details, cid)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("server"), "", a=SERVICES) as client:
        yield client


def answer(client: Client, message: Message) -> Answered | None:
    return client.runner.run(Pipeline(client.app.invoker).answer(message))


def test_a_message_reaches_its_service(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """The service knows channel and user, the log has one line with the cid of the reply."""
    with caplog.at_level(logging.INFO, "apitest.access"):
        found = answer(client, Message("hello"))
    assert found is not None
    assert found[:2] == (200, ["hello", "my.socket", "web-socket", "user of staff"])
    line = f"cid={found.cid} method=MESSAGE path=/socket service=a.echo status=200 ms="
    assert [message[: len(line)] for message in caplog.messages] == [line]
    assert caplog.messages[0].endswith(" remote=192.0.2.1 user=user of staff")


def test_a_channel_without_security_asks_nobody(client: Client) -> None:
    """The user is empty."""
    found = answer(client, Message("hello", token=""))
    assert found is not None
    assert found.said == ["hello", "my.socket", "web-socket", ""]


def test_a_caller_who_is_not_known_calls_nothing(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """And the log does not repeat the service that was asked for."""
    with caplog.at_level(logging.INFO, "apitest.access"):
        found = answer(client, Message("hello", token="wrong"))
    assert found is not None
    assert found[:2] == (401, "Unauthorized")
    assert "service=- status=401" in caplog.messages[-1]


def test_what_a_service_raises_stays_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """The caller gets the cid to ask about."""
    found = answer(client, Message("hello", "a.failing"))
    assert found is not None
    assert found[:2] == (500, "Internal server error")
    assert f"Service `a.failing` failed, cid {found.cid}" in caplog.text
    assert "hidden" in caplog.text


def test_nobody_is_answered_who_went_away(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is logged either."""
    with caplog.at_level(logging.INFO, "apitest.access"):
        assert answer(client, Message("hello", gone=True)) is None
    assert caplog.messages == []


@pytest.mark.parametrize("is_large", [False, True])
def test_what_is_made_of_a_large_request_is_not_made_on_the_event_loop(client: Client, is_large: bool) -> None:
    """Neither the reply nor what observers keep of the call; of a small one both are made at once."""
    threads: list[threading.Thread] = []

    class Large(Message):
        async def read(self, user: str) -> Request:
            return Request(self.text, self.text, is_large=is_large)

        def reply(self, response: Response, cid: str) -> Answered:
            threads.append(threading.current_thread())
            return super().reply(response, cid)

    def observe(call: Call) -> None:
        assert call.seconds > 0
        threads.append(threading.current_thread())

    client.app.invoker.observers.append(observe)
    answer = client.runner.run(Pipeline(client.app.invoker).answer(Large("hello")))
    assert answer is not None
    assert answer.status == 200
    assert [thread is threading.main_thread() for thread in threads] == [not is_large] * 2
