"""Tests of apitest_server.internal.outgoing_ftp."""

from pathlib import Path

from tests.server.asgi import Client, served

CREATE = "zato.outgoing.ftp.create"


def test_a_definition_that_could_not_be_used_is_refused(untouched: Client) -> None:
    """With the name of the field."""
    for wrong, named in (({"port": 0}, "`port`"), ({"use_tls": True, "ca_certs": "none.pem"}, "`ca_certs`")):
        status, details = untouched.refused(CREATE, {"name": "a", "host": "h", **wrong})
        assert (status, named in details) == (400, True), details


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    """It is stored encrypted; what old clients send is taken."""
    with served(tmp_path) as client:
        made = client.result(CREATE, {"name": "a", "host": "127.0.0.1", "port": 1, "dircache": True, "user": "me"})
        client.result(
            "zato.outgoing.ftp.change-password",
            {"id": made["id"], "password1": "s3cret-word", "password2": "s3cret-word"},
        )
        [row] = client.result("zato.outgoing.ftp.get-list", {"cluster_id": 1})
        assert (row["dircache"], row["user"], "password" in row) == (True, "me", False)
        assert client.refused("zato.outgoing.ftp.ping", {"id": made["id"]}) == (
            503, "`a` cannot be reached: Connection refused",
        )  # fmt: skip
    assert not any(b"s3cret-word" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
