import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.errors import BadValue
from apitest.tables import columns
from apitest.tables.columns import Column


def test_a_name_alone_is_a_text_column() -> None:
    """A column without a type is an untyped column of kind text."""
    assert columns.column(" name ") == Column("name", "text", (), False)


@pytest.mark.parametrize(
    ("written", "kind", "size"),
    [
        ("integer", "integer", ()),
        ("INT", "integer", ()),
        ("decimal(10, 2)", "decimal", (10, 2)),
        (" varchar(20) ", "text", (20,)),
        ("double precision", "float", ()),
        ("bool", "boolean", ()),
        ("timestamp", "datetime", ()),
    ],
)
def test_a_type_is_known_by_its_names(written: str, kind: str, size: tuple[int, ...]) -> None:
    """SQL's own names of types, in any case and with a size, stand for the kinds."""
    assert columns.column(f"x:{written}") == Column("x", kind, size, True)


def test_a_column_without_a_name_is_refused() -> None:
    """A colon with nothing before it declares no column."""
    with pytest.raises(BadValue, match="no name"):
        columns.column(":integer", "a.csv:1")


@pytest.mark.parametrize(("written", "told"), [("integr", "Did you mean integer"), ("???", "The types are")])
def test_an_unknown_type_is_refused_with_what_there_is(written: str, told: str) -> None:
    """The error for an unknown type names a near one, and all of them."""
    with pytest.raises(BadValue) as caught:
        columns.column(f"x:{written}", "a.csv:1")
    assert told in caught.value.fix
    assert caught.value.where == "a.csv:1"


def test_two_columns_of_one_name_are_refused() -> None:
    """A name that comes twice is an error, different names are none."""
    columns.check_names([Column("a"), Column("b")], "here")
    with pytest.raises(BadValue, match="Two columns are called a"):
        columns.check_names([Column("a"), Column("b"), Column("a")], "here")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", " -7 ", -7),
        ("float", "6.5e2", 650.0),
        ("decimal", "19.90", Decimal("19.90")),
        ("text", " as it is ", " as it is "),
        ("boolean", "Yes", True),
        ("boolean", "0", False),
        ("date", "2024-02-29", datetime.date(2024, 2, 29)),
        ("datetime", "2024-02-29T12:30:00", datetime.datetime(2024, 2, 29, 12, 30)),
        ("time", "12:30:00", datetime.time(12, 30)),
        ("uuid", "123e4567-e89b-12d3-a456-426614174000", uuid.UUID("123e4567-e89b-12d3-a456-426614174000")),
        ("binary", "0xCAFE", b"\xca\xfe"),
        ("binary", "café", "café".encode()),
        ("json", '{"a": [1]}', {"a": [1]}),
    ],
)
def test_a_text_becomes_a_value_of_its_kind(kind: str, text: str, value: Any) -> None:
    """Each kind reads its own notation."""
    assert columns.converter(kind)(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "1_000"),
        ("integer", "٤٢"),
        ("integer", "1.0"),
        ("float", "nan"),
        ("decimal", "1,5"),
        ("decimal", "1e9999999999999999999"),
        ("boolean", "maybe"),
        ("date", "2024-02-30"),
        ("uuid", "none"),
        ("binary", "0xxyz"),
        ("json", "{"),
    ],
)
def test_a_text_of_another_kind_is_a_value_error(kind: str, text: str) -> None:
    """What is not of the kind is never guessed at."""
    with pytest.raises(ValueError):
        columns.converter(kind)(text)
    assert columns.looks(kind)


@given(st.integers())
def test_every_integer_is_read_as_it_was_written(number: int) -> None:
    """Reading an integer undoes writing it."""
    assert columns.converter("integer")(str(number)) == number


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_every_decimal_keeps_all_its_digits(number: Decimal) -> None:
    """Reading a decimal undoes writing it, to the last digit."""
    assert columns.converter("decimal")(f"{number}").as_tuple() == number.as_tuple()


def test_the_halves_of_a_type_are_one_field() -> None:
    """What a comma of a type has cut, whatever is around it."""
    cut = ["id:integer", "p:numeric(10", " 2)", "name:varchar(20)", "q:decimal( 8 ", "1 )"]
    assert columns.whole(cut) == ["id:integer", "p:numeric(10, 2)", "name:varchar(20)", "q:decimal( 8 ,1 )"]
    for fields in (["2)", "a"], ["a(b", "2)"], ["(1", "2)"], ["a(1", "b)"], []):
        assert columns.whole(fields) == fields


@pytest.mark.parametrize(
    ("name", "kind"),
    [("BigInteger", "integer"), ("UnicodeText", "text"), ("LargeBinary", "binary"), ("nvarchar(20)", "text")],
)
def test_types_have_the_names_that_databases_and_sqlalchemy_give_them(name: str, kind: str) -> None:
    """In small letters or capitals."""
    assert columns.typed("a", name).kind == kind
