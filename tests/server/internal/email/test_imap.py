"""Tests of apitest_server.internal.email.imap."""

from pathlib import Path

from tests.server.asgi import Client, served

CREATE = "zato.email.imap.create"


def test_a_definition_that_could_not_be_used_is_refused(untouched: Client) -> None:
    """With the name of the field."""
    for wrong, named in (({"mode": "tls"}, "`mode`"), ({"ca_certs": "none.pem"}, "`ca_certs`")):
        status, details = untouched.refused(CREATE, {"name": "a", "host": "h", **wrong})
        assert (status, named in details) == (400, True), details


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    """It is stored encrypted."""
    with served(tmp_path) as client:
        made = client.result(CREATE, {"name": "a", "host": "127.0.0.1", "port": 1, "password": "s3cret-word"})
        assert "s3cret-word" not in str(client.result("zato.email.imap.get-by-id", {"id": made["id"]}))
        refusal = 503, "`a` cannot be reached: Connection refused"
        assert client.refused("zato.email.imap.ping", {"id": made["id"]}) == refusal
    assert not any(b"s3cret-word" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
