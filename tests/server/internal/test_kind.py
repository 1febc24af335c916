"""Tests of apitest_server.internal.kind."""

from base64 import b64encode
from pathlib import Path

import pytest

from apitest_server.internal import kind
from tests.server.asgi import Client, served

SERVICE = """
from zato.server.service import Service

class GetList(Service):
    name = "zato.mine.get-list"
    def handle(self):
        self.response.payload = []
"""


def test_every_type_of_objects_is_a_kind(tmp_path: Path) -> None:
    """By title in the plural; what users deploy is none."""
    with served(tmp_path, mine=SERVICE) as client:
        kinds = client.result("zato.kind.get-list")
    names = [kind["name"] for kind in kinds]
    assert {"channel.web-socket", "http-soap", "outgoing.sql", "security.jwt", "scheduler.job"} <= set(names)
    assert "mine" not in names
    plurals = [kind["plural"] for kind in kinds]
    assert plurals == sorted(plurals, key=str.casefold)
    assert {"Caches", "HTTP channels and connections", "API key definitions"} <= set(plurals)


def test_a_kind_is_described(tmp_path: Path) -> None:
    """Its fields with what a form needs, its verbs, and what else can be done with one."""
    with served(tmp_path) as client:
        found = client.result("zato.kind.get", {"name": "outgoing.sql"})
    fields = {field["name"]: field for field in found["fields"]}
    assert fields["engine"]["schema"]["enum"] == ["sqlite", "postgresql", "mysql"]
    assert (fields["password"]["secret"], fields["db_name"]["required"], fields["pool_size"]["default"]) == (
        True,
        True,
        5,
    )
    assert found["verbs"] == ["create", "edit", "delete", "get-list", "get-by-id", "get-by-name", "change-password"]
    acts = {act["verb"]: act for act in found["acts"]}
    assert acts["ping"]["input"] == []
    [statement] = [field for field in acts["execute"]["input"] if field["name"] == "statement"]
    assert statement["required"]


def test_what_can_be_done_with_one_cache(untouched: Client) -> None:
    """What is done with its entries is not among that, nor the other names of it among what is asked for."""
    found = untouched.result("zato.kind.get", {"name": "cache.builtin"})
    assert [(act["verb"], act["by"], act["input"]) for act in found["acts"]] == [
        ("clear", "id", []),
        ("get-statistics", "id", []),
    ]


def test_a_kind_is_described_once_until_services_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask each time; a file that is deployed meanwhile has all kinds described anew."""
    asked: list[object] = []
    monkeypatch.setattr(kind, "described", lambda field: asked.append(field) or {"name": field.name})
    with served(tmp_path) as client:
        first = client.result("zato.kind.get", {"name": "cache.builtin"})
        described = len(asked)
        assert described > 0
        assert client.result("zato.kind.get", {"name": "cache.builtin"}) == first
        assert len(asked) == described
        source = b64encode(SERVICE.encode()).decode()
        client.result("zato.service.upload-package", {"payload": source, "payload_name": "mine.py"})
        assert client.result("zato.kind.get", {"name": "cache.builtin"}) == first
        assert len(asked) == 2 * described


def test_what_a_field_refers_to(tmp_path: Path) -> None:
    """The kinds of the objects whose ID it holds."""
    with served(tmp_path) as client:
        found = client.result("zato.kind.get", {"name": "channel.web-socket"})
    [security] = [field for field in found["fields"] if field["name"] == "security_id"]
    assert "security.basic-auth" in security["refers_to"]


@pytest.mark.parametrize("name", ["no.such.kind", "security", "server"])
def test_what_is_not_a_kind(untouched: Client, name: str) -> None:
    """Also what has a service get-list that lists something else."""
    assert untouched.refused("zato.kind.get", {"name": name}) == (404, f"There is no kind of objects `{name}`")


def test_a_kind_whose_module_is_disabled(tmp_path: Path) -> None:
    """It is not listed, and not described."""
    with served(tmp_path, "[deploy_internal]\nsecurity_jwt = False\n") as client:
        assert "security.jwt" not in [kind["name"] for kind in client.result("zato.kind.get-list")]
        assert client.refused("zato.kind.get", {"name": "security.jwt"})[0] == 404


def test_what_is_about_a_subscription_is_no_act_of_its_endpoint(untouched: Client) -> None:
    """Its ID is another one."""
    verbs = [act["verb"] for act in untouched.result("zato.kind.get", {"name": "pubsub.endpoint"})["acts"]]
    assert "get-endpoint-queue" not in verbs
