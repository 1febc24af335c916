"""Tests of apitest_server.outgoing.http_pool; test_http_tls.py calls servers with certificates."""

from pathlib import Path

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.http_pool import SessionPool
from apitest_server.security.certificates import AUTHORITY, Certificates
from tests.apitest.clients.certificates import Authority


def test_a_session_is_kept_until_its_certificate_is_another_one(tmp_path: Path) -> None:
    """One that is not active any longer is an error, not a connection without it."""
    value = Authority(tmp_path).ca_file.read_text()
    certificates = Certificates()
    certificates.put(StoredObject(1, AUTHORITY, "ca", {"value": value}))
    pool = SessionPool("CRM", {"sec_tls_ca_cert_id": 1}, certificates)
    first = pool.session()
    assert pool.session() is first
    certificates.put(StoredObject(1, AUTHORITY, "ca", {"value": value}))
    assert pool.session() is not first
    certificates.put(StoredObject(1, AUTHORITY, "ca", {"value": value, "is_active": False}))
    with pytest.raises(ServiceUnavailable, match="`CRM` is not active"):
        pool.session()
    pool.close()


def test_a_pool_that_was_never_used_can_be_closed() -> None:
    """Nothing was made."""
    SessionPool("CRM", {}).close()
