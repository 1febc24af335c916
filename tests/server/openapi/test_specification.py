"""Tests of apitest_server.openapi.specification and apitest_server.internal.apispec."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from apitest_server.cluster.local import token
from apitest_server.config import load
from apitest_server.openapi.specification import SPECIFICATION
from tests.server.asgi import Client, served

ROOT = Path(__file__).resolve().parents[3]
CONF = """
[security]
[[staff only]]
type = basic-auth
username = u
password = p
[[staff_only]]
type = jwt
secret = a-secret-that-is-long-enough-for-hs256
[[key]]
type = api-key
key = k
header = X-My-Key
[rest]
[[one]]
path = /one/{id}
service = a.one
methods = PUT
security = staff only
[[own]]
path = /own
service = a.own-methods
security = staff_only
[[broken]]
path = /broken
service = broken.service
security = key
[[gone]]
path = /gone
service = no.such.service
"""
SERVICES = '''\
from zato.server.service import Service, Int
class One(Service):
    """Updates one.

    It is there for tests.
    """
    class SimpleIO:
        input_required = (Int('id'), 'name')
        output_required = (Int('id'),)
    def handle(self):
        return {'id': 1}
class OwnMethods(Service):
    def handle_GET(self): return 1
    def handle_DELETE(self): return 1
'''
BROKEN = "from zato.server.service import Service\nimport nope\nclass Service(Service):\n    def handle(self): pass\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with channels of several kinds."""
    with served(tmp_path_factory.mktemp("server"), CONF, a=SERVICES, broken=BROKEN) as client:
        yield client


def spec(client: Client, **given: Any) -> dict[str, Any]:
    found = document(client, **given)
    _must_be_valid(json.dumps(found))
    return found


@cache
def _must_be_valid(written: str) -> None:
    """Once for all tests that look at one document: it is the most of what they take."""
    OpenAPIV31SpecValidator(json.loads(written)).validate()


def document(client: Client, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.app.components[SPECIFICATION].document(**given)
    return found


def test_channels_are_described(client: Client) -> None:
    """By what their services declare and say."""
    paths = spec(client)["paths"]
    one = paths["/one/{id}"]["put"]
    assert (one["summary"], one["description"], one["operationId"]) == (
        "Updates one.",
        "It is there for tests.",
        "one.put",
    )
    assert list(paths["/own"]) == ["get", "delete"]
    assert list(paths["/zato/ping"]) == ["get", "post"]


def test_services_that_cannot_be_imported_are_described_as_such(client: Client) -> None:
    """The rest of the document is not touched."""
    paths = spec(client)["paths"]
    assert "cannot be imported" in paths["/broken"]["get"]["summary"]
    assert "not deployed" in paths["/gone"]["get"]["summary"]


def test_security_schemes_are_those_of_the_definitions(client: Client) -> None:
    """Under names that OpenAPI allows, each its own."""
    found = spec(client)
    schemes = found["components"]["securitySchemes"]
    basic = found["paths"]["/one/{id}"]["put"]["security"][0]
    assert schemes[next(iter(basic))] == {"type": "http", "scheme": "basic"}
    bearer = found["paths"]["/own"]["get"]["security"][0]
    assert schemes[next(iter(bearer))] == {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    assert schemes["key"] == {"type": "apiKey", "in": "header", "name": "x-my-key"}


def test_a_part_of_the_document_can_be_asked_for(client: Client) -> None:
    """The channels of some services only."""
    assert list(spec(client, prefix="a.")["paths"]) == ["/one/{id}", "/own"]


def test_the_admin_api_has_a_path_for_each_service(client: Client) -> None:
    """All internal services are described with a summary of their own."""
    paths = document(client, admin=True)["paths"]
    assert list(paths) == sorted(f"/zato/json/{name}" for name in client.app.store.names())
    for path, item in paths.items():
        if path.startswith("/zato/json/zato."):
            assert item["post"]["summary"].endswith((".", ":", "…", ";")), path


@pytest.mark.long(reason="the validator takes seconds for hundreds of schemas")
def test_the_document_of_the_admin_api_is_valid(client: Client) -> None:
    """As a whole, by the validator of the OpenAPI Initiative's schema."""
    assert spec(client, admin=True)["paths"]


def test_the_document_is_served_to_administrators(client: Client) -> None:
    """Strangers are told nothing; the response is the document itself."""
    assert client.get("/zato/openapi.json").status == 401
    answer = client.get("/zato/openapi.json", Authorization=f"Bearer {token(client.app.odb.key)}")
    assert answer.headers["content-type"] == "application/json"
    _must_be_valid(json.dumps(answer.json()))
    assert client.result("zato.apispec.get-api-spec", {"prefix": "a."})["openapi"] == "3.1.1"
    assert client.refused("zato.apispec.get-api-spec", {"admin": "perhaps"})[0] == 400


def test_the_demo_is_described(tmp_path: Path) -> None:
    """Every channel of the demo's server.conf is in a valid document."""
    conf = (ROOT / "demo" / "server.conf").read_text("utf-8")
    files = {path.stem: path.read_text("utf-8") for path in (ROOT / "demo" / "services").glob("*.py")}
    with served(tmp_path, conf, **files) as client:
        found = spec(client)
    count = len({channel.path for channel in load(ROOT / "demo").rest})
    assert len(found["paths"]) >= count
    assert json.dumps(found)
