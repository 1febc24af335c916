"""Tests of apitest_server.internal.jms_wmq.definitions."""

from pathlib import Path

from tests.server.asgi import served

GIVEN = {"name": "manager", "host": "127.0.0.1", "channel": "DEV.SVRCONN.1", "queue_manager": "QM1", "username": "me"}


def test_what_clients_define_is_kept(tmp_path: Path) -> None:
    """With the fields that they have; the password is encrypted, and never shown."""
    with served(tmp_path) as client:
        number = client.result("zato.definition.jms-wmq.create", {**GIVEN, "ssl": True, "max_chars_printed": 7})["id"]
        secret = {"id": number, "password1": "s3cret-word", "password2": "s3cret-word"}
        client.result("zato.definition.jms-wmq.change-password", secret)
        row = client.result("zato.definition.jms-wmq.get-by-id", {"id": number})
        assert GIVEN.items() <= row.items()
        assert (row["port"], row["ssl"], row["max_chars_printed"], "password" in row) == (1414, True, 7, False)
        status, details = client.refused("zato.definition.jms-wmq.ping", {"id": number})
        assert (status, details.startswith("`manager` cannot be used: no driver for IBM MQ")) == (503, True)
    assert not any(b"s3cret-word" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
