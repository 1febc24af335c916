"""From settings to a cluster that is not connected yet."""

import ssl
from pathlib import Path

import pytest
from cassandra.cluster import EXEC_PROFILE_DEFAULT

from apitest.clients.cassandra import cluster
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.errors import BadValue
from tests.apitest.clients.certificates import Authority


def test_settings_become_options() -> None:
    """Contact points, port, credentials, protocol version and time-out are the driver's."""
    made = cluster.build(CassandraSettings(("127.0.0.1",), 9043, 4, "ann", "secret", timeout=2.5))
    try:
        assert (made.port, made.protocol_version, made.connect_timeout) == (9043, 4, 2.5)
        assert (made.auth_provider.username, made.ssl_context) == ("ann", None)
        profile = made.profile_manager.profiles[EXEC_PROFILE_DEFAULT]
        assert (profile.request_timeout, profile.row_factory([], [(1,)])) == (2.5, [(1,)])
    finally:
        made.shutdown()


def test_tls(tmp_path: Path) -> None:
    """Nodes are verified unless that is off; a client certificate is loaded with its key."""
    authority = Authority(tmp_path)
    certificate, key = authority.issue("client")
    files = {"ca_file": str(authority.ca_file), "certificate": str(certificate), "key": str(key)}
    for verify, mode in ((True, ssl.CERT_REQUIRED), (False, ssl.CERT_NONE)):
        made = cluster.build(CassandraSettings(**files, verify=verify))
        assert (made.ssl_context.verify_mode, made.ssl_context.check_hostname) == (mode, verify)
        made.shutdown()


def test_a_file_that_cannot_be_used(tmp_path: Path) -> None:
    """It is named before any node is talked to."""
    broken = tmp_path / "broken.pem"
    broken.write_text("nothing")
    with pytest.raises(BadValue, match="A file for TLS cannot be used") as raised:
        cluster.build(CassandraSettings(ca_file=str(broken)))
    assert raised.value.where == str(broken)
