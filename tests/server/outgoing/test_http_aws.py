"""Tests of apitest_server.outgoing.http_aws: what is sent is what was signed."""

from datetime import UTC, datetime

import pytest

from apitest_server.odb import StoredObject
from apitest_server.outgoing.aws_signature import Signer
from apitest_server.outgoing.http import HTTPConnection
from apitest_server.security.authentication import Authentication
from apitest_server.security.objects import SecurityObjects
from tests.apitest.web import WebServer


@pytest.mark.parametrize("service", ["s3", "execute-api"])
def test_who_has_the_secret_finds_the_same_signature(service: str) -> None:
    """From the request as it has arrived: its path and query, host, headers and body."""
    web, security = WebServer(), SecurityObjects(Authentication())
    fields = {"username": "AKIDEXAMPLE", "region": "eu-west-1", "service": service}
    security.put(StoredObject(7, "security.aws", "aws", fields, {"password": "s3cret"}))
    about = {"host": web.address, "transport": "plain_http", "url_path": "/a b/{id}", "security_id": 7}
    crm = HTTPConnection(StoredObject(1, "http-soap", "CRM", about), security)
    crm.post("c1", "bödy", {"id": "(ü)+", "q": "a b+c/*", "e": ""})
    crm.close()
    web.close()
    [(method, path, headers, body)] = web.requests
    now = datetime.strptime(headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    expected = Signer("AKIDEXAMPLE", "s3cret", "eu-west-1", service).headers(
        method, f"http://{headers['Host']}{path}", headers, body, now
    )
    assert headers["Authorization"] == expected["Authorization"]
    assert ("X-Amz-Content-SHA256" in headers) == (service == "s3")
    assert "q=a%20b%2Bc%2F%2A&e=" in path
