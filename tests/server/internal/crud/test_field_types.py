"""Tests of apitest_server.internal.crud.field_types."""

from datetime import UTC, datetime
from typing import Any

import pytest

from apitest_server.internal.crud import (
    Between,
    HeaderName,
    Lines,
    Moment,
    Name,
    OneOf,
    Places,
    Reference,
    Seconds,
    ServiceName,
)
from apitest_server.internal.crud.field_types import When
from apitest_server.service.elements import Element


@pytest.mark.parametrize(
    ("element", "given", "parsed"),
    [
        (Name("x"), " a b ", "a b"),
        (Name("x"), 5, "5"),
        (HeaderName("x"), "X-Key", "X-Key"),
        (HeaderName("x", default=""), "", ""),
        (HeaderName("x", default="X-A"), "", "X-A"),
        (Places("x", {"ldap": 389}, "ldap"), " a \n\nldap://b:1", "a\nldap://b:1"),
        (Places("x", {"ldap": 389}, "ldap"), ["a", "b"], "a\nb"),
        (Places("x", {"ldap": 389}, "ldap"), "a, b", "a\nb"),
        (Lines("x"), "a\nb", "a\nb"),
        (Lines("x"), ["a", "b"], "a\nb"),
        (Lines("x"), [], ""),
        (When("x"), "2999-12-31", datetime(2999, 12, 31, tzinfo=UTC)),
        (OneOf("x", "a", "b"), "b", "b"),
        (OneOf("x", "a", "b"), "", "a"),
        (OneOf("x", "a", "b", aliases={"bee": "b"}), "bee", "b"),
        (Between("x", 1, 5), "5", 5),
        (Between("x", 1, 5, default=2), "", 2),
        (Reference("x", default=3), "", 0),
        (ServiceName(), "a.b", "a.b"),
        (Seconds("x", 10, 1.5), "2.5", 2.5),
        (Seconds("x", 10, 1.5), "", 1.5),
        (Seconds("x", 10, 5, shortest=0.5), 0.5, 0.5),
        (Moment("x"), "", None),
        (Moment("x"), "2026-01-31 12:30:00", datetime(2026, 1, 31, 12, 30, tzinfo=UTC)),
        (Reference("x"), "", 0),
        (Reference("x"), "ZATO_NONE", 0),
        (Reference("x"), "ZATO_DEFAULT", 0),
        (Reference("x"), 7, 7),
        (Reference("x", declared=True), -7, -7),
    ],
)
def test_what_is_right_is_taken(element: Element, given: Any, parsed: Any) -> None:
    """Each in its own way."""
    assert element.parse(given) == parsed


@pytest.mark.parametrize(
    ("element", "given"),
    [
        (Lines("x"), [["a"]]),
        (Lines("x"), {"a": 1}),
        (When("x"), "1899-12-31T23:59:59"),
        (Moment("x"), "3000-01-01"),
        (Name("x"), ""),
        (Name("x"), "a\nb"),
        (Name("x"), "a" * 201),
        (Name("x"), ["a"]),
        (HeaderName("x"), "X Key"),
        (HeaderName("x"), ""),
        (HeaderName("x", default=""), "X Key"),
        (OneOf("x", "a"), "c"),
        (OneOf("x", "a"), ["a"]),
        (OneOf("x", "a", aliases={"b": "a"}), "c"),
        (OneOf("x", "a", aliases={"b": "a"}), ["b"]),
        (Between("x", 1, 5), 6),
        (Between("x", 1, 5), "five"),
        (Between("x", 1, 5), ""),
        (Seconds("x", 10, 5), 0),
        (Seconds("x", 10, 5), 10.1),
        (Seconds("x", 10, 5), "nan"),
        (Seconds("x", 10, 5, shortest=0.5), 0.4),
        (Moment("x"), "soon"),
        (Moment("x"), 5),
        (Reference("x"), -1),
        (Reference("x"), 2**31),
        (Reference("x"), []),
    ],
)
def test_what_is_wrong_is_refused(element: Element, given: Any) -> None:
    """With what is expected instead."""
    with pytest.raises(ValueError, match="must be"):
        element.parse(given)


def test_what_is_no_place_is_refused() -> None:
    """With the line."""
    with pytest.raises(ValueError, match=r"must have lines such as ldap\.example\.com:389, and not `http://b`"):
        Places("x", {"ldap": 389}, "ldap").parse("a\nhttp://b")
    for wrong in (["a", None], ["a", ["b"]], {"a": 1}):
        with pytest.raises(ValueError, match="must be a string"):
            Places("x", {"ldap": 389}, "ldap").parse(wrong)


def test_a_moment_is_written_as_text() -> None:
    """And none as nothing."""
    assert Moment("x").serialize(datetime(2026, 1, 31, 12, 30, tzinfo=UTC)) == "2026-01-31T12:30:00+00:00"
    assert Moment("x").serialize(None) is None


def test_schemas_tell_the_limits() -> None:
    """For API specifications."""
    assert OneOf("x", "a", "b").schema == {"type": "string", "enum": ["a", "b"]}
    assert Between("x", 1, 5).schema == {"type": "integer", "minimum": 1, "maximum": 5}
