"""Tests of apitest_server.invoke.reply."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from bson import Int64, ObjectId

from apitest_server.invoke.reply import encode, json_value
from apitest_server.service.attrs import Payload


class Odd:
    def __str__(self) -> str:
        return "odd"


@dataclass
class Point:
    x: int


def payload() -> Payload:
    made = Payload()
    made[:] = [{"a": 1}]
    return made


def test_values_that_json_does_not_have_are_written() -> None:
    """Dates, sets and objects of any class have a JSON form."""
    assert encode({"a": datetime(2026, 1, 31), "b": {1}}) == b'{"a":"2026-01-31T00:00:00","b":[1]}'
    odd = json.loads(encode({"a": Odd(), "b": {1}, "c": date(2026, 1, 31)}))
    assert odd == {"a": "odd", "b": [1], "c": "2026-01-31"}


class Count(int):
    pass


class Price(float):
    pass


class Word(str):
    pass


class Raw(bytes):
    pass


class Moment(datetime):
    pass


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Count(2**40), 2**40),
        (Price(1.5), 1.5),
        (Word("a"), "a"),
        (Raw(b"\xff"), "/w=="),
        (Moment(2026, 1, 31, tzinfo=UTC), "2026-01-31T00:00:00Z"),
        (Moment(2026, 1, 31), "2026-01-31T00:00:00"),
        (Int64(2**40), 2**40),
        (ObjectId("0" * 24), "0" * 24),
    ],
)
def test_a_class_of_its_own_is_written_as_what_it_derives_from(value: object, expected: object) -> None:
    """A number stays a number, such as those of drivers; strangers are texts."""
    assert json.loads(encode({"a": value, "b": "c"})) == {"a": expected, "b": "c"}
    assert json.loads(encode({"a": value, "b": "\ud800"}))["a"] == expected


@pytest.mark.parametrize("beside", ["plain", Odd(), "half of \ud800"])
def test_what_is_beside_a_value_does_not_change_it(beside: object) -> None:
    """Dates, bytes, decimals and UUIDs are written in one way, with a stranger in the document or without."""
    known = {
        "at": datetime(2026, 1, 31, 12, 30, tzinfo=UTC),
        "here": datetime(2026, 1, 31, 12, 30, tzinfo=timezone(timedelta(hours=1))),
        "bytes": b"\xff",
        "price": Decimal("1.50"),
        "id": UUID(int=1),
        "points": (Point(1),),
    }
    found = json.loads(encode({**known, "beside": beside}))
    found.pop("beside")
    assert found == {
        "at": "2026-01-31T12:30:00Z",
        "here": "2026-01-31T12:30:00+01:00",
        "bytes": "/w==",
        "price": "1.50",
        "id": "00000000-0000-0000-0000-000000000001",
        "points": [{"x": 1}],
    }


def test_half_a_surrogate_pair_does_not_break_the_reply() -> None:
    """It is replaced: UTF-8 cannot hold it."""
    assert encode({"a": "x\ud800"}) == b'{"a": "x?"}'


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, {}), ("", {}), (payload(), [{"a": 1}]), (b"a", "a"), (b"\xff", "/w=="), (memoryview(b"a"), "a"), (0, 0)],
)
def test_every_payload_has_a_json_value(value: Any, expected: Any) -> None:
    """Nothing is an empty object, bytes are text or Base64, rows are a list."""
    assert json_value(value) == expected
