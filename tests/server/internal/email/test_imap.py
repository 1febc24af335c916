"""Tests of apitest_server.internal.email.imap."""

from pathlib import Path

from tests.server.asgi import Client
from tests.server.internal.definitions import hides_its_password, refuses

KIND = "email.imap"


def test_a_definition_that_could_not_be_used_is_refused(untouched: Client) -> None:
    """With the name of the field."""
    refuses(untouched, KIND, [({"mode": "tls"}, "`mode`"), ({"ca_certs": "none.pem"}, "`ca_certs`")])


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    """It is stored encrypted; what old clients send is taken, too."""
    hides_its_password(tmp_path, KIND, username="me", debug_level=1)
