"""Tests of apitest_server.outgoing.http, against a web server in a thread."""

from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.errors import BadRequest, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.http import HTTPConnection
from apitest_server.security.authentication import Authentication
from apitest_server.security.objects import SecurityObjects, declared_id
from apitest_server.security.username_token import found_in, with_token
from apitest_server.service import soap
from tests.apitest.web import WebServer

WSS = SecurityDefinition("w", "wss", username="maria", password="p", password_type="digest")
STAFF = SecurityDefinition("staff", "basic-auth", username="u", password="p")


@pytest.fixture(scope="module")
def web() -> Iterator[WebServer]:
    server = WebServer()
    yield server
    server.close()


def connection(host: str, transport: str = "plain_http", **fields: Any) -> HTTPConnection:
    item = StoredObject(1, "http-soap", "CRM", {"host": host, "transport": transport, **fields})
    return HTTPConnection(item, SecurityObjects(Authentication([STAFF, WSS])))


@pytest.fixture
def crm(web: WebServer) -> Iterator[HTTPConnection]:
    made = connection(web.address, url_path="/customers/{id}", security_id=declared_id("staff"))
    yield made
    made.close()


@pytest.mark.parametrize("method", ["get", "head", "options", "post", "put", "patch", "delete"])
def test_each_method_is_sent(crm: HTTPConnection, method: str) -> None:
    """Parameters that the path names go into it, others into the query string."""
    response = getattr(crm.conn, method)("c1", params={"id": "a/b", "x": 1})
    assert response.ok
    if method != "head":
        assert (response.data["method"], response.data["path"]) == (method.upper(), "/customers/a%2Fb?x=1")


def test_a_request_carries_cid_and_credentials(crm: HTTPConnection) -> None:
    """And the headers that the caller adds."""
    headers = crm.get("c1", {"id": 1}, headers={"X-Own": "y"}).data["headers"]
    assert (headers["x-zato-cid"], headers["x-own"]) == ("c1", "y")
    assert b64decode(headers["authorization"].removeprefix("Basic ")) == b"u:p"


@pytest.mark.parametrize(
    ("data", "body", "content_type"),
    [
        ({"a": [1]}, '{"a":[1]}', "application/json"),
        ("ü", "\xc3\xbc", "application/json"),
        (b"x", "x", "application/json"),
    ],
)
def test_a_body_is_json_unless_it_is_text_or_bytes(
    crm: HTTPConnection, data: Any, body: str, content_type: str
) -> None:
    """The content type is that of the connection."""
    sent = crm.post("", data, {"id": 1}).data
    assert (sent["body"], sent["headers"]["content-type"]) == (body, content_type)
    assert "content-type" not in crm.post("", None, {"id": 1}).data["headers"]


def test_an_answer_that_is_no_json_is_text(web: WebServer) -> None:
    """Also where JSON was expected."""
    made = connection(web.address, url_path="/status/200")
    assert made.get().data == "<html>as asked</html>"
    made.close()


def test_a_parameter_of_the_path_must_be_given(crm: HTTPConnection) -> None:
    """The error names it and the connection."""
    with pytest.raises(BadRequest, match=r"`CRM` needs the parameter `id` for its path /customers/\{id\}"):
        crm.get()


def test_a_remote_end_that_is_not_there_is_told() -> None:
    """With what the operating system says, and the connection's name."""
    made = connection("http://127.0.0.1:1")
    for act in (made.get, made.ping):
        with pytest.raises(ServiceUnavailable, match="`CRM` cannot be reached: Connection refused"):
            act()


def test_a_remote_end_that_is_silent_is_told(web: WebServer) -> None:
    """After the connection's time-out."""
    made = connection(web.address, url_path="/silent", timeout=0.05)
    with pytest.raises(ServiceTimeout, match="`CRM` did not answer in time"):
        made.get()
    made.close()


def test_a_definition_that_is_not_active_is_told(web: WebServer) -> None:
    """Nothing is sent without it."""
    with pytest.raises(ServiceUnavailable, match="security definition of `CRM` is not active"):
        connection(web.address, security_id=5).get()


def test_a_ping_is_a_real_call(web: WebServer) -> None:
    """With the ping method, to the host."""
    made = connection(web.address, url_path="/nowhere", ping_method="GET")
    response = made.ping("c1")
    assert (response.status_code, response.json()["path"], response.json()["method"]) == (200, "/", "GET")
    made.close()


@pytest.mark.parametrize(
    ("version", "headers"),
    [
        ("1.1", {"soapaction": '"urn:a"', "content-type": "text/xml; charset=utf-8"}),
        ("1.2", {"content-type": 'application/soap+xml; charset=utf-8; action="urn:a"'}),
    ],
)
def test_a_soap_connection_sends_envelopes(web: WebServer, version: str, headers: dict[str, str]) -> None:
    """With the action where the version has it."""
    made = connection(web.address, "soap", soap_action="urn:a", soap_version=version, data_format="json")
    sent = made.post("", "<a/>").data
    assert sent["body"].encode() == soap.envelope(b"<a/>", version)
    assert headers.items() <= sent["headers"].items()
    made.close()


@pytest.mark.parametrize("data", ["<ping/>", soap.envelope(b"<ping/>", "1.1").decode()])
def test_a_soap_connection_shows_a_username_token(web: WebServer, data: str) -> None:
    """In the header of the envelope, which the service may have made itself, and a new one each time."""
    made = connection(web.address, "soap", url_path="/soap", security_id=declared_id("w"))
    checks = made.security.authentication.checker("w")
    assert checks is not None
    for _ in range(2):
        sent = made.post("", data).data["body"].encode("latin-1")
        token = found_in(sent)
        assert token is not None
        assert soap.content_of(sent).startswith(b"<ping")
        assert checks.check(with_token({}, token)) == "maria"
    made.close()


def test_a_token_needs_an_envelope() -> None:
    """What only begins as one is not sent."""
    made = connection("http://127.0.0.1", "soap", url_path="/soap", security_id=declared_id("w"))
    with pytest.raises(BadRequest, match="not a SOAP envelope"):
        made.post("", f"<a><Envelope xmlns='{soap.NAMESPACES['1.1']}'/></a>")
