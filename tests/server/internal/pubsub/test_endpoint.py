"""Tests of apitest_server.internal.pubsub.endpoint."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served

NAME = "zato.pubsub.endpoint"
CONF = """
[security]
    [[declared]]
    type = basic-auth
    username = declared
    password = a password
[websocket]
    [[chat]]
    service = zato.ping
    path = /chat
"""


def credentials(client: Client, name: str = "crm") -> int:
    number: int = client.result("zato.security.basic-auth.create", {"name": name, "username": name})["id"]
    return number


def test_an_endpoint_is_kept_as_it_is_described(tmp_path: Path) -> None:
    """Created, edited, found and deleted; its credentials cannot be deleted before."""
    with served(tmp_path) as client:
        security = credentials(client)
        number = client.result(f"{NAME}.create", {"name": "CRM", "security_id": security})["id"]
        client.result(f"{NAME}.edit", {"id": number, "topic_patterns": "pub=/customer/*", "role": "pub"})
        row = client.result(f"{NAME}.get-by-name", {"name": "CRM"})
        assert row == {
            "id": number,
            "name": "CRM",
            "is_active": True,
            "endpoint_type": "rest",
            "role": "pub",
            "topic_patterns": "pub=/customer/*",
            "security_id": security,
            "ws_channel_id": 0,
            "service_name": "",
            "tags": "",
        }
        assert client.result(f"{NAME}.get-by-id", {"id": number}) == row
        assert client.result(f"{NAME}.get-list", {"endpoint_type": "rest"}) == [row]
        assert client.result(f"{NAME}.get-list", {"endpoint_type": "wsx"}) == []
        assert "is used by: CRM" in client.refused("zato.security.basic-auth.delete", {"id": security})[1]
        client.result(f"{NAME}.delete", {"id": number})
        client.result("zato.security.basic-auth.delete", {"id": security})


def test_types_of_endpoints_as_older_clients_call_them(tmp_path: Path) -> None:
    """They are taken, and looked for; what is shown are the names that the manual has."""
    with served(tmp_path, CONF) as client:
        [channel] = client.result("zato.channel.web-socket.get-list")
        client.result(f"{NAME}.create", {"name": "a", "endpoint_type": "srv", "service_name": "zato.ping"})
        client.result(f"{NAME}.create", {"name": "b", "endpoint_type": "websockets", "ws_channel_id": channel["id"]})
        found = {
            given: [(row["name"], row["endpoint_type"]) for row in client.result(f"{NAME}.get-list", fields)]
            for given in ("srv", "websockets")
            for fields in ({"endpoint_type": given},)
        }
        assert found == {"srv": [("a", "service")], "websockets": [("b", "wsx")]}


def test_endpoints_of_what_server_conf_declares(tmp_path: Path) -> None:
    """Credentials and channels have negative IDs there."""
    with served(tmp_path, CONF) as client:
        [security] = [row for row in client.result("zato.security.basic-auth.get-list") if row["is_declared"]]
        [channel] = client.result("zato.channel.web-socket.get-list")
        client.result(f"{NAME}.create", {"name": "a", "security_id": security["id"]})
        client.result(f"{NAME}.create", {"name": "b", "endpoint_type": "wsx", "ws_channel_id": channel["id"]})
        client.result(f"{NAME}.create", {"name": "c", "endpoint_type": "service", "service_name": "zato.ping"})
        assert [row["name"] for row in client.result(f"{NAME}.get-list")] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({}, "`security_id` is needed by an endpoint of the type rest"),
        ({"endpoint_type": "wsx"}, "`ws_channel_id` is needed by an endpoint of the type wsx"),
        ({"endpoint_type": "service"}, "`service_name` is needed by an endpoint of the type service"),
        ({"endpoint_type": "mail"}, "`endpoint_type` must be one of rest, wsx, service"),
        ({"role": "all"}, "`role` must be one of pub-sub, pub, sub"),
        ({"security_id": 5, "service_name": "zato.ping"}, "`service_name` must not be given for an endpoint of"),
        ({"security_id": 5, "ws_channel_id": 5}, "`ws_channel_id` must not be given for an endpoint of the type rest"),
        ({"security_id": 5}, "`security_id`: there is no object of a fitting kind with ID 5"),
        ({"security_id": -5}, "`security_id` is not the ID of a Basic Auth definition: -5"),
        ({"endpoint_type": "wsx", "ws_channel_id": -5}, "`ws_channel_id` is not the ID of a WebSocket channel: -5"),
        ({"endpoint_type": "service", "service_name": "nope"}, "`service_name` is not the name of a deployed service"),
    ],
)
def test_what_cannot_be_an_endpoint_is_refused(untouched: Client, fields: dict[str, Any], details: str) -> None:
    """With the field that is wrong; nothing is created."""
    status, said = untouched.refused(f"{NAME}.create", {"name": "CRM", **fields})
    assert (status, said.startswith(f"Input field {details}")) == (400, True), said
    assert untouched.result(f"{NAME}.get-list") == []


@pytest.mark.parametrize(
    ("patterns", "details"),
    [
        ("pub=customer/*", "Line 1 of the topic patterns: a pattern must start with `/`, did you mean `/customer/*`?"),
        ("sub=/a\npub=**", "Line 2 of the topic patterns: a pattern must start with `/`, for all topics write `/**`"),
        ("sub=/*/**", "Line 1 of the topic patterns: `/*/**` would match nearly all topics"),
        ("all=/a", "Line 1 of the topic patterns must begin with `pub=` or `sub=`: `all=/a`"),
        ("/a", "Line 1 of the topic patterns must begin with `pub=` or `sub=`: `/a`"),
        ("pub=/a//b", "Line 1 of the topic patterns: `/a//b` has an empty segment"),
    ],
)
def test_patterns_that_allow_more_or_less_than_is_meant_are_refused(
    tmp_path: Path, patterns: str, details: str
) -> None:
    """When an endpoint is created and when it is edited; what it may do stays as it was."""
    with served(tmp_path) as client:
        fields = {"name": "CRM", "security_id": credentials(client)}
        status, told = client.refused(f"{NAME}.create", {**fields, "topic_patterns": patterns})
        assert (status, told.startswith(details)) == (400, True), told
        number = client.result(f"{NAME}.create", {**fields, "topic_patterns": "sub=/b"})["id"]
        assert client.refused(f"{NAME}.edit", {"id": number, "topic_patterns": patterns}) == (400, told)
        assert client.result(f"{NAME}.get", {"endpoint_id": number})["sub_patterns"] == "/b"


def test_credentials_belong_to_one_endpoint(tmp_path: Path) -> None:
    """Another endpoint of theirs is refused, since it would be in doubt who is calling."""
    with served(tmp_path) as client:
        security = credentials(client)
        number = client.result(f"{NAME}.create", {"name": "CRM", "security_id": security})["id"]
        client.result(f"{NAME}.edit", {"id": number, "tags": "a"})
        assert client.refused(f"{NAME}.create", {"name": "other", "security_id": security}) == (
            400,
            "Input field `security_id` is that of the endpoint `CRM` already",
        )
