"""Tests of apitest_server.internal.crypto."""

from base64 import urlsafe_b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with a key of its own."""
    with served(tmp_path_factory.mktemp("server")) as client:
        yield client


def test_secrets_have_as_many_bits_as_asked(client: Client) -> None:
    """No two of them are the same."""
    found = {call(client, "zato.crypto.generate-secret", {"bits": 100})["secret"] for _ in range(20)}
    assert len(found) == 20
    assert {len(urlsafe_b64decode(secret + "==")) for secret in found} == {13}


@pytest.mark.parametrize("symbols", [True, False])
def test_passwords_have_characters_of_each_group(client: Client, symbols: bool) -> None:
    """Even the shortest."""
    for _ in range(20):
        found = call(client, "zato.crypto.generate-password", {"length": 8, "symbols": symbols})["password"]
        groups = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
        assert [any(map(group, found)) for group in groups] == [True, True, True, symbols]
        assert len(found) == 8


def test_what_was_encrypted_can_be_decrypted(client: Client, tmp_path: Path) -> None:
    """Also after a restart; it looks different each time."""
    first, second = (call(client, "zato.crypto.encrypt", {"data": "ą secret"})["encrypted"] for _ in range(2))
    assert first != second
    assert "secret" not in first
    with served(tmp_path) as restarted:
        assert call(restarted, "zato.crypto.decrypt", {"encrypted": first}) == {"data": "ą secret"}


def test_a_hash_fits_its_password_only(client: Client) -> None:
    """It is argon2id."""
    found = call(client, "zato.crypto.hash", {"data": "secret"})["hash"]
    assert found.startswith("$argon2id$")
    assert call(client, "zato.crypto.verify-hash", {"data": "secret", "hash": found}) == {"is_valid": True}
    assert call(client, "zato.crypto.verify-hash", {"data": "Secret", "hash": found}) == {"is_valid": False}


@pytest.mark.parametrize(
    ("service", "payload", "details"),
    [
        ("generate-secret", {"bits": 8}, "from 64 to 4096"),
        ("generate-password", {"length": 7}, "from 8 to 256"),
        ("encrypt", {}, "`data` is required"),
        ("decrypt", {"encrypted": "x"}, "not a value that zato.crypto.encrypt returned"),
        ("decrypt", {"encrypted": "encrypted:x"}, "was changed, or encrypted with another key"),
        ("hash", {}, "`data` is required"),
        ("verify-hash", {"data": "x", "hash": "y"}, "not an argon2 hash"),
    ],
)
def test_what_makes_no_sense_is_refused(client: Client, service: str, payload: Any, details: str) -> None:
    """With what is wrong."""
    status, told = refused(client, f"zato.crypto.{service}", payload)
    assert status == 400
    assert details in told
