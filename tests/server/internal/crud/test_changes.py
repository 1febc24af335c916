"""Tests of apitest_server.internal.crud.changes, through a server in this process, on both databases."""

from dataclasses import replace
from typing import Any

import pytest

from apitest_server.errors import BadRequest, NotFound
from apitest_server.internal.crud import Changing, find
from apitest_server.internal.crud.changes import Changes
from tests.server.asgi import Client
from tests.server.internal.crud import things
from tests.server.internal.crud.using import Names, create


def test_changes_take_effect_at_once(client: Client) -> None:
    """In the running server, and again at the next start."""
    live = Names()
    client.app.live.register({"test.thing": lambda: live})
    one, two = create(client, "a"), create(client, "b")
    client.result("zato.test.thing.edit", {"id": one, "name": "c"})
    client.result("zato.test.thing.delete", {"id": two})
    assert live.names == {one: "c"}
    again = Names()
    again.load([item for item in client.app.odb.load() if item.kind == "test.thing"])
    assert again.names == live.names


def test_what_somebody_else_has_changed_is_not_overwritten(client: Client) -> None:
    """Where the caller says what it has seen; the fields that are something else by now are named."""
    one = create(client, "a", tags=["x", "y"], since="2026-01-31T12:00:00Z")
    seen = client.result("zato.test.thing.get-by-id", {"id": one})
    assert client.result("zato.test.thing.edit", {"id": one, "port": 22, "expected": seen})["id"] == one
    status, details = client.refused("zato.test.thing.edit", {"id": one, "name": "b", "expected": seen})
    assert (status, details) == (409, "Thing `a` was changed meanwhile: port")
    client.result("zato.test.thing.edit", {"id": one, "code": "new", "expected": {"port": 22, "no such field": 1}})
    now = client.result("zato.test.thing.get-by-id", {"id": one})
    assert now == {**seen, "port": 22, "code": "new"}
    assert client.result("zato.test.thing.edit", {"id": one, "name": "b", "expected": now})["name"] == "b"
    assert client.refused("zato.test.thing.edit", {"id": one, "expected": "x"})[0] == 400


def test_what_depends_on_an_object_changes_and_goes_with_it(client: Client) -> None:
    """In the same act: it is kept where something goes wrong later in it."""

    def told(act: Changing, number: int) -> None:
        for item in act.objects.needing("test.thing", number):
            act.edit(things.THING, item.id, {"code": act.objects.get(("test.thing",), "Thing", number).name})

    def gone(act: Changing, number: int) -> None:
        for item in act.objects.needing("test.thing", number):
            act.delete(things.THING, item.id)

    changes = Changes(client.app, replace(things.THING, after_edit=told, before_delete=gone))
    one = create(client, "a")
    two = create(client, "b", other_id=one)
    changes.edit(one, {"name": "c"})
    assert find(client.app, things.THING, two).fields["code"] == "c"
    three = create(client, "d", other_id=two)
    with pytest.raises(BadRequest, match="`b` cannot be deleted, it is used by: d"):
        changes.delete(one)
    assert changes.delete(two).name == "b"
    for number in (two, three):
        with pytest.raises(NotFound):
            find(client.app, things.THING, number)


def test_what_others_need_cannot_be_deleted(client: Client) -> None:
    """Until they are told to do without."""
    one = create(client, "a")
    two = create(client, "b", other_id=one)
    status, details = client.refused("zato.test.thing.delete", {"id": one})
    assert (status, details) == (400, "Thing `a` cannot be deleted, it is used by: b")
    client.result("zato.test.thing.edit", {"id": two, "other_id": "ZATO_NONE"})
    assert client.result("zato.test.thing.delete", {"id": one}) == {"id": one, "name": "a"}


def test_lists_are_paged_searched_and_filtered(client: Client) -> None:
    """Those of server.conf are in front; all together are one list."""
    for name in ("d", "C", "b"):
        create(client, name, is_active=name != "C")
    every = ["alpha of server.conf", "Zeta of server.conf", "b", "C", "d"]

    def listed(**given: Any) -> list[str]:
        return [row["name"] for row in client.result("zato.test.thing.get-list", {"cluster_id": 1, **given})]

    assert listed() == every
    pages = [listed(cur_page=number, page_size=3) for number in (1, 2, 3)]
    assert pages == [every[:3], every[3:], []]
    assert listed(cur_page=1, page_size=1) == every[:1]
    assert listed(query="CONF") == every[:2]
    assert listed(query="h b") == ["b"]
    assert listed(is_active=False) == ["alpha of server.conf", "C"]
    assert listed(paginate=True) == every


def test_what_server_conf_declares_is_found_too(client: Client) -> None:
    """By ID and by name; services that need what is stored find nothing."""
    row = client.result("zato.test.thing.get-by-id", {"id": -1})
    assert row == client.result("zato.test.thing.get-by-name", {"name": "alpha of server.conf"})
    assert (row["is_declared"], row["is_active"], row["port"]) == (True, False, 21)
    with pytest.raises(NotFound):
        find(client.app, things.THING, -1)
