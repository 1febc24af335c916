"""Tests of apitest_server.internal.service.samples."""

import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

SERVICES = """\
from zato.server.service import Service
import threading
class Echo(Service):
    def handle(self): return self.request.payload
class Slow(Service):
    def handle(self): threading.Event().wait(0.003)
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server with a service to look at and a slow one."""
    with served(tmp_path, a=SERVICES) as client:
        yield client


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The same, for tests that ask for what cannot be done."""
    with served(tmp_path_factory.mktemp("server"), a=SERVICES) as client:
        yield client


def kept(client: Client) -> Any:
    """What is kept of the service that echoes, which stands in an element of another name than the service's."""
    answer = client.call("zato.service.get-request-response", {"name": "a.echo"})
    return answer.json()["zato_service_request_response_response"]


def test_every_nth_request_is_kept(client: Client, tmp_path: Path) -> None:
    """Without its secrets, and after a restart as well."""
    call(client, "zato.service.configure-request-response", {"name": "a.echo", "sample_req_resp_freq": 2})
    for number in range(3):
        call(client, "a.echo", {"n": number, "password": "x"})
    found = kept(client)
    rows = found["samples"]
    assert (found["sample_req_resp_freq"], found["sample_cid"]) == (2, rows[0]["cid"])
    assert (
        json.loads(b64decode(found["sample_req"])) == json.loads(b64decode(found["sample_resp"])) == rows[0]["request"]
    )
    assert [row["request"] for row in rows] == [{"n": number, "password": "******"} for number in (2, 0)]
    assert rows[0]["response"] == rows[0]["request"]
    with served(tmp_path) as restarted:
        call(restarted, "a.echo", {"n": 5})
        [row] = kept(restarted)["samples"]
        assert row["request"] == {"n": 5}


def test_nothing_is_kept_unless_asked(client: Client) -> None:
    """And nothing any more once it is switched off."""
    call(client, "a.echo", 1)
    assert (kept(client)["samples"], kept(client)["sample_req"]) == ([], "")
    for frequency in (1, 0):
        call(client, "zato.service.configure-request-response", {"name": "a.echo", "sample_req_resp_freq": frequency})
        call(client, "a.echo", frequency)
    assert [row["request"] for row in kept(client)["samples"]] == [1]


def test_slow_responses_are_kept(client: Client) -> None:
    """Those above the threshold; one is found by its cid."""
    call(client, "zato.service.edit", {"name": "a.slow", "slow_threshold": 1})
    call(client, "a.slow", {"a": 1})
    [row] = call(client, "zato.service.slow-response.get-list", {"name": "a.slow"})
    assert row["ms"] > 1
    assert "request" not in row
    found = call(client, "zato.service.slow-response.get", {"name": "a.slow", "cid": row["cid"]})
    assert found["request"] == {"a": 1}
    assert found["proc_time"] == found["ms"] == row["proc_time"]


@pytest.mark.parametrize(
    ("service", "payload", "status", "details"),
    [
        ("configure-request-response", {"name": "a.echo"}, 400, "`sample_req_resp_freq` is required"),
        ("configure-request-response", {"name": "a.echo", "sample_req_resp_freq": -1}, 400, "from 0 to"),
        ("get-request-response", {"name": "a.nope"}, 404, "No such service: `a.nope`"),
        ("slow-response.get-list", {}, 400, "One of the input fields"),
        ("slow-response.get", {"name": "a.slow", "cid": "x"}, 404, "No slow response with the cid `x` is kept"),
    ],
)
def test_what_cannot_be_done_is_refused(
    untouched: Client, service: str, payload: dict[str, Any], status: int, details: str
) -> None:
    """With what is wrong."""
    found = refused(untouched, f"zato.service.{service}", payload)
    assert found[0] == status
    assert details in found[1]
