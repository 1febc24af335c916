"""Tests of apitest_server.internal.outgoing_sftp."""

from pathlib import Path

from tests.server.asgi import Client, served
from tests.server.internal.definitions import AWAY, hides_its_password, refuses

KIND = "outgoing.sftp"


def test_a_definition_that_could_not_be_used_is_refused(untouched: Client) -> None:
    """With the name of the field."""
    refuses(
        untouched,
        KIND,
        [
            ({"port": 0}, "`port`"),
            ({"host_keys": "example.com ssh-ed25519 AAAA"}, "`host_keys` must have lines such as"),
            ({"ping_command": " "}, "`ping_command`"),
        ],
    )


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    """It is stored encrypted; what old clients send is taken, too."""
    hides_its_password(tmp_path, KIND, username="me")


def test_commands_need_a_server(tmp_path: Path) -> None:
    """One that is away is told of."""
    with served(tmp_path) as client:
        client.result(f"zato.{KIND}.create", AWAY)
        status, details = client.refused(f"zato.{KIND}.execute", {"name": "a", "data": "pwd"})
        assert (status, details) == (503, "`a` cannot be reached: Connection refused")
