"""Tests of apitest_server.internal.service._found."""

from collections.abc import Iterator

import pytest

from apitest_server.deploy.names import service_id
from apitest_server.deploy.settings import SETTINGS
from apitest_server.deploy.store import Deployed
from apitest_server.errors import BadRequest, NotFound
from apitest_server.internal.service import _found as found
from tests.server.asgi import Client, served

SERVICE = '''\
from zato.server.service import Service
class One(Service):
    """Says one."""
    def handle(self): return 1
'''


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with one service of its own."""
    with served(tmp_path_factory.mktemp("server"), a=SERVICE) as client:
        yield client


def test_a_service_is_meant_by_name_or_id(client: Client) -> None:
    """One of the two is needed; near names are told."""
    for given in ({"name": "a.one"}, {"id": service_id("a.one")}, {"name": "a.one", "id": 5}):
        assert found.found(client.app, given).name == "a.one"
    for given, error, told in (
        ({}, BadRequest, "`id` and `name`"),
        ({"id": 5}, NotFound, "no service with ID 5"),
        ({"name": "a.on"}, NotFound, "did you mean `a.one`"),
    ):
        with pytest.raises(error, match=told):
            found.found(client.app, given)


def test_settings_are_stored_and_count_at_once(client: Client) -> None:
    """The first change makes the object, the next ones edit it."""
    service = found.found(client.app, {"name": "a.one"})
    for given in ({"slow_threshold": 5}, {"is_active": False}):
        found.change(client.app, service, given)
    row = found.row(client.app, service)
    assert (row["is_active"], row["slow_threshold"], row["sample_every"]) == (False, 5, 0)
    assert (row["is_internal"], row["may_be_deleted"], row["impl_name"].rpartition(".")[2]) == (False, True, "One")
    assert [item.kind for item in client.app.odb.load()].count("service") == 1
    assert client.app.components[SETTINGS].of("a.one").slow_threshold == 5


def test_a_service_says_what_it_is(client: Client) -> None:
    """Its docstring; nothing where it cannot be imported."""
    service = found.found(client.app, {"name": "a.one"})
    assert found.docstring(client.app.store, service) == "Says one."
    broken = Deployed("b.one", "no.such.module:One", "b.py", False)
    client.app.store.deploy([broken])
    assert found.docstring(client.app.store, broken) == ""
