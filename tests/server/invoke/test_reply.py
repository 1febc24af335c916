"""Tests of apitest_server.invoke.reply."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from apitest_server.invoke.reply import encode, json_value
from apitest_server.service.attrs import Payload


class Odd:
    def __str__(self) -> str:
        return "odd"


def payload() -> Payload:
    made = Payload()
    made[:] = [{"a": 1}]
    return made


def test_values_that_json_does_not_have_are_written() -> None:
    """Dates, sets and objects of any class have a JSON form."""
    assert encode({"a": datetime(2026, 1, 31), "b": {1}}) == b'{"a":"2026-01-31T00:00:00","b":[1]}'
    odd = json.loads(encode({"a": Odd(), "b": {1}, "c": date(2026, 1, 31)}))
    assert odd == {"a": "odd", "b": [1], "c": "2026-01-31"}


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
