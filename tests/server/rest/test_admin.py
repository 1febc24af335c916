"""Tests of apitest_server.rest.admin, through a server in this process."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served

SERVICES = """\
from zato.server.service import Service, Int
class Echo(Service):
    name = 'my.echo-it'
    def handle(self):
        return {'payload': self.request.payload, 'input': dict(self.request.input), 'channel': self.channel.type}
class Fields(Service):
    name = 'my.get-fields'
    class SimpleIO:
        input_required = (Int('number'),)
    def handle(self):
        self.response.payload = [self.request.input.number]
class Odd(Service):
    name = 'my.odd'
    def handle(self):
        return {'bytes': b'\\xff', 'text': b'a', 'none': None, 'error': None}[self.request.payload['what']]
class Failing(Service):
    name = 'my.failing'
    def handle(self):
        raise RuntimeError('a secret of the server')
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("server"), "[limits]\nbody_size = 100\n", a=SERVICES) as client:
        yield client


def basic(username: str, password: str) -> str:
    return f"Basic {b64encode(f'{username}:{password}'.encode()).decode()}"


def test_a_service_answers_in_an_envelope(client: Client) -> None:
    """The cid is that of the header; the element has the service's name."""
    answer = client.call("zato.ping")
    cid = answer.headers["x-zato-cid"]
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == {
        "zato_env": {"result": "ZATO_OK", "cid": cid, "details": ""},
        "zato_ping_response": {"pong": "zato"},
    }


def test_the_first_administrator_may_call(client: Client) -> None:
    """With the credentials that the first start made, and no others."""
    first = client.app.first_credentials
    assert first is not None
    right = client.get("/zato/json/zato.ping", Authorization=basic(first.username, first.password))
    assert right.status == 200
    for header in (basic(first.username, "x"), basic("x", first.password), "Bearer x", "nonsense"):
        assert client.get("/zato/json/zato.ping", Authorization=header).status == 401


@pytest.mark.parametrize(("method", "path"), [("POST", "zato.ping"), ("POST", "none"), ("DELETE", ""), ("PUT", "x/y")])
def test_strangers_are_told_nothing(client: Client, method: str, path: str) -> None:
    """401, whatever the method and the path."""
    answer = client.request(method, f"/zato/json/{path}")
    env = answer.json()["zato_env"]
    assert (answer.status, env["result"], env["details"]) == (401, "ZATO_ERROR", "Unauthorized")
    assert answer.headers["www-authenticate"].startswith("Basic realm=")


def test_input_is_the_body_or_the_query(client: Client) -> None:
    """A path named `service` does not get in its way."""
    answer = client.result("my.echo-it", {"service": "x"})
    assert answer == {"payload": {"service": "x"}, "input": {"service": "x"}, "channel": "admin"}
    assert client.call("my.get-fields?number=5").json()["my_get_fields_response"] == [5]
    assert client.result("my.get-fields", {"number": "7"}) == [7]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("kind", ["", "application/json", "text/plain", "application/x-www-form-urlencoded", "a/b"])
@pytest.mark.parametrize("body", [b"", b'{"a": 1}'])
def test_clients_use_any_method_and_content_type(client: Client, method: str, kind: str, body: bytes) -> None:
    """With or without a body; it is JSON whatever they call it."""
    first = client.app.first_credentials
    assert first is not None
    headers = {"Authorization": basic(first.username, first.password), "User-Agent": "python-requests/2.32"}
    if kind:
        headers["Content-Type"] = kind
    answer = client.request(method, "/zato/json/my.echo-it", headers, body)
    assert answer.status == 200
    assert answer.json()["my_echo_it_response"]["payload"] == ({"a": 1} if body else None)


def test_what_reads_may_be_got_by_a_browser(client: Client) -> None:
    """Everything else has to be posted: no link in a browser changes anything."""
    first = client.app.first_credentials
    assert first is not None
    header = {"Authorization": basic(first.username, first.password), "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}
    assert client.get("/zato/json/my.get-fields?number=1", **header).status == 200
    refused = client.get("/zato/json/my.echo-it", **header)
    assert (refused.status, refused.headers["allow"]) == (405, "POST")
    refused = client.request("DELETE", "/zato/json/my.get-fields", header)
    assert (refused.status, refused.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    ("service", "payload", "status", "details"),
    [
        ("none", None, 404, "No such service: `none`"),
        ("my.get-fields", None, 400, "Input field `number` is required"),
        ("my.get-fields", "text", 400, "Input field `body` must be an object"),
        ("my.failing", None, 500, "Internal server error"),
        ("my.echo-it", "x" * 200, 413, "The request body is over the limit of 100 bytes"),
    ],
)
def test_errors_say_what_the_administrator_may_know(
    client: Client, service: str, payload: Any, status: int, details: str
) -> None:
    """With a fitting status; what is inside the server stays there."""
    assert client.refused(service, payload) == (status, details)


def test_a_body_that_is_not_json_is_refused(client: Client) -> None:
    """400; to a browser 415 where it does not say that it is."""
    first = client.app.first_credentials
    assert first is not None
    headers = {"Authorization": basic(first.username, first.password)}
    answer = client.request("POST", "/zato/json/my.echo-it", {**headers, "Content-Type": "application/json"}, b"{")
    assert answer.status == 400
    assert "not valid JSON" in answer.text
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        browser = {**headers, "Content-Type": kind, "User-Agent": "Mozilla/5.0"}
        answer = client.request("POST", "/zato/json/my.echo-it", browser, b'{"a": 1}')
        assert answer.status == 415


def test_pages_of_other_sites_are_refused(tmp_path: Path) -> None:
    """Before anything is looked at; and so is a name that the server does not have."""
    with served(tmp_path, "[main]\nhost_names = api.example.com\n") as client:
        refused = client.get("/zato/json/zato.ping", Host="api.example.com", Origin="https://example.org")
        assert (refused.status, refused.json()["details"]) == (403, "Requests of other sites are refused")
        assert client.get("/zato/json/zato.ping", Host="example.org").status == 403
        assert client.get("/zato/json/zato.ping", Host="api.example.com").status == 401


@pytest.mark.parametrize(("what", "expected"), [("bytes", "/w=="), ("text", "a"), ("none", {})])
def test_every_payload_has_a_place_in_json(client: Client, what: str, expected: Any) -> None:
    """Bytes that are not UTF-8 come in Base64, nothing as an empty object."""
    assert client.result("my.odd", {"what": what}) == expected
