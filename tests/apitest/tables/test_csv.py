import csv
import io
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.errors import BadValue
from apitest.tables import csv as csv_table
from apitest.tables.columns import Column
from apitest.tables.csv import HEADER, TYPED_HEADER, TYPES_BELOW, CsvTable, Row, Target

INTEGER = csv_table.target(Column("id", "integer"))
TEXT = csv_table.target(Column("name"))


def table(text: str) -> CsvTable:
    return CsvTable(io.StringIO(text, newline=""), "orders.csv")


def rows(text: str, layout: str = HEADER, size: int = 100) -> list[Row]:
    found = table(text)
    targets = [csv_table.target(column) for column in found.declared(layout)]
    return [row for batch in found.batches(targets, size=size) for row in batch]


def error(text: str, layout: str = HEADER, size: int = 100) -> BadValue:
    with pytest.raises(BadValue) as caught:
        rows(text, layout, size)
    return caught.value


def test_names_and_types_come_from_the_header() -> None:
    """A header's types make values of the fields; a name without one takes text."""
    assert rows("id:integer,name,p:decimal\n1,x,2.50\n") == [(1, "x", Decimal("2.50"))]


def test_types_come_from_the_line_below() -> None:
    """With types below the header the second line is not a row."""
    assert rows("id,name\ninteger,text\n1,x\n", TYPES_BELOW) == [(1, "x")]


def test_a_type_with_a_comma_needs_no_quotes() -> None:
    """As in SQL; a field that only looks like half of one is a field."""
    assert rows("id:integer,p:numeric(10,2),n\n1,2.50,x\n") == [(1, Decimal("2.50"), "x")]
    assert rows("id,p\nBigInteger,Numeric(10, 2)\n1,2.50\n", TYPES_BELOW) == [(1, Decimal("2.50"))]
    assert rows("a,b\nf(2,3)\n") == [("f(2", "3)")]


def test_fields_in_quotes_hold_anything() -> None:
    """Commas, doubled quotes and line ends within quotes belong to the field; empty lines do not count."""
    assert rows('a,b\n"x, ""y""","1\r\n2"\r\n\r\nz,\n') == [('x, "y"', "1\r\n2"), ("z", "")]


def test_null_is_a_word_in_quotes_only() -> None:
    """NULL outside quotes and empty fields stand for no value, but an empty text is one."""
    assert rows('n:integer,t\nNULL,NULL\n,\n3,"NULL"\n4,"a ""NULL"" b"\n') == [
        (None, None),
        (None, ""),
        (3, "NULL"),
        (4, 'a "NULL" b'),
    ]


def test_no_value_needs_no_quotes_elsewhere() -> None:
    """A batch without the word in quotes reads NULL and empty fields in the same way."""
    assert rows("n:integer,t\nNULL,NULL\n,\n") == [(None, None), (None, "")]


def test_null_in_quotes_does_not_fit_a_number() -> None:
    """A word is not an integer, whatever it says."""
    assert error('n:integer\n"NULL"\n').problem == '"NULL" does not fit column n'


@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_field_that_does_not_fit_is_named(size: int) -> None:
    """The error tells file, line, row and column, whatever batch the row is in."""
    found = error('name,id:integer\n"two\nlines",1\n\nb,x\n', size=size)
    assert found.where == "orders.csv:5, row 2, column id"
    assert found.problem == '"x" does not fit column id'


@pytest.mark.parametrize(("line", "told"), [("1", "too few"), ("1,2,3", "too many")])
def test_a_row_of_another_length_is_refused(line: str, told: str) -> None:
    """A row with more or fewer fields than columns is named and shown, even as the only one."""
    for before in ("", "8,9\n"):
        found = error(f"a,b\n{before}{line}\n")
        assert told in found.problem
        assert found.excerpt == line
        assert found.where == f"orders.csv:{3 if before else 2}, row {2 if before else 1}"


def test_types_below_have_to_be_as_many_as_names() -> None:
    """A line of types with another length is refused, and so is a missing one."""
    assert "too few" in error("a,b\ninteger\n", TYPES_BELOW).problem
    assert "no line of types" in error("a,b\n", TYPES_BELOW).problem


def test_a_typed_header_leaves_no_column_out() -> None:
    """Where the header is to hold types, a name without one is an error."""
    assert rows("a:integer\n1\n", TYPED_HEADER) == [(1,)]
    assert error("a:integer,b\n1,2\n", TYPED_HEADER).problem == "Column b has no type"


def test_a_name_comes_once() -> None:
    """Two columns of one name are refused."""
    assert error("a,a\n1,2\n").where == "orders.csv:1"


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    """A file without a header is not a table."""
    assert "It is empty" in error(text).problem


def test_broken_quoting_is_told_with_its_line() -> None:
    """Text after a closing quote is not valid CSV."""
    found = error('a\nok\n"x" y\n')
    assert found.problem.startswith("orders.csv is not valid CSV")
    assert found.where == "orders.csv:3"


def test_a_file_in_another_encoding_is_refused() -> None:
    """Bytes that are not UTF-8 are told as such."""
    lines = io.TextIOWrapper(io.BytesIO(b"a\n\xff\n"), encoding="utf-8", newline="")
    with pytest.raises(BadValue, match="not text in UTF-8"):
        CsvTable(lines, "orders.csv")


def test_the_first_line_may_be_a_row() -> None:
    """A file without a header begins with a row, which is checked as all others are."""
    found = table("1,x\n2,y\n")
    assert [row for batch in found.batches([INTEGER, TEXT], with_first=True) for row in batch] == [(1, "x"), (2, "y")]
    with pytest.raises(BadValue) as caught:
        list(table("x,1\n").batches([INTEGER, TEXT], with_first=True))
    assert caught.value.where == "orders.csv:1, row 1, column id"


def test_a_batch_is_no_larger_than_asked_for() -> None:
    """Rows come in batches, the last one with what is left."""
    found = table("a\n1\n2\n3\n")
    batches: Iterator[list[Row]] = found.batches([Target("a", str, "any text", True)], size=2)
    assert [len(batch) for batch in batches] == [2, 1]


FIELD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ue000"), min_size=1)


@given(st.lists(st.lists(FIELD.filter(lambda text: text != "NULL"), min_size=2, max_size=2)))
def test_every_csv_that_is_written_is_read_as_it_was(written: list[list[str]]) -> None:
    """Reading undoes writing, whatever the fields hold."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["a", "b"], *written])
    assert rows(file.getvalue(), size=3) == [tuple(row) for row in written]
