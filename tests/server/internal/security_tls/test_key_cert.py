"""Tests of apitest_server.internal.security_tls.key_cert."""

from pathlib import Path

from tests.apitest.clients.certificates import Authority
from tests.server.asgi import served
from tests.server.outgoing.tls_server import pair

KEYS = "zato.security.tls.key-cert"


def test_a_private_key_is_never_shown(tmp_path: Path) -> None:
    """Neither in answers, nor in errors, nor as it is in the database."""
    text = pair(Authority(tmp_path))
    secret = text.rpartition("-----BEGIN PRIVATE KEY-----\n")[2].splitlines()[0]
    with served(tmp_path) as client:
        number = client.result(f"{KEYS}.create", {"name": "k", "value": text})["id"]
        client.result(f"{KEYS}.edit", {"id": number, "name": "keys"})
        rows = client.result(f"{KEYS}.get-list"), client.result(f"{KEYS}.get-by-id", {"id": number})
        assert secret not in str(rows)
        broken = text.replace("BEGIN CERTIFICATE", "BEGIN NOTHING")
        status, details = client.refused(f"{KEYS}.create", {"name": "x", "value": broken})
        assert (status, secret in details) == (400, False)
        stored = next(item for item in client.app.odb.load() if item.id == number)
        assert secret not in str(stored.secrets)
        assert stored.secret("value") == text
