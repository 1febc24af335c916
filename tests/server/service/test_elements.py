"""Tests of apitest_server.service.elements."""

import decimal
import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.service import elements as e

ONE = "f47ac10b-58cc-4372-a567-0e02b2c3d479"
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("element", "given", "value"),
    [
        (e.Text("x"), "a", "a"),
        (e.Text("x"), 1, "1"),
        (e.Text("x"), 1.5, "1.5"),
        (e.Int("x"), 1, 1),
        (e.Int("x"), " -7 ", -7),
        (e.Float("x"), "1.5", 1.5),
        (e.Float("x"), 2, 2.0),
        (e.Bool("x"), True, True),
        (e.Bool("x"), "Yes", True),
        (e.Bool("x"), 0, False),
        (e.Bool("x"), "", False),
        (e.AsIs("x"), {"a": 1}, {"a": 1}),
        (e.Opaque("x"), {"a": {"b": 1}}, {"a": {"b": 1}}),
        (e.List("x"), (1, 2), [1, 2]),
        (e.List("x"), "a", ["a"]),
        (e.Dict("x", "a", "-b"), {"a": 1}, {"a": 1}),
        (e.DictList("x", "a"), [{"a": 1}], [{"a": 1}]),
        (e.DateTime("x"), "2026-01-31T12:00:00", NOON),
        (e.DateTime("x"), "2026-01-31T12:00:00Z", NOON),
        (e.DateTime("x"), NOON, NOON),
        (e.Date("x"), "2026-01-31", date(2026, 1, 31)),
        (e.Date("x"), "2026-01-31T12:00:00", date(2026, 1, 31)),
        (e.Date("x"), NOON, date(2026, 1, 31)),
        (e.Date("x"), date(2026, 1, 31), date(2026, 1, 31)),
        (e.Decimal("x"), "1.10", decimal.Decimal("1.10")),
        (e.Decimal("x"), 0.1, decimal.Decimal("0.1")),
        (e.UUID("x"), ONE, uuid.UUID(ONE)),
        (e.UUID("x"), uuid.UUID(ONE), uuid.UUID(ONE)),
        (e.CSV("x"), "a, b", ["a", "b"]),
        (e.CSV("x"), " ", []),
        (e.CSV("x"), [1, 2], ["1", "2"]),
    ],
)
def test_what_came_in_becomes_what_a_service_works_with(element: e.Element, given: Any, value: Any) -> None:
    """Each type takes its own values, and their usual texts."""
    assert element.parse(given) == value


@pytest.mark.parametrize(
    ("element", "given", "problem"),
    [
        (e.Text("x"), True, "must be a string"),
        (e.Text("x"), {}, "must be a string"),
        (e.Int("x"), "a", "must be an integer"),
        (e.Int("x"), True, "must be an integer"),
        (e.Int("x"), 1.0, "must be an integer"),
        (e.Float("x"), "a", "must be a number"),
        (e.Float("x"), True, "must be a number"),
        (e.Float("x"), [], "must be a number"),
        (e.Bool("x"), "perhaps", "must be true or false"),
        (e.Bool("x"), 2, "must be true or false"),
        (e.Bool("x"), [], "must be true or false"),
        (e.List("x"), {}, "must be a list"),
        (e.Dict("x"), [], "must be an object"),
        (e.Dict("x", "a", "-b"), {"b": 1}, "must have the key `a`"),
        (e.DictList("x"), {}, "must be a list of objects"),
        (e.DictList("x"), [1], "must be an object"),
        (e.DateTime("x"), "noon", "must be a date and time"),
        (e.DateTime("x"), 5, "must be a date and time"),
        (e.Date("x"), "today", "must be a date"),
        (e.Date("x"), 5, "must be a date"),
        (e.Decimal("x"), "a", "must be a decimal number"),
        (e.Decimal("x"), True, "must be a decimal number"),
        (e.UUID("x"), "a", "must be a UUID"),
        (e.UUID("x"), 5, "must be a UUID"),
        (e.CSV("x"), 5, "must be a text"),
    ],
)
def test_what_is_no_value_of_a_type_is_refused(element: e.Element, given: Any, problem: str) -> None:
    """The error completes the sentence `Input field x …`."""
    with pytest.raises(ValueError, match=problem):
        element.parse(given)


@pytest.mark.parametrize(
    ("element", "given", "wire"),
    [
        (e.Text("x"), b"abc", "abc"),
        (e.Text("x"), 5, 5),
        (e.AsIs("x"), [1], [1]),
        (e.DateTime("x"), NOON, "2026-01-31T12:00:00+00:00"),
        (e.DateTime("x"), "as it is", "as it is"),
        (e.Date("x"), date(2026, 1, 31), "2026-01-31"),
        (e.Date("x"), None, None),
        (e.Decimal("x"), decimal.Decimal("1.10"), "1.10"),
        (e.Decimal("x"), 1, 1),
        (e.UUID("x"), uuid.UUID(ONE), ONE),
        (e.UUID("x"), "a", "a"),
        (e.CSV("x"), ["a", 1], "a,1"),
        (e.CSV("x"), "a,b", "a,b"),
        (e.Int("x"), "5", 5),
        (e.Int("x"), "five", "five"),
        (e.Int("x"), "", ""),
        (e.Int("x"), "9" * 5000, "9" * 5000),
        (e.Int("x"), [1], [1]),
        (e.Float("x"), "1.5", 1.5),
        (e.Float("x"), "x", "x"),
        (e.Float("x"), "nan", "nan"),
        (e.Float("x"), 2, 2),
        (e.Bool("x"), "true", True),
        (e.Bool("x"), "No", False),
        (e.Bool("x"), 0, False),
        (e.Bool("x"), 7, 7),
        (e.Bool("x"), "maybe", "maybe"),
        (e.Bool("x"), "", ""),
        (e.Bool("x"), None, None),
    ],
)
def test_what_goes_out_is_what_json_can_hold(element: e.Element, given: Any, wire: Any) -> None:
    """Each type writes its own values, also those that are texts, and leaves others alone."""
    found = element.serialize(given)
    assert (found, type(found)) == (wire, type(wire))


def test_opaque_dictionaries_offer_attributes() -> None:
    """`ctx.data.id` works for a ctx that came as JSON."""
    assert e.Opaque("ctx").parse({"data": {"id": 5}}).data.id == 5


def test_a_default_is_that_of_the_type_unless_given() -> None:
    """Text defaults to an empty string, the rest to None."""
    assert (e.Text("x").default, e.Int("x").default, e.Int("x", default=3).default) == ("", None, 3)
    assert repr(e.Int("x")) == "Int('x')"


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_survives_the_wire(value: decimal.Decimal) -> None:
    """Written and read again, a decimal is the same number."""
    element = e.Decimal("x")
    assert element.parse(element.serialize(value)) == value


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_survives_the_wire(value: datetime) -> None:
    """Written and read again, a point in time is the same."""
    element = e.DateTime("x")
    assert element.parse(element.serialize(value)) == value
