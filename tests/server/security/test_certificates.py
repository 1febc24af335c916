"""Tests of apitest_server.security.certificates."""

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.security.certificates import AUTHORITY, Certificates


def test_those_that_are_active_are_found() -> None:
    """0 is none; one that was switched off or deleted is told by who needs it."""
    certificates = Certificates()
    item = StoredObject(5, AUTHORITY, "ca", {"value": "x"})
    certificates.put(item)
    assert (certificates.needed(5, "CRM"), certificates.needed(0, "CRM")) == (item, None)
    certificates.put(StoredObject(5, AUTHORITY, "ca", {"value": "x", "is_active": False}))
    with pytest.raises(ServiceUnavailable, match="A certificate of `CRM` is not active"):
        certificates.needed(5, "CRM")
    certificates.remove(item)
