"""Tests of apitest_server.internal.service.admin and deploy.settings and deploy.files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.deploy.names import service_id
from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

SERVICES = '''\
from zato.server.service import Service
class One(Service):
    """Says one."""
    def handle(self): return 1
'''
TWO = SERVICES + "class Two(Service):\n    def handle(self): return 2\n"
BASE = SERVICES.replace("class One", "class Base")
USER = "from .base import Base\nclass Derived(Base):\n    name = 'derived'\n"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server with a service alone in its file, two that share one, and one that another file needs."""
    with served(tmp_path, a=SERVICES, b=TWO, base=BASE, user=USER) as client:
        yield client


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The same, for tests that ask for what cannot be done."""
    with served(tmp_path_factory.mktemp("server"), a=SERVICES, b=TWO, base=BASE, user=USER) as client:
        yield client


def test_services_are_listed_by_name(client: Client) -> None:
    """Those of one kind, those whose names have all the words."""
    rows = call(client, "zato.service.get-list", {"internal": False})
    assert [row["name"] for row in rows] == ["a.one", "b.one", "b.two", "base.base", "derived"]
    found = call(client, "zato.service.get-list", {"query": "SERVICE get-by-id", "internal": True})
    assert [row["name"] for row in found] == ["zato.service.get-by-id"]
    for name_filter in ("b.", "b.*", "*b.*"):
        rows = call(client, "zato.service.get-list", {"name_filter": name_filter, "internal": False})
        assert [row["name"] for row in rows] == ["b.one", "b.two"], name_filter
    assert call(client, "zato.service.get-list", {"query": "b.o", "name_filter": "b.t", "internal": False}) != []
    everything = call(client, "zato.service.get-list", {"cluster_id": 1})
    assert call(client, "zato.service.get-list", {"name_filter": "*"}) == everything
    assert len(everything) == len(client.app.store.names())


def test_services_are_listed_in_pages(client: Client) -> None:
    """As everything is."""
    rows = call(client, "zato.service.get-list", {"internal": False, "cur_page": 2, "page_size": 2})
    assert [row["name"] for row in rows] == ["b.two", "base.base"]


def test_a_service_is_found_by_name_and_by_id(client: Client) -> None:
    """It says what it does; the ID is the same after a restart."""
    by_name = call(client, "zato.service.get-by-name", {"name": "a.one"})
    assert call(client, "zato.service.get-by-id", {"id": by_name["id"]}) == by_name
    assert (by_name["documentation"], by_name["is_internal"], by_name["may_be_deleted"]) == ("Says one.", False, True)
    assert by_name["id"] == service_id("a.one")


def test_a_service_that_is_switched_off_is_not_called(client: Client, tmp_path: Path) -> None:
    """Nor after a restart, until it is switched on."""
    edited = call(client, "zato.service.edit", {"name": "a.one", "is_active": False, "slow_threshold": 5})
    assert (edited["is_active"], edited["slow_threshold"]) == (False, 5)
    assert refused(client, "a.one") == (503, "The service is not active")
    with served(tmp_path) as restarted:
        assert refused(restarted, "a.one")[0] == 503
        edited = call(restarted, "zato.service.edit", {"id": edited["id"], "is_active": True})
        assert (edited["is_active"], edited["slow_threshold"]) == (True, 5)
        assert call(restarted, "a.one") == 1


def test_a_service_is_deleted_with_its_file(client: Client, tmp_path: Path) -> None:
    """From then on there is none."""
    assert call(client, "zato.service.delete", {"name": "a.one"})["name"] == "a.one"
    assert not (tmp_path / "services" / "a.py").exists()
    assert refused(client, "a.one")[0] == 404


def test_a_file_that_others_need_stays(client: Client, tmp_path: Path) -> None:
    """Both go on."""
    call(client, "derived")
    assert refused(client, "zato.service.delete", {"name": "base.base"}) == (
        400,
        "Service `base.base` cannot be deleted, its file is needed by: user.py",
    )
    assert (tmp_path / "services" / "base.py").read_text() == BASE
    assert (call(client, "derived"), call(client, "base.base")) == (1, 1)


@pytest.mark.parametrize(
    ("service", "payload", "status", "details"),
    [
        ("get-list", {"cur_page": 0}, 400, "`cur_page` must be from 1"),
        ("get-by-name", {"name": "a.on"}, 404, "No such service: `a.on`; did you mean `a.one`?"),
        ("get-by-id", {"id": 5}, 404, "There is no service with ID 5"),
        ("get-by-id", {"id": "x"}, 400, "`id` must be an integer"),
        ("edit", {}, 400, "One of the input fields `id` and `name` is required"),
        ("edit", {"name": "zato.ping", "is_active": False}, 400, "`zato.ping` is internal"),
        ("edit", {"name": "a.one", "slow_threshold": -1}, 400, "`slow_threshold` must be a whole number from 0"),
        ("delete", {"name": "zato.ping"}, 400, "`zato.ping` is internal and cannot be deleted"),
        ("delete", {"name": "b.one"}, 400, "shares its file with others: b.two"),
    ],
)
def test_what_cannot_be_done_is_refused(
    untouched: Client, service: str, payload: dict[str, Any], status: int, details: str
) -> None:
    """With what is wrong."""
    found = refused(untouched, f"zato.service.{service}", payload)
    assert found[0] == status
    assert details in found[1]
