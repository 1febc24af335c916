"""Tests of apitest_server.internal.service.wsdl."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.rest.channels import SERVICES, channel

DOCUMENT = b'<?xml version="1.0"?><definitions xmlns="http://schemas.xmlsoap.org/wsdl/" name="A"/>'


def encoded(document: bytes) -> str:
    return b64encode(document).decode()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path, "", a=SERVICES) as client:
        yield client


def test_a_service_has_a_wsdl_once_it_is_set(client: Client) -> None:
    """And another one when it is set again; also after a restart."""
    given = {"name": "my.envelope"}
    assert client.result("zato.service.has-wsdl", given)["has_wsdl"] is False
    assert client.refused("zato.service.get-wsdl", given)[0] == 404
    for document, name in ((DOCUMENT.replace(b"A", b"B"), "b.wsdl"), (DOCUMENT, "")):
        client.result("zato.service.set-wsdl", {**given, "wsdl": encoded(document), "wsdl_name": name})
        found = client.result("zato.service.get-wsdl", given)
        assert (b64decode(found["wsdl"]), found["wsdl_name"]) == (document, name or "my.envelope.wsdl")
    about = client.result("zato.service.has-wsdl", given)
    assert (about["has_wsdl"], about["service_id"]) == (True, found["service_id"])
    assert client.result("zato.service.get-wsdl", {"id": about["service_id"]})["name"] == "my.envelope"


def test_soap_channels_answer_with_it(client: Client) -> None:
    """To ``?wsdl``, of the service that has the action, or any, or is the first."""
    channel(client, "soap", transport="soap", service="my.envelope", soap_action="urn:a")
    missing = client.get("/soap?wsdl")
    assert (missing.status, missing.headers["content-type"]) == (404, "text/xml; charset=utf-8")
    assert "<soap:Fault>" in missing.text
    client.result("zato.service.set-wsdl", {"name": "my.envelope", "wsdl": encoded(DOCUMENT)})
    answer = client.get("/soap?WSDL")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, DOCUMENT, "text/xml; charset=utf-8")
    channel(client, "other", transport="soap", service="my.echo", url_path="/soap")
    assert client.get("/soap?wsdl").status == 404
    assert client.get("/soap?wsdl", SOAPAction='"urn:a"').body == DOCUMENT


def test_who_may_not_call_a_channel_does_not_get_its_wsdl(client: Client) -> None:
    """A definition of the channel is asked."""
    given = {"name": "b", "username": "u", "password": "p"}
    number = client.result("zato.security.basic-auth.create", given)["id"]
    channel(client, "soap", transport="soap", service="my.envelope", security_id=number)
    client.result("zato.service.set-wsdl", {"name": "my.envelope", "wsdl": encoded(DOCUMENT)})
    assert client.get("/soap?wsdl").status == 401
    assert client.get("/soap?wsdl", Authorization="Basic dTpw").body == DOCUMENT


@pytest.mark.parametrize(
    ("wsdl", "told"),
    [
        ("?", "must be a WSDL in Base64"),
        (encoded(b"<a>"), "is not well-formed XML"),
        (encoded(b"<a/>"), "is not a WSDL: its root element is `a`"),
        (encoded(b"x" * (5 * 1024 * 1024 + 1)), "must have at most 5 MB"),
    ],
)
def test_what_is_not_a_wsdl_is_refused(untouched: Client, wsdl: str, told: str) -> None:
    """With what is wrong."""
    status, details = untouched.refused("zato.service.set-wsdl", {"name": "zato.ping", "wsdl": wsdl})
    assert (status, told in details) == (400, True), details
