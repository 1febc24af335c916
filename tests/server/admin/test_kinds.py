"""Tests of apitest_server.admin.kinds."""

from typing import Any

from apitest_server.admin.kinds import Field, asked_for, text_field
from tests.server.admin.visitor import Visitor


def test_it_is_what_the_service_describes(visitor: Visitor) -> None:
    """Its fields have these keys, whatever the kind."""
    for kind in visitor.client.result("zato.kind.get-list"):
        found = visitor.client.result("zato.kind.get", {"name": kind["name"]})
        described = [*found["fields"], *(field for act in found["acts"] for field in act["input"])]
        assert all(field.keys() == Field.__annotations__.keys() for field in described)


def test_a_text_has_to_be_given() -> None:
    """Such as a name."""
    assert text_field("name")["required"]
    assert text_field("name").keys() == Field.__annotations__.keys()


def test_a_name_is_asked_for_where_people_give_one(visitor: Visitor) -> None:
    """It is the first field of a form; entries of dictionaries name themselves."""
    kinds = ("cache.builtin", "kvdb.data-dict.dictionary")
    first = [asked_for(visitor.client.result("zato.kind.get", {"name": kind}))[0]["name"] for kind in kinds]
    assert first == ["name", "system"]


def test_entries_that_name_themselves_are_not_asked_for_a_name() -> None:
    """The fields are those of the kind, behind the name of those that have one."""
    field = text_field("a")
    kind: Any = {"is_named": False, "fields": [field]}
    assert asked_for(kind) == [field]
    assert asked_for({**kind, "is_named": True}) == [text_field("name"), field]
