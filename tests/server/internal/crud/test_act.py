"""Tests of apitest_server.internal.crud.act, through a server in this process, on both databases."""

import pytest

from apitest_server.errors import BadRequest
from apitest_server.internal.crud import together
from tests.server.asgi import Client
from tests.server.internal.crud.things import PLAIN, THING
from tests.server.internal.crud.using import Names, create


def test_changes_take_place_together(client: Client) -> None:
    """They are stored at the end of the act, and take effect then, in their order."""
    live = Names()
    client.app.live.register({"test.thing": lambda: live})
    one = create(client, "a")
    with together(client.app) as act:
        act.delete(THING, one)
        two = act.create(THING, {"name": "a", "host": "h"})
        act.edit(THING, two.id, {"name": "b"})
        assert live.names == {one: "a"}
    assert live.names == {two.id: "b"}
    assert [item.name for item in client.app.odb.load() if item.kind == "test.thing"] == ["b"]


def test_after_an_error_nothing_has_changed(client: Client) -> None:
    """Neither in the database nor in the running server, though other changes were good."""
    live = Names()
    client.app.live.register({"test.thing": lambda: live})
    one = create(client, "a")
    with pytest.raises(BadRequest, match="exists already"), together(client.app) as act:
        act.delete(THING, one)
        act.create(PLAIN, {"name": "p"})
        act.create(PLAIN, {"name": "p"})
    assert live.names == {one: "a"}
    assert [item.name for item in client.app.odb.load() if item.kind.startswith("test.")] == ["a"]


def test_objects_that_nobody_names_are_named_by_their_fields(client: Client) -> None:
    """Also when these change; what is made of other fields is not taken from who calls."""
    made = client.result("zato.test.code.create", {"code": "abc", "name": "mine", "length": 9})
    assert made["name"] == "code abc"
    client.result("zato.test.code.edit", {"id": made["id"], "code": "de", "name": "mine"})
    row = client.result("zato.test.code.get-by-id", {"id": made["id"]})
    assert (row["name"], row["code"], row["length"]) == ("code de", "de", 2)
