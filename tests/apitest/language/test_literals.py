"""Values of a given type from the text of a step."""

import csv
import io
import json
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.errors import BadValue
from apitest.language.literals import LEVELS, integer, json_value, literal, number, parse_json, parse_list, quoted, utf8

VERY_LONG = 10**5000


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("a,b,c", ["a", "b", "c"]),
        (' a , "b, c" ,', ["a", "b, c", ""]),
        ('"say ""hi""",2', ['say "hi"', "2"]),
        ('5" pipe,b', ['5" pipe', "b"]),
        ('"a" , "b"  ', ["a", "b"]),
        ("a\nb,c\n", ["a", "b", "c"]),
        ("", []),
        (["a", 1], ["a", 1]),
        (("a", 1), ["a", 1]),
        (7, [7]),
    ],
)
def test_lists(text: Any, elements: list[Any]) -> None:
    """A list is read by the rules of CSV, its elements without the blanks around them."""
    assert parse_list(text) == elements


@given(st.lists(st.text(alphabet=' ab,"\n').map(str.strip), min_size=1))
def test_lists_round_trip(elements: list[str]) -> None:
    """What a CSV writer wrote is read as it was."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(elements)
    assert parse_list(out.getvalue()) == elements


@pytest.mark.parametrize("text", ['"a', '"a"b,c'])
def test_bad_lists(text: str) -> None:
    """A quotation mark that is not closed, or closed too early, is an error."""
    with pytest.raises(BadValue, match="is not a list in CSV notation"):
        parse_list(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_literals_round_trip(value: Any) -> None:
    """What Python writes for a value is read as that value."""
    assert literal(f" {value!r} ") == value


def test_literal_of_a_typed_value() -> None:
    """A stored variable that is not a text is taken as it is."""
    rows = [(1, "a")]
    assert literal(rows) is rows


@pytest.mark.parametrize("text", ["open('x')", "name", "1 +", "", "(" * 300, "[1, 2", "{[]: 1}", "\0", "'\\d'+1"])
def test_bad_literals(text: str) -> None:
    """Whatever is not a literal is an error, and nothing of it is executed."""
    with pytest.raises(BadValue, match="is not a Python literal"):
        literal(text)


@given(st.integers())
def test_integers_round_trip(value: int) -> None:
    """An integer is read from its digits, with blanks around them, and taken as it is."""
    assert integer(f" {value} ") == value == integer(value)


def test_integers_of_other_types() -> None:
    """A sign in front is read, and so is an integer that a database returned as a decimal number."""
    assert integer("+7") == 7
    assert integer(Decimal(7)) == 7


@pytest.mark.parametrize("text", ["7.5", "1.0", 1.0, True, None, "", "1_000", "٣", "0x1", [1], "9" * 5000, "1 2"])
def test_bad_integers(text: Any) -> None:
    """A fraction, a boolean, a float and anything else is not an integer."""
    with pytest.raises(BadValue, match="is not an integer"):
        integer(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_round_trip(value: float) -> None:
    """A number is read from its notation and taken as it is."""
    assert number(f" {value!r} ") == value == number(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("7", 7), (7, 7), (7.0, 7.0), (".5", 0.5), ("5.", 5.0), ("-1e3", -1000.0), (Decimal("1.5"), 1.5)],
        *[(" -7 ", -7), ("9007199254740993", 9007199254740993)],
    ],
)
def test_numbers(text: Any, value: float) -> None:
    """Integers and decimal numbers are numbers, and an integer stays one, with all of its digits."""
    assert number(text) == value
    assert type(number(text)) is type(value)


@pytest.mark.parametrize(
    "text", ["", "one", True, None, "nan", "inf", math.nan, math.inf, "1e999", "1" * 400, "1" * 9999, "1_0", "1,5", [1]]
)
def test_bad_numbers(text: Any) -> None:
    """What is not a number, or none that a float can hold, is an error."""
    with pytest.raises(BadValue, match="is not a number"):
        number(text)


def test_integer_beyond_floats() -> None:
    """An integer that no float can hold is not a number, however long it is."""
    with pytest.raises(BadValue, match="a very long integer is not a number"):
        number(VERY_LONG)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_json_round_trips(value: Any) -> None:
    """JSON is read as what it was written from; a value that is not a text stays what it is."""
    assert json_value(json.dumps(value), "the request") == value
    if not isinstance(value, str):
        assert json_value(value, "the request") is value


@pytest.mark.parametrize(
    ("text", "where", "excerpt", "fix"),
    [
        ('{"a": 1,\n\t"b": \'x\'}', "line 2, column 7", " \"b\": 'x'}\n      ^", "double quotes"),
        ('{"a": None}', "line 1, column 7", '{"a": None}\n      ^', "true, false and null"),
        ('{"a": }', "line 1, column 7", '{"a": }\n      ^', "Take away the comma"),
        ("[1 2]", "line 1, column 4", "[1 2]\n   ^", "Correct the JSON"),
        ("", "line 1, column 1", "\n^", "Correct the JSON"),
    ],
)
def test_bad_json(text: str, where: str, excerpt: str, fix: str) -> None:
    """A text that is not valid JSON is shown with its line, a mark at the mistake and a hint."""
    with pytest.raises(BadValue) as caught:
        json_value(text, "the request")
    assert caught.value.problem.startswith("The request is not valid JSON: ")
    assert caught.value.where == f"{where} of the request"
    assert caught.value.excerpt == excerpt
    assert fix in caught.value.fix


def test_bad_json_on_a_long_line() -> None:
    """Of a long line only the part around the mistake is shown."""
    with pytest.raises(BadValue) as caught:
        json_value("[" + "1, " * 100 + "x" + ", 1" * 100 + "]", "the request")
    line, mark = caught.value.excerpt.split("\n")
    assert len(line) == 80
    assert line[len(mark) - 1] == "x"


@pytest.mark.parametrize("text", ["[NaN]", "-Infinity", "[" * 100_000, "9" * 5000])
def test_json_that_cannot_be_held(text: str) -> None:
    """What JSON does not have, and what Python cannot hold, is an error with a reason."""
    with pytest.raises(BadValue, match="cannot be read as JSON"):
        json_value(text, "the request")


@given(st.text())
def test_any_json_is_read_or_refused(text: str) -> None:
    """No text leads to an error of another kind than ours."""
    try:
        json_value(text, "the request")
    except BadValue as error:
        assert error.where


def test_quoting() -> None:
    """An error quotes the beginning of a value; text stands in quotation marks."""
    assert quoted("a") == '"a"'
    assert quoted([1]) == "[1]"
    assert quoted("a" * 100) == '"' + "a" * 79 + "…"
    assert quoted(VERY_LONG) == "a very long integer"


def test_utf8() -> None:
    """A text is encoded, unless it has half of a character in it, which is told without the rest."""
    assert utf8("ä", "The message") == "ä".encode()
    with pytest.raises(BadValue, match=r"The message cannot be sent: '\\ud800' is half of a character"):
        utf8("s3cret\ud800", "The message")


def test_json_within_a_literal() -> None:
    """What a variable has become there is read; what is neither is refused."""
    assert literal('[true, null, {"a": false}]') == [True, None, {"a": False}]
    with pytest.raises(BadValue, match="is not a Python literal"):
        literal("[true, 'a']")


def test_json_that_is_refused() -> None:
    """A name that is there twice, and documents nested deeper than the limit."""
    with pytest.raises(ValueError, match='an object has the name "a" twice'):
        parse_json('{"b": 1, "a": 1, "a": 2}')
    assert parse_json("[" * LEVELS + "]" * LEVELS)
    with pytest.raises(ValueError, match="nested"):
        parse_json("[" * (LEVELS + 1) + "]" * (LEVELS + 1))
    with pytest.raises(ValueError, match="nested"):
        parse_json("[" * 100_000)
