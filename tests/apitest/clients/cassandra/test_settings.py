"""How to reach Cassandra."""

import pytest

from apitest.clients.cassandra.settings import CassandraSettings


def test_all_contact_points_are_named() -> None:
    """As errors show them, each with the port."""
    assert str(CassandraSettings(("a", "b"), 1)) == "a:1, b:1"


@pytest.mark.parametrize(
    ("settings", "encrypted"),
    [
        (CassandraSettings(), False),
        (CassandraSettings(tls=True), True),
        (CassandraSettings(ca_file="ca.pem"), True),
        (CassandraSettings(certificate="client.pem"), True),
        (CassandraSettings(verify=False), False),
    ],
)
def test_files_imply_tls(settings: CassandraSettings, encrypted: bool) -> None:
    """A CA file or a client certificate asks for TLS as well as its own setting."""
    assert settings.encrypted == encrypted
