"""Tests of the services of REST and SOAP channels and outgoing connections, through a server in this process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.security.objects import declared_id
from apitest_server.service import soap
from tests.apitest.web import WebServer
from tests.server.asgi import Client, served
from tests.server.rest.channels import CONF, SERVICES, channel, outgoing


@pytest.fixture(scope="module")
def web() -> Iterator[WebServer]:
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path, CONF, a=SERVICES) as client:
        yield client


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server that is asked for what cannot be done only, so that it stays as it is."""
    with served(tmp_path_factory.mktemp("server"), CONF, a=SERVICES) as client:
        yield client


def test_a_channel_serves_from_its_creation_to_its_deletion(client: Client) -> None:
    """Every change of it counts for the next request."""
    known = {"Authorization": "Basic dTpw"}  # The server has channels for some only: strangers get 401
    number = channel(client, url_path="/a/{id}")
    assert client.post("/a/5", [1]).json() == {"payload": [1], "params": {"id": "5"}}
    client.result("zato.http-soap.edit", {"id": number, "url_path": "/b", "method": "get, put"})
    assert client.get("/a/5", **known).status == 404
    assert client.get("/b").status == 200
    assert client.request("DELETE", "/b").headers["allow"] == "GET, HEAD, PUT"
    client.result("zato.http-soap.edit", {"id": number, "is_active": False})
    assert client.get("/b", **known).status == 404
    client.result("zato.http-soap.edit", {"id": number, "is_active": True})
    assert client.get("/b").status == 200
    client.result("zato.http-soap.delete", {"id": number})
    assert client.get("/b", **known).status == 404


def test_a_channel_may_use_a_definition_of_server_conf(client: Client) -> None:
    """By its ID; also after a restart."""
    channel(client, security_id=declared_id("staff"))
    assert client.get("/a").status == 401
    assert client.get("/a", Authorization="Basic dTpw").status == 200


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"url_path": "/one"}, "`url_path`: the path /one with GET is taken by another channel"),
        ({"url_path": "/{x"}, "`url_path`: the path /{x has a brace"),
        ({"url_path": "a"}, "`url_path` must start with /"),
        ({"url_path": "/a?b=c"}, "`url_path` must be a path without a query string"),
        ({"url_path": "/a#b"}, "`url_path` must be a path without a query string"),
        ({"url_path": "/zato/json/x"}, "`url_path` must not start with /zato/"),
        ({"service": ""}, "`service` is required for a channel"),
        ({"service": "my.eco"}, "`service` is not the name of a deployed service: `my.eco`"),
        ({"method": "GET, FETCH"}, "`method` has an unknown method: FETCH"),
        ({"security_id": 99}, "`security_id`: there is no object of a fitting kind with ID 99"),
        ({"security_id": -99}, "`security_id` is not the ID of a security definition: -99"),
        ({"connection": "both"}, "`connection` must be one of channel, outgoing"),
        ({"connection": "outgoing"}, "`host` must be an address such as https://example.com"),
        ({"connection": "outgoing", "host": "ftp://x"}, "`host` must be an address"),
        ({"connection": "outgoing", "host": "http://u:p@x"}, "`host` must be an address"),
        ({"connection": "outgoing", "host": "http://x", "url_path": "a"}, "`url_path` must start with /"),
        ({"timeout": 0}, "`timeout` must be a whole number from 1 to 3600"),
        ({"name": "one"}, "Channel or connection `one` exists already: it is declared in server.conf"),
    ],
)
def test_what_cannot_be_served_is_refused(refusing: Client, fields: dict[str, Any], details: str) -> None:
    """The field is named; nothing is stored."""
    given = {
        "connection": "channel",
        "transport": "plain_http",
        "url_path": "/a",
        "service": "my.echo",
        "method": "GET",
    }
    status, found = refusing.refused("zato.http-soap.create", {"name": "a", **given, **fields})
    assert (status, details in found) == (400, True), found
    rows = refusing.result("zato.http-soap.get-list", {"query": "a"})
    assert [row["name"] for row in rows if not row["is_declared"]] == []


