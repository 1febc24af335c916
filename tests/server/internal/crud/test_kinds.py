"""Tests of apitest_server.internal.crud.kinds."""

import pytest

from apitest_server.deploy.store import Deployed, ServiceStore
from apitest_server.errors import NoSuchService
from apitest_server.internal.crud.kinds import object_types, type_of
from apitest_server.internal.outgoing_ftp import FTP

STORE = ServiceStore()
STORE.deploy(
    Deployed(name, f"apitest_server.internal.{place}", internal=internal)
    for name, place, internal in (
        ("zato.outgoing.ftp.get-list", "outgoing_ftp:GetList", True),
        ("zato.other.get-list", "outgoing_ftp:GetList", True),
        ("zato.kind.get-list", "kind:GetList", True),
        ("zato.broken.get-list", "outgoing_ftp:None", True),
        ("zato.mine.get-list", "outgoing_ftp:GetList", False),
    )
)


def test_types_are_those_that_services_list() -> None:
    """Each once, under its own name; users' services, and what lists something else, have none."""
    assert list(object_types(STORE)) == [FTP]


def test_a_type_is_found_by_its_kind() -> None:
    """None is found where something else is listed, or nothing can be imported; what is not there is an error."""
    assert type_of(STORE, "outgoing.ftp") is FTP
    assert type_of(STORE, "kind") is type_of(STORE, "broken") is None
    with pytest.raises(NoSuchService):
        type_of(STORE, "outgoing.none")
