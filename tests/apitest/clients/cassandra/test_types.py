"""What texts become in a column of a CQL type, and what the driver's values become; no node is needed."""

import datetime
import re
import uuid
from collections import namedtuple
from decimal import Decimal
from typing import Any

import pytest
from cassandra import cqltypes, util

from apitest.clients.cassandra import types as cql_types
from apitest.errors import BadValue
from apitest.language.lists import ListItem

INTS = cqltypes.ListType.apply_parameters([cqltypes.Int32Type])
WORDS = cqltypes.SetType.apply_parameters([cqltypes.UTF8Type])
COUNTS = cqltypes.MapType.apply_parameters([cqltypes.UTF8Type, cqltypes.Int32Type])
PAIR = cqltypes.TupleType.apply_parameters([cqltypes.Int32Type, cqltypes.UTF8Type])
VECTOR = cqltypes.VectorType.apply_parameters([cqltypes.FloatType, 2], None)


def bound(cql_type: Any, value: object, exact: bool = False) -> Any:
    """What is bound for a value of a sentence."""
    return cql_types.bound(cql_type, ListItem(value, exact), "c")


def test_texts_become_what_the_column_holds() -> None:
    """Each scalar type reads its own notation."""
    for cql_type, text, value in (
        (cqltypes.UTF8Type, " a ", " a "),
        (cqltypes.Int32Type, " 7 ", 7),
        (cqltypes.BooleanType, "yes", True),
        (cqltypes.DoubleType, "1.5", 1.5),
        (cqltypes.DoubleType, "-Infinity", float("-inf")),
        (cqltypes.DecimalType, "19.90", Decimal("19.90")),
        (cqltypes.BytesType, "0xcafe", b"\xca\xfe"),
        (cqltypes.InetAddressType, "::1", "::1"),
        (cqltypes.TimestampType, "1500", 1500),
        (cqltypes.UUIDType, "123e4567-e89b-12d3-a456-426614174000", uuid.UUID("123e4567-e89b-12d3-a456-426614174000")),
        (cqltypes.DurationType, "1y2mo3d4h", util.Duration(14, 3, 4 * 3600 * 10**9)),
        (cqltypes.DurationType, "-P1WT2S", util.Duration(0, -7, -2 * 10**9)),
        (cqltypes.Int32Type, "NULL", None),
    ):
        assert bound(cql_type, text) == value, text


def test_texts_that_do_not_fit_are_refused() -> None:
    """The error names the column, its type and how a value of it looks."""
    for cql_type, text, looks in (
        (cqltypes.Int32Type, "2147483648", "digits only"),
        (cqltypes.ByteType, "128", "digits only"),
        (cqltypes.BooleanType, "perhaps", "true or false"),
        (cqltypes.AsciiType, "é", "ASCII"),
        (cqltypes.BytesType, "cafe", "0xCAFE"),
        (cqltypes.TimeUUIDType, "123e4567-e89b-42d3-a456-426614174000", "version 1"),
        (cqltypes.DurationType, "1 fortnight", "a duration"),
        (INTS, "1, 2", r"\[1, 2\] for list<int>"),
        (INTS, "[1, NULL]", "list<int>"),
        (COUNTS, "{'a'}", "map<text, int>"),
        (PAIR, "(1)", "tuple<int, text>"),
        (VECTOR, "[1]", "2 numbers"),
    ):
        with pytest.raises(BadValue, match="does not fit column c") as caught:
            bound(cql_type, text)
        assert caught.value.where == "column c"
        assert re.search(looks, caught.value.fix), caught.value.fix


def test_collections_are_read_in_cqls_own_notation() -> None:
    """Their parts are converted as their types say; stored values are taken, too."""
    assert bound(INTS, "[1, 2]") == [1, 2]
    assert bound(WORDS, "{'a', 'b'}") == ["a", "b"]
    assert dict(bound(COUNTS, "{'a': 1}")) == {"a": 1}
    assert dict(bound(COUNTS, "{}")) == {}
    assert bound(PAIR, "(1, NULL)") == (1, None)
    assert bound(VECTOR, "[1, 2.5]") == [1.0, 2.5]
    assert bound(INTS, [1, 2], True) == [1, 2]
    assert dict(bound(COUNTS, {"a": 1}, True)) == {"a": 1}


def test_stored_numbers_keep_their_meaning() -> None:
    """A number goes into a column of floats as it is; a bool is not a number."""
    assert bound(cqltypes.DoubleType, 1.1, True) == 1.1
    assert bound(cqltypes.DoubleType, 7, True) == 7.0
    with pytest.raises(BadValue):
        bound(cqltypes.DoubleType, True, True)


def test_types_are_named_as_in_cql() -> None:
    """With the types of their parts."""
    frozen = cqltypes.MapType.apply_parameters([cqltypes.UTF8Type, INTS])
    assert cql_types.name_of(frozen) == "map<text, list<int>>"
    assert cql_types.name_of(VECTOR) == "vector<float, 2>"


def test_what_the_driver_gives_becomes_plain() -> None:
    """Nested values, too; what Python cannot hold becomes its text."""
    address = namedtuple("address", "street number")
    assert cql_types.plain(util.SortedSet(["b", "a"])) == {"a", "b"}
    assert cql_types.plain({"a": address("s", 1)}) == {"a": {"street": "s", "number": 1}}
    assert cql_types.plain((1, util.Date("2024-02-29"))) == (1, datetime.date(2024, 2, 29))
    assert cql_types.plain(util.Date(10_000_000)) == str(util.Date(10_000_000))
    assert cql_types.plain(util.Time("12:30:00.5")) == datetime.time(12, 30, 0, 500_000)
    assert cql_types.plain(util.Time("12:30:00.000000001")) == "12:30:00.000000001"
    assert cql_types.plain([util.Duration(14, 3, 4 * 3600 * 10**9)]) == ["1y2mo3d4h"]
    assert cql_types.plain(util.Duration(0, 0, 0)) == "0s"
