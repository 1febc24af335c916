"""apitest.checks.scalars: numbers, bools, null and types that pass and fail."""

import json
import math
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest import checks
from apitest.checks.scalars import is_between, is_not_null
from apitest.errors import BadValue, CheckFailed

WHERE = "path /a of the response"
FOUR = "9f1c1d3e-6f0b-4d5a-8a55-0123456789ab"
SEVEN = "01890a5d-ac96-774b-bcce-b302099a8057"


def failure(check: Callable[..., None], *args: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        check(*args, WHERE)
    assert caught.value.where == WHERE
    return caught.value


@given(st.integers())
def test_integers_are_exact(number: int) -> None:
    """An integer of any size equals itself, in JSON too, and no neighbour."""
    checks.is_integer(json.loads(json.dumps(number)), number, WHERE)
    failure(checks.is_integer, number, number + 1)


@given(st.floats(allow_nan=False))
def test_floats_are_exact(number: float) -> None:
    """A float equals itself after its way through JSON."""
    checks.is_float(json.loads(json.dumps(number)), number, WHERE)


@given(st.integers(), st.integers())
def test_one_of_three_relations_holds(one: int, other: int) -> None:
    """Of two numbers one is less, equal or greater, and "at most" and "at least" are what they should be."""
    assert [holds(one, op, other) for op in ("<", "==", ">")].count(True) == 1
    assert holds(one, "at most", other) is not holds(one, "greater than", other)
    assert holds(one, "at least", other) is not holds(one, "less than", other)


def holds(one: int, operator: str, other: int) -> bool:
    try:
        checks.compare(one, operator, other, WHERE)
    except CheckFailed:
        return False
    return True


@pytest.mark.parametrize(
    ("check", "args"),
    [
        (checks.is_float, (1, 1.0)),
        (checks.compare, (1.5, "<", 2)),
        (checks.compare, (2**53 + 1, ">", 2.0**53)),
        (checks.is_true, (True,)),
        (checks.is_false, (False,)),
        (checks.is_null, (None,)),
        (checks.is_any, (1, "integer")),
        (checks.is_any, (1.0, "float")),
        (checks.is_any, (True, "bool")),
        (checks.is_any, ("", "string")),
        (checks.is_any, ({}, "dict")),
        (checks.is_any, ([], "list")),
        (checks.is_any, (FOUR, "UUID4")),
        (checks.is_any, (FOUR.replace("-", ""), "UUID4")),
        (checks.is_any, (str(uuid.uuid4()), "UUID4")),
        (checks.is_uuid, (SEVEN,)),
        (checks.is_uuid, (SEVEN.upper(),)),
        (checks.is_uuid, (SEVEN.replace("-", ""),)),
        (checks.is_crockford, ("16J", False)),
        (checks.is_crockford, ("16JD", True)),
    ],
)
def test_passing(check: Callable[..., None], args: tuple[Any, ...]) -> None:
    """These assertions hold."""
    check(*args, WHERE)


INTEGER = "The integer is not the expected one"
NUMBER = "The number is not the expected one"


@pytest.mark.parametrize(
    ("check", "args", "problem", "expected", "actual", "fix"),
    [
        (checks.is_integer, (2, 1), INTEGER, "1", "2", ""),
        (
            checks.is_integer,
            (1.0, 1),
            INTEGER,
            "1 (integer)",
            "1.0 (float)",
            'A number with a decimal point is a float: use `is a float "1"`.',
        ),
        (checks.is_integer, (1.5, 1), INTEGER, "1 (integer)", "1.5 (float)", ""),
        (checks.is_integer, ("1", 1), INTEGER, "1 (integer)", '"1" (string)', 'It is a string: use `is "1"`.'),
        (checks.is_integer, ("x", 1), INTEGER, "1 (integer)", '"x" (string)', "It is a string."),
        (
            checks.is_integer,
            (True, 1),
            INTEGER,
            "1 (integer)",
            "true (bool)",
            "It is a bool: use `is True` or `is False`.",
        ),
        (checks.is_integer, (None, 1), INTEGER, "1 (integer)", "null", ""),
        (checks.is_float, (1.25, 1.5), NUMBER, "1.5", "1.25", ""),
        (
            checks.is_float,
            (True, 1.0),
            NUMBER,
            "1.0 (float)",
            "true (bool)",
            "It is a bool: use `is True` or `is False`.",
        ),
        (checks.is_float, ("1.5", 1.5), NUMBER, "1.5 (float)", '"1.5" (string)', 'It is a string: use `is "1.5"`.'),
        (checks.is_float, (math.nan, math.nan), NUMBER, "NaN", "NaN", ""),
        (
            checks.is_float,
            (0.1 + 0.2, 0.3),
            NUMBER,
            "0.3",
            "0.30000000000000004",
            "The difference is 5.55e-17, as binary fractions have it.",
        ),
        (checks.compare, (3, "at most", 2), "The number is out of bounds", "at most 2", "3", ""),
        (checks.compare, ("1", "<", 2), "The value is not a number", "", '"1"', "It is a string."),
        (checks.compare, (None, "<", 2), "The value is not a number", "", "null", ""),
        (checks.is_true, (False,), "The value is not true", "true", "false", ""),
        (checks.is_true, (1,), "The value is not true", "true (bool)", "1 (integer)", ""),
        (
            checks.is_true,
            ("True",),
            "The value is not true",
            "true (bool)",
            '"True" (string)',
            'It is a string: use `is "True"`.',
        ),
        (checks.is_false, (0,), "The value is not false", "false (bool)", "0 (integer)", ""),
        (checks.is_null, ("",), "The value is not null", "null", '"" (string)', ""),
        (
            checks.is_null,
            ("null",),
            "The value is not null",
            "null",
            '"null" (string)',
            'It is a string: use `is "null"`.',
        ),
        (checks.is_any, (True, "integer"), "The value is not an integer", "any integer", "true (bool)", ""),
        (
            checks.is_any,
            (1, "float"),
            "The value is not a float",
            "any float",
            "1 (integer)",
            "It is an integer: use `is any integer`.",
        ),
        (checks.is_any, (SEVEN, "UUID4"), "The value is not a UUID4", "", f'"{SEVEN}"', "It is a UUID of version 7."),
        (
            checks.is_any,
            (SEVEN.replace("-", ""), "UUID4"),
            "The value is not a UUID4",
            "",
            f'"{SEVEN.replace("-", "")}"',
            "It is a UUID of version 7.",
        ),
        (checks.is_uuid, (FOUR + "\n",), "The value is not a UUID", "", f'"{FOUR}\\n"', ""),
        (checks.is_uuid, (1,), "The value is not a UUID", "", "1", ""),
        (checks.is_crockford, (7, False), "The value is an integer, not a string", "", "7", ""),
        (
            checks.is_crockford,
            ("1U", False),
            'The value is not valid Base32 Crockford: "U" is not a digit',
            "",
            '"1U"',
            "",
        ),
        (
            checks.is_crockford,
            ("16JE", True),
            'The value is not valid Base32 Crockford with a check symbol: the check symbol is "E" where "D" is right',
            "",
            '"16JE"',
            "",
        ),
    ],
)
def test_failing(
    check: Callable[..., None], args: tuple[Any, ...], problem: str, expected: str, actual: str, fix: str
) -> None:
    """An assertion that does not hold says why, shows both values and hints at what is easily overlooked."""
    error = failure(check, *args)
    assert (error.problem, error.expected, error.actual, error.fix) == (problem, expected, actual, fix)


def test_a_uuid_of_variant_unknown_is_not_of_version_4() -> None:
    """A UUID whose variant is not that of RFC 9562 is not a UUID4, whatever its version digit."""
    failure(checks.is_any, "9f1c1d3e-6f0b-4d5a-1a55-0123456789ab", "UUID4")


def test_unknown_comparison() -> None:
    """A comparison that does not exist is the test's own mistake, and those that exist are named."""
    with pytest.raises(BadValue, match='"=>" is not a comparison') as caught:
        checks.compare(1, "=>", 1, WHERE)
    assert caught.value.fix.startswith("Use one of: <, less than, <=, at most")


@pytest.mark.parametrize("text", ["c232ab00-9414-18ec-b3c8-9f6bdeced846", "c232ab00941418ecb3c89f6bdeced846"])
def test_the_version_of_a_uuid_is_told(text: str) -> None:
    """Of a UUID of another version, a failure says which it is, with hyphens or without."""
    with pytest.raises(CheckFailed) as caught:
        checks.is_uuid(text, "here", version_4=True)
    assert caught.value.fix == "It is a UUID of version 1."


@pytest.mark.parametrize(("value", "holds"), [(1, True), (3, True), (2.5, True), (0.999, False), (3.001, False)])
def test_a_number_is_between_two_others(value: Any, holds: bool) -> None:
    """Both of them included."""
    if holds:
        return is_between(value, "1", "3", "here")
    with pytest.raises(CheckFailed):
        is_between(value, "1", "3", "here")
    return None


def test_nothing_is_between_numbers_the_wrong_way_round() -> None:
    """Which is a mistake of the step and not of the value."""
    with pytest.raises(BadValue, match="3 is greater than 1"):
        is_between(2, 3, 1, "here")


def test_anything_but_null() -> None:
    """What is false or empty is not null."""
    for value in (0, "", [], {}, False, "null"):
        is_not_null(value, "here")
    with pytest.raises(CheckFailed, match="must not be null"):
        is_not_null(None, "here")
