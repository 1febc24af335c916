"""Tests of apitest_server.internal.service.invoke."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

SERVICES = """\
from zato.server.service import Service
import threading
class Echo(Service):
    def handle(self): return self.request.payload
class Nothing(Service):
    def handle(self): pass
done = threading.Event()
class Background(Service):
    def handle(self): done.set()
class Wait(Service):
    def handle(self):
        was_set = done.wait(10)
        done.clear()
        return was_set
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with a few services."""
    with served(tmp_path_factory.mktemp("server"), a=SERVICES) as client:
        yield client


def base64(text: str) -> str:
    return b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("payload", "data_format", "response"),
    [
        ({"a": 1}, "json", b'{"a":1}'),
        (base64('{"a": 1}'), "json", b'{"a":1}'),
        ([1], "json", b"[1]"),
        (base64("ą"), "text", "ą".encode()),
        (base64("<a/>"), "bytes", b"<a/>"),
        (base64("<a/>"), "xml", b"<a/>"),
        ("", "json", b""),
        (None, "json", b""),
    ],
)
def test_a_service_gets_what_was_in_the_payload(
    client: Client, payload: Any, data_format: str, response: bytes
) -> None:
    """The response is Base64 of its JSON, or of its text."""
    found = call(client, "zato.service.invoke", {"name": "a.echo", "payload": payload, "data_format": data_format})
    assert b64decode(found["response"]) == response
    assert len(found["cid"]) == 24


def test_the_response_stands_beside_the_envelope(client: Client) -> None:
    """A payload without a data format is text."""
    document = client.call("zato.service.invoke", {"name": "a.echo", "payload": base64('{"a": 1}')}).json()
    assert sorted(document) == ["cid", "response", "zato_env"]
    assert b64decode(document["response"]) == b'{"a": 1}'


def test_a_service_is_invoked_by_its_id(client: Client) -> None:
    """The one that lists show."""
    number = call(client, "zato.service.get-by-name", {"name": "zato.ping"})["id"]
    found = call(client, "zato.service.invoke", {"id": number})
    assert json.loads(b64decode(found["response"])) == {"pong": "zato"}


@pytest.mark.parametrize("key", ["is_async", "async"])
def test_a_service_can_be_invoked_in_the_background(client: Client, key: str) -> None:
    """The cid is that of the call; clients have two names for it."""
    found = call(client, "zato.service.invoke", {"name": "a.background", key: True})
    assert (found["response"], len(found["cid"])) == (None, 24)
    assert call(client, "a.wait") is True


@pytest.mark.parametrize(
    ("payload", "status", "details"),
    [
        ({}, 400, "One of the input fields"),
        ({"name": "a.nope"}, 404, "No such service: `a.nope`"),
        ({"name": "a.echo", "payload": "!"}, 400, "`payload` must be Base64"),
        (
            {"name": "a.echo", "payload": base64("{"), "data_format": "json"},
            400,
            "`payload` is not in the data format json",
        ),
        ({"name": "a.echo", "payload": "/w==", "data_format": "text"}, 400, "not in the data format text"),
        ({"name": "a.echo", "data_format": "yaml"}, 400, "`data_format` must be one of text, json, bytes"),
    ],
)
def test_what_cannot_be_invoked_is_refused(client: Client, payload: Any, status: int, details: str) -> None:
    """With what is wrong."""
    found = refused(client, "zato.service.invoke", payload)
    assert found[0] == status
    assert details in found[1]
