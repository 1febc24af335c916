"""Tests of apitest_server.outgoing.tls; those of outgoing WSX connections have its refusals."""

import ssl
from pathlib import Path

from apitest_server.outgoing.tls import context
from tests.apitest.clients.certificates import Authority


def test_a_context_trusts_whom_the_definition_names(tmp_path: Path) -> None:
    """The authority of a file that is found in the server's directory, and anybody only where that is said."""
    Authority(tmp_path)
    own = context({"ca_certs": "ca.pem"}, tmp_path)
    assert (own.verify_mode, own.check_hostname, len(own.get_ca_certs())) == (ssl.CERT_REQUIRED, True, 1)
    anybody = context({"validate_tls": False}, tmp_path)
    assert (anybody.verify_mode, anybody.check_hostname) == (ssl.CERT_NONE, False)