def test_channels_and_connections_are_told_apart(client: Client, web: WebServer) -> None:
    """One name may be used for both; lists are by connection and transport."""
    channel(client, "own")
    outgoing(client, web.address, "own")
    channel(client, "own", transport="soap", url_path="/soap")

    def listed(**given: str) -> list[tuple[str, str, str]]:
        rows = client.result("zato.http-soap.get-list", {"cluster_id": 1, "query": "own", **given})
        return [(row["name"], row["connection"], row["transport"]) for row in rows]

    assert len(listed()) == 3
    assert listed(connection="outgoing") == [("own", "outgoing", "plain_http")]
    assert listed(connection="channel", transport="soap") == [("own", "channel", "soap")]


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_soap_channel_speaks_soap(client: Client, version: str) -> None:
    """Envelopes in and out, and faults that carry the cid."""
    fields = {"transport": "soap", "url_path": "/soap", "service": "my.envelope", "soap_action": "urn:a"}
    channel(client, soap_version=version, **fields)
    headers = {"SOAPAction": "urn:a"}
    answer = client.request("POST", "/soap", headers, soap.envelope(b"<x>1</x>", version))
    assert answer.status == 200
    assert answer.headers["content-type"].encode() == soap.CONTENT_TYPES[version]
    assert b"<got " in soap.content_of(answer.body)
    failed = client.request("POST", "/soap", headers, soap.envelope(b"<bad/>", version))
    assert (failed.status, "Internal server error" in failed.text) == (500, True)
    assert failed.headers["x-zato-cid"] in failed.text
    refused = client.request("POST", "/soap", headers, b"no envelope")
    assert refused.status == (500 if version == "1.1" else 400)
    assert "not well-formed XML" in refused.text
    assert client.request("GET", "/soap", headers, soap.envelope(b"<x>1</x>", version)).status == 200
    assert client.request("PUT", "/soap", headers).status == 405
    unknown = client.request("POST", "/soap", {"SOAPAction": "urn:b"}, b"")
    assert (unknown.status, "Fault>" in unknown.text, "urn:b" in unknown.text) == (404, True, True)
    assert unknown.headers["content-type"].encode() == soap.CONTENT_TYPES[version]


DECLARED = """\
from zato.server.service import Dict, Int, List, Service
class Declared(Service):
    name = 'my.declared'
    input = 'a', Int('b'), '-is_c', List('-d'), Dict('-e')
    output = 'a', 'b', '-is_c', '-d', '-e'
    def handle(self):
        return self.request.input
"""
XML = b'<n:r xmlns:n="urn:n"><n:a>x</n:a><b>2</b><is_c>true</is_c><d>1</d><e><f>y</f></e></n:r>'
ELEMENTS = "<a>x</a><b>2</b><is_c>true</is_c><d>1</d><e><f>y</f></e>"


def test_simpleio_reads_the_elements_of_xml(tmp_path: Path) -> None:
    """On SOAP channels, on those for XML, and where a body is declared as XML; callers are told what is missing."""
    with served(tmp_path, "", a=DECLARED) as client:
        channel(client, "soap", transport="soap", service="my.declared")
        channel(client, "xml", data_format="xml", service="my.declared")
        channel(client, "json", service="my.declared")
        answer = client.request("POST", "/soap", {}, soap.envelope(XML, "1.1"))
        assert (answer.status, f"Body>{ELEMENTS}</" in answer.text) == (200, True)
        answer = client.request("POST", "/xml", {}, XML)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/xml")
        assert answer.text.endswith(f"<response>{ELEMENTS}</response>")
        assert client.request("POST", "/json", {"Content-Type": "text/xml"}, XML).json()["e"] == {"f": "y"}
        short = b"<r><a>1</a></r>"
        for path, status, document in (("/soap", 500, soap.envelope(short, "1.1")), ("/xml", 400, short)):
            answer = client.request("POST", path, {}, document)
            assert (answer.status, "Input field `b` is required" in answer.text) == (status, True)


