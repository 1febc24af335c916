"""Tests of apitest_server.internal.security_aws: what a service of another server sees of the signature."""

from pathlib import Path
from typing import Any

import pytest

from tests.apitest.web import WebServer
from tests.server.asgi import Client, served
from tests.server.rest.channels import SERVICES

KIND = "zato.security.aws"


def test_a_service_calls_with_a_signature(tmp_path: Path) -> None:
    """The secret is in no request and in no list; a change counts for the next request."""
    web = WebServer()
    with served(tmp_path, "", a=SERVICES) as client:
        given = {
            "name": "aws",
            "username": "AKIDEXAMPLE",
            "password": "s3cret-key",
            "region": "eu-west-1",
            "service": "sqs",
        }
        number = client.result(f"{KIND}.create", given)["id"]
        out = {"name": "CRM", "connection": "outgoing", "transport": "plain_http", "host": web.address}
        client.result("zato.http-soap.create", {**out, "url_path": "/queue", "security_id": number})
        first = client.result("my.calling", {"name": "CRM"})["headers"]["authorization"]
        assert first.startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        assert "/eu-west-1/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=" in first
        client.result(f"{KIND}.edit", {"id": number, "region": "us-west-2"})
        assert "/us-west-2/sqs/" in client.result("my.calling", {"name": "CRM"})["headers"]["authorization"]
        shown = str(
            [client.result(f"{KIND}.get-list"), client.result(f"{KIND}.get-by-id", {"id": number}), web.requests]
        )
        assert "s3cret-key" not in shown
    web.close()


@pytest.mark.parametrize("fields", [{"region": "a/b"}, {"service": ""}, {"service": "ü"}])
def test_what_would_break_the_scope_is_refused(untouched: Client, fields: dict[str, Any]) -> None:
    """A signature has its parts between slashes."""
    status, details = untouched.refused(f"{KIND}.create", {"name": "a", "username": "u", **fields})
    assert (status, "must be letters, digits and dashes" in details) == (400, True)
