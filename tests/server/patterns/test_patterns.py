"""Tests of apitest_server.patterns.patterns and apitest_server.internal.pattern."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.patterns.patterns import Patterns
from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

SERVICES = """\
from zato.server.service import Service, NotFound
import threading
failures, told, done = [], [], threading.Event()

class Fails(Service):
    def handle(self):
        failures.append(1)
        if len(failures) <= self.request.payload:
            raise OSError('a secret')
        return len(failures)

class Refuses(Service):
    def handle(self):
        failures.append(1)
        raise NotFound('No such customer')

class Failures(Service):
    def handle(self):
        return len(failures)

class Double(Service):
    def handle(self):
        return self.request.payload * 2

class DoubleAsync(Service):
    async def handle(self):
        return self.request.payload * 2

class Told(Service):
    def handle(self):
        told.append(self.request.payload)
        if self.request.payload['phase'] == 'on-final':
            done.set()

class WhatWasTold(Service):
    def handle(self):
        done.wait(10)
        return told

class CallsFromAsync(Service):
    async def handle(self):
        outcomes = await self.patterns.parallel([('a.double', 1), ('a.double-async', 2), ('a.nope', 3)])
        again = await self.patterns.invoke_retry('a.double-async', 4)
        return [[outcome.ok, outcome.response] for outcome in outcomes], again
""".replace("import Service, NotFound", "import Service\nfrom zato.common.exception import NotFound")
DOUBLES = [{"service": "a.double", "payload": 1}, {"service": "a.double-async", "payload": 2}]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server with services that succeed and fail."""
    with served(tmp_path, a=SERVICES) as client:
        yield client


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server that is asked for what cannot be done only, so that it stays as it is."""
    with served(tmp_path_factory.mktemp("server"), a=SERVICES) as client:
        yield client


def test_a_call_is_tried_again(client: Client) -> None:
    """Until it succeeds."""
    payload = {"service": "a.fails", "payload": 2, "attempts": 5, "delay": 0}
    assert call(client, "zato.pattern.invoke-retry", payload) == {"service": "a.fails", "response": 3}


def test_the_last_attempt_decides(client: Client) -> None:
    """Its error is the caller's."""
    with pytest.raises(OSError, match="a secret"):
        call(client, "zato.pattern.invoke-retry", {"service": "a.fails", "payload": 9, "attempts": 2, "delay": 0})
    assert call(client, "a.failures") == 2


def test_waits_are_those_of_the_backoff(client: Client) -> None:
    """Each attempt but the first has one before it."""
    slept: list[float] = []

    class Caller:
        cid = "cid"

        def invoke(self, name: str, payload: Any) -> Any:
            return client.app.invoke(name, payload)

    patterns = Patterns(Caller(), slept.append)  # type: ignore[arg-type] # all that patterns need of a service
    assert patterns.invoke_retry("a.fails", 3, attempts=4, delay=1, factor=3, longest=5) == 4
    assert slept == [1, 3, 5]


def test_what_the_caller_is_to_blame_for_is_not_tried_again(client: Client) -> None:
    """One attempt, and its error."""
    payload = {"service": "a.refuses", "attempts": 5, "delay": 0}
    assert refused(client, "zato.pattern.invoke-retry", payload) == (404, "No such customer")
    assert call(client, "a.failures") == 1


def test_services_are_called_in_parallel(client: Client) -> None:
    """Their answers and errors are in the order of the targets; what failed inside is not told."""
    targets = [*DOUBLES, {"service": "a.refuses"}, {"service": "a.fails", "payload": 9}, {"service": "a.nope"}]
    rows = call(client, "zato.pattern.parallel", {"targets": targets})
    assert [(row["ok"], row["response"], row["error"]) for row in rows] == [
        (True, 2, ""),
        (True, 4, ""),
        (False, None, "No such customer"),
        (False, None, "Internal server error"),
        (False, None, "No such service"),
    ]


def test_targets_may_be_an_object(client: Client) -> None:
    """Names and payloads."""
    rows = call(client, "zato.pattern.parallel", {"targets": {"a.double": "ab"}, "at_once": 1})
    assert rows == [{"service": "a.double", "ok": True, "response": "abab", "error": ""}]


def test_callbacks_are_told_of_a_fan_out(client: Client) -> None:
    """Of each target and of the end, under the cid that was returned at once."""
    callbacks = {"on_target": ["a.told"], "on_final": ["a.told", "a.nope"]}
    cid = call(client, "zato.pattern.fan-out", {"targets": DOUBLES, **callbacks})["cid"]
    told = call(client, "a.what-was-told")
    assert [message["phase"] for message in told] == ["on-target", "on-target", "on-final"]
    assert {message["cid"] for message in told} == {cid}
    assert sorted(message["response"] for message in told[:2]) == [2, 4]
    assert [outcome["response"] for outcome in told[2]["outcomes"]] == [2, 4]


def test_a_fan_out_can_be_waited_for(client: Client) -> None:
    """The service that does it returns the outcomes."""
    rows = call(client, "zato.pattern.run-fan-out", {"targets": DOUBLES, "on_final": "a.told"})
    assert [row["response"] for row in rows] == [2, 4]
    assert [message["phase"] for message in call(client, "a.what-was-told")] == ["on-final"]


def test_async_services_await_their_patterns(client: Client) -> None:
    """The event loop goes on meanwhile, else it could not answer."""
    assert call(client, "a.calls-from-async") == ([[True, 2], [True, 4], [False, None]], 8)


@pytest.mark.parametrize(
    ("service", "payload", "details"),
    [
        ("invoke-retry", {"service": "a.double", "attempts": 0}, "attempts is 1 or more"),
        ("invoke-retry", {}, "`service` is required"),
        ("parallel", {"targets": []}, "`targets` must not be empty"),
        ("parallel", {"targets": [{"payload": 1}]}, "`targets` must be {"),
        ("parallel", {"targets": {"a": 1}, "at_once": 65}, "from 1 to 64"),
        ("fan-out", {"targets": {}}, "`targets` must not be empty"),
        ("fan-out", {"targets": 5}, "`targets` must be {"),
        ("run-fan-out", {}, "`targets` is required"),
    ],
)
def test_what_makes_no_sense_is_refused(refusing: Client, service: str, payload: Any, details: str) -> None:
    """Before anything is called."""
    status, told = refused(refusing, f"zato.pattern.{service}", payload)
    assert status == 400
    assert details in told
