"""Tests of apitest_server.service.old_elements."""

from datetime import UTC as UTC_ZONE
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from apitest_server.service.elements import Bool, DictList, Int, Text
from apitest_server.service.old_elements import ELEMENTS, UTC, FixedWidth, Nested, named


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("is_active", "true", True),
        ("has_gd", 0, False),
        ("id", "12", 12),
        ("customer_id", "-3", -3),
        ("customer_id", "zpsm6ef5", "zpsm6ef5"),
        ("retry_count", "7", 7),
        ("page_size", 5, 5),
        ("read_timeout", "0", 0),
        ("idea", "12", "12"),
        ("island", "true", "true"),
        ("count", "12", "12"),
        ("-is_active", "no", False),
    ],
)
def test_a_name_tells_the_type(name: str, value: object, expected: object) -> None:
    """Numbers and truths; what is only like such a name is a text."""
    found = named(name).parse(value)
    assert (found, type(found)) == (expected, type(expected))
    assert named(name).default == ""


@pytest.mark.parametrize(("name", "value"), [("is_active", "maybe"), ("retry_count", "x"), ("id", True), ("a_id", {})])
def test_what_a_name_promises_is_kept(name: str, value: object) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match="must be"):
        named(name).parse(value)


def test_older_names_are_the_same_types() -> None:
    """A service may declare either."""
    older = [ELEMENTS[name] for name in ("Boolean", "Integer", "ListOfDicts", "Unicode")]
    assert older == [Bool, Int, DictList, Text]


@pytest.mark.parametrize(
    "value", ["2026-01-31T12:30:00", "2026-01-31T12:30:00Z", "2026-01-31T13:30:00+01:00", "2026-01-31 12:30"]
)
def test_utc_is_a_text(value: str) -> None:
    """Without its zone, which is known."""
    assert UTC("a").parse(value) == "2026-01-31T12:30:00"


def test_utc_goes_out_as_a_text() -> None:
    """Of a point in time with a zone, without one, and of a text."""
    there = timezone(timedelta(hours=1))
    for value in (
        datetime(2026, 1, 31, 12, 30, tzinfo=UTC_ZONE),
        datetime(2026, 1, 31, 12, 30),
        datetime(2026, 1, 31, 13, 30, tzinfo=there),
        "2026-01-31T12:30:00+00:00",
        "2026-01-31T12:30:00Z",
    ):
        assert UTC("a").serialize(value) == "2026-01-31T12:30:00"
    assert UTC("a").serialize(None) is None


def test_nested_fields_have_types() -> None:
    """Each is needed; others stay, and all have attributes."""
    element = Nested("a", "is_new", Nested("b", Int("c")))
    found: Any = element.parse({"is_new": "yes", "b": {"c": "5"}, "d": {"e": 1}})
    assert (found.is_new, found.b.c, found.d.e) == (True, 5, 1)
    assert [one.x for one in Nested("a").parse([{"x": 1}, {"x": 2}])] == [1, 2]  # type: ignore[attr-defined]
    assert Nested("a", UTC("t")).serialize([{"t": "2026-01-31T12:30:00Z", "u": 1}]) == [
        {"t": "2026-01-31T12:30:00", "u": 1}
    ]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("x", "must be an object"),
        ({"is_new": 1}, "must have the key `b`"),
        ({"is_new": 1, "b": {"c": "x"}}, "has a key `b` that has a key `c` that must be an integer"),
    ],
)
def test_what_is_wrong_within_is_told(value: object, problem: str) -> None:
    """With the names on the way to it."""
    with pytest.raises(ValueError, match=problem):
        Nested("a", "is_new", Nested("b", Int("c"))).parse(value)


def test_a_field_of_a_line_is_filled_up_or_cut() -> None:
    """On its right, or on its left."""
    assert FixedWidth("a", 3).padded("x") == "x  "
    assert FixedWidth("a", 3, align="right").padded(5) == "  5"
    assert FixedWidth("a", 3).padded("abcdef") == "abc"
    assert FixedWidth("a", 3).padded(None) == "   "


def test_an_identifier_goes_out_as_a_number_where_it_is_one() -> None:
    """As it comes in."""
    given = ("6", -6, "zpsm6", "", "1" * 16, None)
    assert [named("y_id").serialize(value) for value in given] == [6, -6, "zpsm6", "", "1" * 16, None]


def test_a_nested_value_that_is_not_a_dictionary() -> None:
    """Is written as it is."""
    nested = Nested("a", "id")
    assert nested.serialize(5) == 5
    assert nested.serialize([{"id": 5}, None]) == [{"id": 5}, None]
