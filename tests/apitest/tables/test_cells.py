"""What cells mean, and how values are written in them."""

import datetime
import uuid
from collections import UserDict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apitest.language.lists import ListItem
from apitest.tables import cells

UUID = uuid.UUID("123e4567-e89b-12d3-a456-426614174000")
NOON = datetime.datetime(2024, 2, 29, 12)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        (" 19.9 ", Decimal("19.90")),
        ("0.1", 0.1),
        ("NaN", float("nan")),
        ("-Infinity", float("-inf")),
        ("yes", True),
        ("false", 0),
        ("a", "a"),
        ("2024-02-29", datetime.date(2024, 2, 29)),
        ("2024-02-29 12:00", NOON),
        ("2024-02-29T13:00:00+01:00", NOON),
        ("2024-02-29T12:00:00Z", NOON.replace(tzinfo=datetime.UTC)),
        ("12:30", datetime.time(12, 30)),
        ("12:30:00.25", datetime.timedelta(hours=12, minutes=30, milliseconds=250)),
        ("-25:00", datetime.timedelta(hours=-25)),
        ("123E4567-e89b-12d3-a456-426614174000", UUID),
        ("0xCAFE", b"\xca\xfe"),
        ('{"b": [1, null, true], "a": "x"}', {"a": "x", "b": (1.0, None, True)}),
        ("{1, 2}", {2, 1}),
        ("{'2024-02-29': 1}", {datetime.date(2024, 2, 29): 1}),
        ("3+4j", complex(3, 4)),
    ],
)
def test_a_text_is_read_as_its_column_is(text: str, value: Any) -> None:
    """A text means the value in a column of the value's kind."""
    if isinstance(value, complex):
        text = f"({text})"
    assert cells.key_of_text(text, cells.kinds_of([value])) == cells.key(value)


@pytest.mark.parametrize("value", [7, Decimal(1), NOON.date(), NOON, datetime.timedelta(1), UUID, b"a", [1], "b"])
def test_what_does_not_fit_is_text(value: Any) -> None:
    """A text that is none of the column's kind equals no value of it."""
    key = cells.key_of_text("no such thing!", cells.kinds_of([value]))
    assert key != cells.key(value)


def test_a_column_of_many_kinds() -> None:
    """Where a column's values are of several kinds, text is the last of them; NULLs have none."""
    kinds = cells.kinds_of(["a", None, 1])
    assert kinds == ["integer", "text"]
    assert cells.key_of_text("1", kinds) == cells.key(1)
    assert cells.key_of_text("b", kinds) == cells.key("b")


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, "1"), (True, "true"), ([True], [1]), ([1, 2], [2, 1]), ({"a": 1}, {"a": 2}), (NOON, NOON.date()), (None, "")],
)
def test_what_is_not_the_same(one: Any, other: Any) -> None:
    """Text is not a number, a list has an order, and in a document true is not 1."""
    assert cells.key(one) != cells.key(other)


def test_times_with_a_zone_are_not_since_midnight() -> None:
    """A time of day in some zone equals itself only."""
    time = datetime.time(12, tzinfo=datetime.UTC)
    assert cells.key(time) == ("time", time)


@pytest.mark.parametrize(
    ("cell", "kinds", "key"),
    [
        (ListItem("NULL"), ["text"], cells.NULL),
        (ListItem("NULL", True), ["text"], ("text", "NULL")),
        (ListItem(""), ["integer"], cells.NULL),
        (ListItem(""), ["text"], cells.NULL),
        (ListItem("", True), ["integer"], ("text", "")),
        (ListItem(""), [], cells.NULL),
        (ListItem(None, True), ["text"], cells.NULL),
        (ListItem(7, True), ["text"], ("number", 7)),
        (ListItem("7"), ["integer"], ("number", 7)),
    ],
)
def test_cells(cell: ListItem, kinds: list[str], key: cells.Key) -> None:
    """NULL and an empty cell stand for no value, and what is not a text is taken as it is."""
    assert cells.key_of(cell, kinds) == key


@pytest.mark.parametrize(
    ("value", "kind", "same"),
    [
        (None, "date", None),
        ("2024-02-29", "date", datetime.date(2024, 2, 29)),
        (1, "boolean", True),
        (1, "integer", 1),
        (NOON, "text", "2024-02-29T12:00:00"),
        ("19.90", "decimal", Decimal("19.9")),
    ],
)
def test_a_stated_kind(value: Any, kind: str, same: Any) -> None:
    """Where a column's kind is stated, what the database gave is made that."""
    assert cells.key_as(value, kind) == cells.key(same)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "NULL"),
        (True, "true"),
        (Decimal("19.90"), "19.90"),
        ("Maria", "Maria"),
        ("19.90", '"19.90"'),
        ("NULL", '"NULL"'),
        ("", '""'),
        ("a ", '"a "'),
        ("a | b", '"a | b"'),
        ("a\nb", r'"a\nb"'),
        (r"a\nb", r'"a\\nb"'),
        (NOON, "2024-02-29T12:00:00"),
        (datetime.timedelta(hours=25, microseconds=5), "25:00:00.000005"),
        (datetime.timedelta(minutes=-90), "-01:30:00"),
        (b"\xca\xfe", "0xcafe"),
        ([1, "a", UUID], f'[1, "a", "{UUID}"]'),
        ({2, 1}, "{1, 2}"),
        ({(1, 2): 3}, "{(1, 2): 3}"),
    ],
)
def test_values_are_written_as_cells(value: Any, text: str) -> None:
    """A value is written so that it is not taken for another."""
    assert cells.written(value) == text


@pytest.mark.parametrize(
    ("value", "portable"),
    [
        (None, None),
        (True, True),
        ("a", "a"),
        (b"a", b"a"),
        (Decimal(5), 5),
        (Decimal("19.90"), 19.9),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (Decimal("Infinity"), float("inf")),
        (Decimal("1E+3"), 1000.0),
        (NOON.date(), "2024-02-29"),
        (UUID, str(UUID)),
        ([(Decimal(1), NOON)], [(1, "2024-02-29T12:00:00")]),
        ({UUID: {2, 1}, "a": [Decimal("1.5")]}, {str(UUID): [1, 2], "a": [1.5]}),
    ],
)
def test_values_that_are_stored(value: Any, portable: Any) -> None:
    """What a database gave has the types of JSON once it is stored."""
    found = cells.portable(value)
    assert found == portable
    assert type(found) is type(portable)


def test_a_decimal_that_is_no_number() -> None:
    """NaN stays NaN."""
    assert str(cells.portable(Decimal("NaN"))) == "nan"


plain_values = (
    st.none()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.datetimes()
    | st.dates()
    | st.times()
    | st.uuids()
    | st.binary()
)


@settings(deadline=None)
@given(plain_values)
def test_what_is_written_is_read(value: Any) -> None:
    """A value written as a cell is read as the same value."""
    cell = ListItem(cells.plain(value))
    assert cells.key_of(cell, cells.kinds_of([value]) or ["integer"]) == cells.key(value)


def test_maps_of_a_driver() -> None:
    """One that is not a dictionary is written as one, also within others; one with other keys in full."""
    for value, shown in [
        (UserDict({"a": 1}), '{"a": 1}'),
        ([UserDict({"a": UserDict({})})], '[{"a": {}}]'),
        ({"a": UserDict({"b": {1, 2}})}, '{"a": {"b": "{1, 2}"}}'),
    ]:
        assert cells.plain(value) == cells.written(value) == shown
    assert "UUID" in cells.plain(UserDict({UUID: 1}))
