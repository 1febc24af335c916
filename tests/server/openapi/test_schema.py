"""Tests of apitest_server.openapi.schema."""

from typing import Any

import pytest

from apitest_server.openapi.schema import of_element, of_fields, one_or_many
from apitest_server.service.elements import AsIs, Bool, DateTime, Dict, DictList, Element, Int, List, Text
from apitest_server.service.simpleio import Fields


@pytest.mark.parametrize(
    ("element", "schema"),
    [
        (Text("a"), {"type": "string"}),
        (Text("a", default="x"), {"type": "string", "default": "x"}),
        (Int("a", default=0), {"type": "integer", "default": 0}),
        (Bool("a", default=False), {"type": "boolean", "default": False}),
        (DateTime("a"), {"type": "string", "format": "date-time"}),
        (AsIs("a", default=object()), {}),
        (List("a"), {"type": "array", "items": {}}),
        (Dict("a"), {"type": "object"}),
        (Dict("a", "b", "-c"), {"type": "object", "required": ["b"]}),
        (DictList("a", "b"), {"type": "array", "items": {"type": "object", "required": ["b"]}}),
    ],
)
def test_an_element_has_a_schema(element: Element, schema: dict[str, Any]) -> None:
    """Its type, its default, and the keys that it needs."""
    assert of_element(element) == schema
    assert of_element(element) == schema  # The element's own schema was not changed


def test_fields_are_an_object() -> None:
    """The required ones are told apart; those that are in the path are left out."""
    fields = Fields([Text("a"), Int("id")], [Bool("b")])
    assert of_fields(fields, ["id"]) == {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "boolean"}},
        "required": ["a"],
    }
    assert "required" not in of_fields(Fields([], [Text("a")]))


def test_a_response_is_one_or_many() -> None:
    """A list of the same."""
    assert one_or_many({"type": "object"})["anyOf"][1] == {"type": "array", "items": {"type": "object"}}
