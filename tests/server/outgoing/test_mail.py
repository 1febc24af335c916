"""Tests of apitest_server.outgoing.mail."""

from pathlib import Path

import pytest

from apitest_server.errors import BadRequest, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.imap import IMAPConnection
from apitest_server.outgoing.smtp import SMTPConnection


@pytest.mark.parametrize("cls", [IMAPConnection, SMTPConnection])
def test_a_definition_that_is_older_than_a_field_has_its_default(
    cls: type[IMAPConnection | SMTPConnection], tmp_path: Path
) -> None:
    """The first mode, which has TLS, so that a wrong file of authorities is found; ``plain`` needs none."""
    wrong = {"host": "127.0.0.1", "ca_certs": "none.pem"}
    with pytest.raises(BadRequest, match="`ca_certs`"):
        cls(StoredObject(1, "email", "Shop", wrong), tmp_path)
    plain = cls(StoredObject(1, "email", "Shop", {**wrong, "mode": "plain", "port": 1}), tmp_path)
    with pytest.raises(ServiceUnavailable, match="`Shop` cannot be reached: Connection refused"):
        plain.conn.ping()
    plain.close()
