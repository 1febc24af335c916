"""Tests of apitest_server.internal.crud.object_type."""

from types import SimpleNamespace
from typing import Any

import pytest

from apitest_server.internal.crud import Between, Field, ObjectType, ServiceName
from apitest_server.internal.crud.object_type import KEPT, Generic
from apitest_server.service.attrs import Attrs
from apitest_server.service.elements import Text

ONE = ObjectType(
    name="outgoing.thing",
    title="Outgoing entry",
    fields=(Field(ServiceName()), Field(Between("size", 1, 9, default=3)), Field(Text("password"), stored="encrypted")),
)


def test_a_row_has_all_names_of_a_field_and_no_secret() -> None:
    """A field that is younger than the object has its default."""
    row = ONE.row(7, "a", {"service": "x.y", "password": "secret"})
    assert row == {"id": 7, "name": "a", "service": "x.y", "size": 3, "service_name": "x.y"}


def test_a_field_that_is_empty_shows_what_is_in_effect() -> None:
    """Made of the others; one that is not empty, and one that nothing is made for, show themselves."""
    fields = Field(Text("code", default="")), Field(Text("sign", default=""), if_empty=lambda row: f"of {row['code']}")
    signed = ObjectType(name="x.y", title="X", fields=fields)
    assert signed.row(1, "a", {"code": "c"}) == {"id": 1, "name": "a", "code": "c", "sign": "of c"}
    assert signed.row(1, "a", {"code": "", "sign": "s"}) == {"id": 1, "name": "a", "code": "", "sign": "s"}


def test_titles_fit_into_sentences() -> None:
    """One, many, and at the beginning."""
    assert (ONE.one, ONE.many, ONE.heading) == ("an outgoing entry", "outgoing entries", "Outgoing entries")
    assert [ObjectType(name="x", title=title, fields=()).one for title in ("FTP box", "Box")] == ["an FTP box", "a Box"]
    assert ObjectType(name="x", title="Box", fields=()).many == "Boxes"
    assert ObjectType(name="x", title="Role of client", plural="Roles of clients", fields=()).many == "roles of clients"


def test_what_is_kept_is_nothing() -> None:
    """A field of an edit that was not given."""
    assert not KEPT


def _type(title: str, **more: Any) -> ObjectType:
    return ObjectType(name="x.y", title=title, fields=(Field(Text("a")), Field(Text("c"), stored="hashed")), **more)


@pytest.mark.parametrize(
    ("title", "one", "many"),
    [
        ("SQL connection", "an SQL connection", "SQL connections"),
        ("Outgoing address", "an outgoing address", "outgoing addresses"),
        ("TCP entry", "a TCP entry", "TCP entries"),
        ("Day", "a Day", "Days"),
    ],
)
def test_a_type_within_a_sentence(title: str, one: str, many: str) -> None:
    """With its article as it is spoken, and in the plural."""
    assert (_type(title).one, _type(title).many) == (one, many)


def test_objects_that_are_not_in_the_odb() -> None:
    """Errors tell where they are from."""
    assert _type("X").origin == "is declared in server.conf"
    assert _type("X", is_built_in=True).origin == "is part of every server"


def test_the_secrets_of_a_type() -> None:
    """Are what services take and do not return."""
    assert [field.name for field in _type("X").secrets] == ["c"]


def test_the_space_of_a_name() -> None:
    """The kind, another one that it shares, or one that its fields make."""
    assert _type("X").space_of({}) == "x.y"
    assert _type("X", space="shared").space_of({}) == "shared"
    assert _type("X", space=lambda fields: f"of {fields['a']}").space_of({"a": "b"}) == "of b"


def test_a_generic_kind_as_it_is_without_more() -> None:
    """It takes fields as they are, and shows nothing more."""
    generic: Any = Generic()
    assert generic.own(SimpleNamespace(), Attrs({"a": 1})) == {"a": 1}
    assert generic.shows(SimpleNamespace(), Attrs({"a": 1})) == {}


def test_words_of_its_own() -> None:
    """One of them, or some, is written as the type says, where the rules would not do."""
    described = _type("Outgoing data", single="a set of data", plural="Sets of data")
    assert (described.one, described.heading) == ("a set of data", "Sets of data")