def test_a_document_of_too_many_elements_is_refused_where_they_are_read(tmp_path: Path) -> None:
    """A service that declares no fields gets the bytes, however many elements there are."""
    many = b"<r>" + b"<a>1</a>" * 60_000 + b"</r>"
    with served(tmp_path, "", a=DECLARED + SERVICES) as client:
        channel(client, "declared", data_format="xml", service="my.declared")
        channel(client, "plain", data_format="xml", service="my.envelope")
        assert client.request("POST", "/declared", {}, many).status == 413
        assert client.request("POST", "/plain", {}, many).status == 200


def test_an_outgoing_connection_is_used_by_services(client: Client, web: WebServer) -> None:
    """By its name, from its creation to its deletion."""
    number = outgoing(client, web.address, security_id=declared_id("staff"))
    sent = client.result("my.calling", {"name": "CRM"})
    assert (sent["method"], sent["path"], sent["body"]) == ("POST", "/customers/7", '{"a":1}')
    assert sent["headers"]["authorization"] == "Basic dTpw"
    client.result("zato.http-soap.edit", {"id": number, "name": "CRM 2", "url_path": "/x", "data_format": "xml"})
    sent = client.result("my.calling", {"name": "CRM 2"})
    assert (sent["path"], sent["headers"]["content-type"]) == ("/x?id=7", "text/xml; charset=utf-8")
    client.result("zato.http-soap.delete", {"id": number})
    assert client.refused("my.calling", {"name": "CRM 2"})[0] == 500


def test_a_hash_cannot_be_shown_to_others(client: Client, web: WebServer) -> None:
    """A definition is made readable for that, and then it is shown."""
    given = {"name": "b", "username": "u", "password": "p"}
    security_id = client.result("zato.security.basic-auth.create", given)["id"]
    fields = {"name": "CRM", "connection": "outgoing", "transport": "plain_http", "host": web.address}
    status, details = client.refused("zato.http-soap.create", {**fields, "security_id": security_id})
    assert (status, "only as a hash" in details) == (400, True)
    client.result("zato.security.basic-auth.edit", {"id": security_id, "for_outgoing": True, "password": "p"})
    outgoing(client, web.address, security_id=security_id)
    assert client.result("my.calling", {"name": "CRM"})["headers"]["authorization"] == "Basic dTpw"


def test_a_ping_calls_the_host(client: Client, web: WebServer) -> None:
    """Whatever it answers is good; nobody there is 503, and a channel cannot be pinged."""
    answer = client.result("zato.http-soap.ping", {"id": outgoing(client, web.address)})
    assert (answer["is_success"], answer["status_code"]) == (True, 200)
    assert f"HEAD {web.address}/ answered 200" in answer["info"]
    gone = outgoing(client, "http://127.0.0.1:1", "gone")
    assert client.refused("zato.http-soap.ping", {"id": gone}) == (
        503,
        "`gone` cannot be reached: Connection refused",
    )
    inactive = outgoing(client, web.address, "inactive", is_active=False)
    assert client.refused("zato.http-soap.ping", {"id": inactive}) == (404, "`inactive` is not active")
    assert client.refused("zato.http-soap.ping", {"id": channel(client)})[0] == 400
    assert client.refused("zato.http-soap.ping", {"id": 999})[0] == 404


def test_channels_and_connections_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """By what else is given; without it the oldest is found."""
    with served(tmp_path) as client:
        numbers = {}
        for connection in ("channel", "outgoing"):
            for transport in ("plain_http", "soap"):
                told = {"connection": connection, "transport": transport}
                given = {
                    "name": "same",
                    "url_path": f"/{transport}",
                    "service": "zato.ping",
                    "host": "http://localhost",
                }
                numbers[connection, transport] = client.result("zato.http-soap.create", {**given, **told})["id"]
        for (connection, transport), number in numbers.items():
            told = {"name": "same", "connection": connection, "transport": transport}
            assert client.result("zato.http-soap.get-by-name", told)["id"] == number
        assert client.result("zato.http-soap.get-by-name", {"name": "same"})["id"] == numbers["channel", "plain_http"]
        assert client.refused("zato.http-soap.get-by-name", {"name": "other", "connection": "outgoing"})[0] == 404
