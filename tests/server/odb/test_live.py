"""Tests of apitest_server.odb.live."""

import pytest

from apitest_server.errors import BadRequest
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each, LiveObjects


class Kept(Each):
    """Keeps names; refuses some."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def put(self, item: StoredObject) -> None:
        if item.name == "bad":
            raise BadRequest("not this one")
        self.names.append(item.name)

    def remove(self, item: StoredObject) -> None:
        self.names.remove(item.name)


class Strict(Kept):
    def check(self, item: StoredObject) -> None:
        raise BadRequest("no new ones")

    def check_removal(self, item: StoredObject) -> None:
        raise BadRequest("none leaves")


def item(name: str, kind: str = "k") -> StoredObject:
    return StoredObject(1, kind, name, {})


def test_a_kind_is_made_with_its_first_object() -> None:
    """A kind without objects costs nothing; one that nobody registered is only stored."""
    live, made = LiveObjects(), []

    def factory() -> Kept:
        made.append(Kept())
        return made[-1]

    live.register({"k": factory, "l": factory})
    live.load([item("x", "other")])
    live.put(item("x", "other"))
    assert made == []
    live.load([item("a"), item("b")])
    live.put(item("c"))
    live.remove(item("a"))
    assert [kept.names for kept in made] == [["b", "c"]]


def test_rooms_get_their_objects_in_the_order_in_which_they_registered() -> None:
    """What others need comes first, whenever it was stored."""
    live, order = LiveObjects(), []

    class Noting(Kept):
        def put(self, item: StoredObject) -> None:
            order.append(item.kind)

    live.register({"first": Noting})
    live.register({"second": Noting})
    live.load([item("a", "second"), item("b", "first")])
    assert order == ["first", "second"]


def test_one_that_cannot_be_used_does_not_keep_the_others(caplog: pytest.LogCaptureFixture) -> None:
    """It is in the log, by kind, name and ID."""
    live, kept = LiveObjects(), Kept()
    live.register({"k": lambda: kept})
    live.load([item("bad"), item("a")])
    assert kept.names == ["a"]
    assert "k `bad` (ID 1) cannot be used: not this one" in caplog.text


def test_rooms_may_refuse() -> None:
    """A new object and a removal; by default neither is."""
    live = LiveObjects()
    live.register({"k": Strict})
    live.register({"l": Kept})
    with pytest.raises(BadRequest, match="no new ones"):
        live.check(item("a"))
    with pytest.raises(BadRequest, match="none leaves"):
        live.check_removal(item("a"))
    for kind in ("l", "other"):
        live.check(item("a", kind))
        live.check_removal(item("a", kind))
    live.remove(item("a", "other"))


def test_each_has_to_say_what_it_does() -> None:
    """The base class knows nothing of it."""
    for act in (Each().put, Each().remove):
        with pytest.raises(NotImplementedError):
            act(item("a"))
