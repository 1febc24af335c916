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


class Named(Each):
    """Objects by their names, which are unique; those of a second kind need one of the first."""

    def __init__(self, seen: list[str]) -> None:
        self.names: dict[str, int] = {}
        self.seen = seen

    def put(self, item: StoredObject) -> None:
        if item.name == "bad" or self.names.get(item.name, item.id) != item.id:
            raise BadRequest("not this one")
        self.names = {name: number for name, number in self.names.items() if number != item.id}
        self.names[item.name] = item.id
        self.seen.append(f"+{item.name}")

    def remove(self, item: StoredObject) -> None:
        self.names = {name: number for name, number in self.names.items() if number != item.id}
        self.seen.append(f"-{item.name}")


def named(*found: tuple[int, str, str]) -> list[StoredObject]:
    return [StoredObject(number, kind, name, {}) for number, kind, name in found]


def test_what_another_server_changed_takes_effect_in_order() -> None:
    """What others need comes before them and goes after them; what is as it was, or is not meant, is not touched."""
    live, seen = LiveObjects(), []
    kinds = {kind: Named(seen) for kind in ("first", "second")}
    live.register({"first": lambda: kinds["first"], "second": lambda: kinds["second"]})
    live.load(named((1, "first", "a"), (2, "second", "b"), (3, "first", "c"), (9, "first", "out")))
    seen.clear()
    live.refresh(named((3, "first", "c"), (4, "second", "e"), (5, "first", "a")), lambda item: item.id < 9)
    assert seen == ["-b", "-a", "+a", "+e"]
    assert (kinds["first"].names, kinds["second"].names) == ({"c": 3, "out": 9, "a": 5}, {"e": 4})


def test_what_is_needed_before_it_was_heard_of() -> None:
    """It takes effect; one that cannot now does with what is told of it, and until then is what it was."""
    live, kept = LiveObjects(), Named([])
    live.register({"k": lambda: kept})
    old, new = named((1, "k", "a"), (1, "k", "b"))
    assert not live.knows(old)
    live.catch_up(old)
    assert (live.knows(old), live.knows(new), kept.names) == (True, False, {"a": 1})
    live.load(named((2, "k", "b")))
    for refused in (new, *named((3, "k", "b"))):
        with pytest.raises(BadRequest):
            live.catch_up(refused)
    assert [live.knows(one) for one in (old, new)] == [True, False]
    live.refresh(named((1, "k", "b"), (2, "k", "a"), (3, "k", "c")), lambda item: True)
    assert kept.names == {"b": 1, "a": 2, "c": 3}


def test_names_that_were_exchanged_elsewhere_are_exchanged(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever the order; one that cannot be used does not keep the others."""
    live, kept = LiveObjects(), Named([])
    live.register({"k": lambda: kept})
    live.load(named((1, "k", "a"), (2, "k", "b")))
    live.refresh(named((1, "k", "b"), (2, "k", "a"), (3, "k", "bad"), (4, "k", "d")), lambda item: True)
    assert kept.names == {"b": 1, "a": 2, "d": 4}
    assert "k `bad` (ID 3) cannot be used: not this one" in caplog.text


def test_others_are_told_what_was_changed_here() -> None:
    """By its ID; of what they have changed themselves they are not told."""
    live, told = LiveObjects(), []
    live.changed = told.append
    live.load(named((1, "k", "a")))
    live.put(named((2, "k", "b"))[0])
    live.remove(named((1, "k", "a"))[0])
    live.refresh(named((7, "k", "z")), lambda item: True)
    assert told == [2, 1]
