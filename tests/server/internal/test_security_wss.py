"""Tests of apitest_server.internal.security_wss, with SOAP channels of a server in this process."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Answer, Client, served
from tests.server.rest.channels import SERVICES, channel
from tests.server.security.envelopes import HEADERS, PASSWORD, envelope, signed

WSS = "zato.security.wss"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path, "", a=SERVICES) as client:
        yield client


def secured(client: Client, **fields: Any) -> int:
    """Creates a definition, and a SOAP channel ``/soap`` that asks for it."""
    given = {"name": "w", "username": "maria", "password": PASSWORD, **fields}
    number = int(client.result(f"{WSS}.create", given)["id"])
    channel(client, "soap", transport="soap", service="my.envelope", security_id=number)
    return number


def sent(client: Client, body: bytes, path: str = "/soap") -> Answer:
    return client.request("POST", path, HEADERS, body)


@pytest.mark.parametrize("kind", ["clear_text", "digest"])
def test_a_soap_channel_knows_who_shows_a_token(client: Client, kind: str) -> None:
    """Once: a message that is sent a second time is refused, and so is one of somebody else."""
    secured(client, password_type=kind)
    is_digest = kind == "digest"
    message = signed(is_digest=is_digest)
    first = sent(client, message)
    assert (first.status, b"<got><ping" in first.body) == (200, True)
    again = sent(client, message)
    assert (again.status, b"Fault" in again.body) == (401, True)
    assert sent(client, signed(password="wrong", is_digest=is_digest)).status == 401
    assert sent(client, signed(is_digest=not is_digest)).status == 401
    assert sent(client, envelope()).status == 401
    assert sent(client, signed(is_digest=is_digest, at=datetime.now(UTC) - timedelta(minutes=6))).status == 401


def test_changes_count_for_the_next_request(client: Client) -> None:
    """A new password, and a definition that is switched off."""
    number = secured(client)
    new = {"password1": "new-pass", "password2": "new-pass"}
    client.result(f"{WSS}.change-password", {"id": number, **new})
    assert (sent(client, signed()).status, sent(client, signed(password="new-pass")).status) == (401, 200)
    client.result(f"{WSS}.edit", {"id": number, "is_active": False})
    assert sent(client, signed(password="new-pass")).status == 401


def test_strangers_do_not_learn_which_paths_there_are(client: Client) -> None:
    """What does not exist is refused as what does; only who is known gets a 404."""
    secured(client)
    wrong = signed(password="wrong")
    there, nowhere = sent(client, wrong), sent(client, wrong, "/nowhere")
    assert (there.status, nowhere.status) == (401, 401)
    assert sent(client, signed(), "/nowhere").status == 404
    assert PASSWORD not in str(client.result(f"{WSS}.get-list"))


@pytest.mark.parametrize("kind", ["", "application/x-www-form-urlencoded", "text/plain", "application/json"])
def test_an_envelope_is_one_whatever_it_is_declared_as(
    client: Client, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Also on paths that do not exist; where it is refused, with a fault, the log tells why."""
    secured(client)
    headers = {"Content-Type": kind} if kind else {}
    assert client.request("POST", "/soap", headers, signed()).status == 200
    caplog.set_level("INFO", "apitest.security")
    for body, path in ((signed(password="wrong"), "/soap"), (envelope(), "/soap"), (envelope(), "/nowhere")):
        refused = client.request("POST", path, headers, body)
        assert (refused.status, refused.headers["content-type"]) == (401, "text/xml; charset=utf-8")
        assert b"soap:Fault" in refused.body
    told = [record.getMessage() for record in caplog.records if record.name == "apitest.security"]
    assert told == [
        "POST /soap was refused: its password is not that of the definition `w`",
        "POST /soap was refused: it has no username token, or more than one",
    ]
    assert client.request("POST", "/soap", headers, b"{}").headers["content-type"] == "application/json"


def test_a_large_message_is_looked_into_as_well(client: Client) -> None:
    """In a thread."""
    secured(client)
    message = signed().replace(b"<ping/>", b"<ping>" + b"x" * 300_000 + b"</ping>")
    assert sent(client, message).status == 200


def test_only_channels_of_http_can_ask_for_it(client: Client) -> None:
    """Clients of WebSocket channels have nowhere to show a token."""
    number = secured(client)
    given = {"name": "ws", "service": "my.echo", "url_path": "/ws", "security_id": number}
    status, details = client.refused("zato.channel.web-socket.create", given)
    assert (status, "`security_id`" in details) == (400, True)


def test_server_conf_can_declare_it(tmp_path: Path) -> None:
    """A channel refers to it by its ID."""
    conf = f"[security]\n[[w]]\ntype = wss\nusername = maria\npassword = {PASSWORD}\npassword_type = digest\n"
    with served(tmp_path, conf, a=SERVICES) as client:
        row = client.result(f"{WSS}.get-by-name", {"name": "w"})
        assert (row["is_declared"], row["password_type"]) == (True, "digest")
        channel(client, "soap", transport="soap", service="my.envelope", security_id=row["id"])
        assert sent(client, signed(is_digest=True)).status == 200
