"""Tests of apitest_server.odb.rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from apitest_server.errors import BadRequest, NotFound
from apitest_server.odb import ODB, StoredObject
from apitest_server.odb.rows import Draft, Objects, Query


@contextmanager
def objects(odb: ODB) -> Iterator[Objects]:
    with odb.writing() as session:
        yield Objects(session, odb.key.open)


def draft(name: str, space: str = "k", **options: Any) -> Draft:
    return Draft("k", "Thing", space, name, options.pop("fields", {}), **options)


def add(odb: ODB, name: str, **options: Any) -> StoredObject:
    with objects(odb) as found:
        return found.add(draft(name, **options))


def names(odb: ODB, **query: Any) -> tuple[list[str], int]:
    with odb.reading() as session:
        items, total = Objects(session, odb.key.open).page(Query(("k",), **query))
    return [item.name for item in items], total


def test_an_object_is_found_by_id_and_by_name(odb: ODB) -> None:
    """What is returned is what was stored."""
    item = add(odb, "a", fields={"x": 1})
    with objects(odb) as found:
        assert (found.kind(item.id), found.kind(99), found.kind(-1)) == ("k", "", "")
        assert found.get(("k",), "Thing", item.id) == found.by_name(("k",), "Thing", "a") == item


@pytest.mark.parametrize(
    ("act", "details"),
    [
        (lambda found: found.get(("k",), "Thing", 99), "There is no Thing with ID 99"),
        (lambda found: found.get(("other",), "Thing", 1), "There is no Thing with ID 1"),
        (lambda found: found.by_name(("k",), "Thing", "b"), "There is no Thing with name `b`"),
        (lambda found: found.change(99, draft("b")), "There is no Thing with ID 99"),
        (lambda found: found.remove("k", "Thing", 99), "There is no Thing with ID 99"),
    ],
)
def test_what_is_not_there_is_not_found(odb: ODB, act: Callable[[Objects], Any], details: str) -> None:
    """The error says what was looked for."""
    add(odb, "a")
    with pytest.raises(NotFound) as caught, objects(odb) as found:
        act(found)
    assert caught.value.details == details


def test_a_name_is_taken_once_in_a_space(odb: ODB) -> None:
    """In another space it is free; and an object may keep its own name when it changes."""
    item = add(odb, "a")
    add(odb, "a", space="other")
    with objects(odb) as found:
        assert found.change(item.id, draft("a", fields={"x": 2})).fields == {"x": 2}
    with pytest.raises(BadRequest, match="Thing `a` exists already"):
        add(odb, "a")


@pytest.mark.parametrize(("taken", "free"), [("t", "u"), (1, 2), (True, False)])
def test_a_unique_field_is_taken_once(odb: ODB, taken: Any, free: Any) -> None:
    """Whatever its type is."""
    add(odb, "a", fields={"x": taken}, unique=("x",))
    add(odb, "b", fields={"x": free}, unique=("x",))
    with pytest.raises(BadRequest, match="`x` is the same as that of Thing `a`"):
        add(odb, "c", fields={"x": taken}, unique=("x",))


def test_what_others_need_cannot_be_deleted(odb: ODB) -> None:
    """The error names who needs it; once nobody does, it can."""
    needed = add(odb, "needed")
    needing = add(odb, "needing", references={"x": (needed.id, ("k",))})
    with pytest.raises(BadRequest, match="`needed` cannot be deleted, it is used by: needing"), objects(odb) as found:
        found.remove("k", "Thing", needed.id)
    with objects(odb) as found:
        found.change(needing.id, draft("needing"))
        assert found.remove("k", "Thing", needed.id).name == "needed"
    with objects(odb) as found:
        found.remove("k", "Thing", needing.id)
    assert names(odb) == ([], 0)


def test_what_an_object_needs(odb: ODB) -> None:
    """In the order of their IDs; each once."""
    one, two = add(odb, "one"), add(odb, "two")
    fields = {"c": two.id, "a": one.id, "b": one.id}
    needing = add(odb, "user", fields=fields, references={name: (number, ("k",)) for name, number in fields.items()})
    with objects(odb) as found:
        assert found.needed(needing.id) == [one, two]
        assert found.needed(one.id) == []


@pytest.mark.parametrize("target", [99, 1])
def test_a_reference_must_lead_to_an_object_of_a_fitting_kind(odb: ODB, target: int) -> None:
    """Another kind's object is none."""
    add(odb, "a")
    with pytest.raises(BadRequest, match=f"`x`: there is no object of a fitting kind with ID {target}"):
        add(odb, "b", references={"x": (target, ("other",))})


def test_ids_are_never_used_twice(odb: ODB) -> None:
    """Not even that of the newest object, after it was deleted."""
    first = add(odb, "a")
    with objects(odb) as found:
        found.remove("k", "Thing", first.id)
    assert add(odb, "b").id > first.id


def test_lists_are_by_name_and_in_pages(odb: ODB) -> None:
    """Capitals do not count; the total is that of all pages."""
    for name in ("b", "C", "a", "D"):
        add(odb, name)
    assert names(odb) == (["a", "b", "C", "D"], 4)
    assert names(odb, offset=1, limit=2) == (["b", "C"], 4)
    assert names(odb, limit=0) == ([], 4)


def test_a_search_wants_all_words(odb: ODB) -> None:
    """In the name or in what else is searched, in any case and language; % and _ are nothing special."""
    add(odb, "Über", searched=("/path_x",))
    add(odb, "other", searched=("50%\0",))
    for words, found in [
        (("über",), ["Über"]),
        (("ÜB", "PATH"), ["Über"]),
        (("über", "50"), []),
        (("0%",), ["other"]),
        (("h_x",), ["Über"]),
        (("_", "%"), []),
        (("0\0%",), ["other"]),
        (("r",), ["other", "Über"]),
    ]:
        assert names(odb, words=words)[0] == found


def test_a_filter_compares_by_type(odb: ODB) -> None:
    """Texts, numbers and truths in JSON are told apart by what they are compared with."""
    add(odb, "a", fields={"t": "x", "n": 1, "b": True})
    add(odb, "b", fields={"t": "y", "n": 2, "b": False})
    for equal in ({"t": "x"}, {"n": 1}, {"b": True}, {"t": "x", "n": 1, "b": True}):
        assert names(odb, equal=equal) == (["a"], 1)
    assert names(odb, equal={"t": "x", "n": 2}) == ([], 0)
