"""Tests of apitest_server.internal.crud.description."""

from apitest_server.internal.crud.description import described
from apitest_server.internal.crud.field_types import Between, Reference
from apitest_server.internal.crud.object_type import Field
from apitest_server.service.elements import AsIs


def test_a_field_is_described() -> None:
    """With the schema of its type, and what a form needs to know."""
    found = described(Field(Between("port", 1, 9, default=5), required=True, filters=True, about="In seconds"))
    assert found == {
        "name": "port",
        "schema": {"type": "integer", "minimum": 1, "maximum": 9, "default": 5, "description": "In seconds"},
        "default": 5,
        "required": True,
        "secret": False,
        "random": False,
        "filters": True,
        "searched": False,
        "refers_to": [],
    }


def test_only_plain_values_are_defaults() -> None:
    """What a field refers to is listed."""
    assert described(Field(AsIs("extra", default=object())))["default"] is None
    assert described(Field(Reference("security_id"), refers_to=("a", "b")))["refers_to"] == ["a", "b"]
