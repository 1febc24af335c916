"""Tests of apitest_server.internal.crud.act, through a server in this process, on both databases."""

import pytest

from apitest_server.errors import BadRequest
from apitest_server.internal.crud import together
from apitest_server.odb.rows import Draft, Objects
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


def test_what_an_object_needs_is_in_effect_before_it(client: Client) -> None:
    """Also what another server of the database has just made, with what that needs; and nothing a second time."""
    live = Names()
    client.app.live.register({"test.thing": lambda: live})
    known = create(client, "known")
    odb = client.app.odb
    with odb.writing() as session:  # As another server does
        objects = Objects(session, odb.key.open)
        needed = [objects.add(_elsewhere("first", 0))]
        needed.append(objects.add(_elsewhere("second", needed[0].id)))
        objects.change(needed[0].id, _elsewhere("first", needed[1].id))  # In a circle
    put: list[str] = []
    live.put = lambda item: put.append(item.name)  # type: ignore[method-assign]
    create(client, "third", other_id=needed[1].id)
    create(client, "fourth", other_id=needed[1].id)
    create(client, "fifth", other_id=known)
    assert put == ["first", "second", "third", "fourth", "fifth"]
    with together(client.app) as act:
        one = act.create(THING, {"name": "sixth", "host": "h"})
        act.create(THING, {"name": "seventh", "host": "h", "other_id": one.id})
    assert put[5:] == ["sixth", "seventh"]
    read = [item for item in odb.load() if item.kind == "test.thing"]  # In the way of a start
    assert len(read) == 8
    assert all(client.app.live.knows(item) for item in read)


def _elsewhere(name: str, other: int) -> Draft:
    fields = {"host": "h", "other_id": other}
    references = {"other_id": (other, ("test.thing",))} if other else {}
    return Draft("test.thing", "Thing", "test.thing", name, fields, references=references)


def test_objects_that_nobody_names_are_named_by_their_fields(client: Client) -> None:
    """Also when these change; what is made of other fields is not taken from who calls."""
    made = client.result("zato.test.code.create", {"code": "abc", "name": "mine", "length": 9})
    assert made["name"] == "code abc"
    client.result("zato.test.code.edit", {"id": made["id"], "code": "de", "name": "mine"})
    row = client.result("zato.test.code.get-by-id", {"id": made["id"]})
    assert (row["name"], row["code"], row["length"]) == ("code de", "de", 2)
