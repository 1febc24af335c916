"""apitest.tables.bound: where the values of a statement stand, and what is bound for them."""

from decimal import Decimal
from functools import partial

import pytest

from apitest.errors import BadValue
from apitest.language.values import Named
from apitest.tables import bound, cql_script, sql_script
from apitest.tables.bound import Statement

V = Named("it's", "#{v}")


def one(*pieces: str | Named, dialect: str = "", numbers: bool = False) -> str | Statement:
    cut, tokens = partial(sql_script.statements, dialect=dialect), partial(sql_script.tokens, dialect=dialect)
    (statement,) = bound.statements(pieces, cut, tokens, numbers)
    return statement


def test_without_values() -> None:
    """A statement without values is a text."""
    assert one("SELECT 'a'") == "SELECT 'a'"


@pytest.mark.parametrize(
    ("pieces", "texts", "values"),
    [
        (("SELECT ", V, " + ", V), ("SELECT ", " + ", ""), ("it's", "it's")),
        (("SELECT '", V, "'"), ("SELECT ", ""), ("it's",)),
        (("SELECT '%it''s ", V, "%' x"), ("SELECT ", " x"), ("%it's it's%",)),
        (("SELECT $a$", V, "$a$"), ("SELECT ", ""), ("it's",)),
        (("SELECT 1 -- ", V, "\n, ", V), ("SELECT 1 -- #{v}\n, ", ""), ("it's",)),
        (("IN (", Named([1, "a", None], "#{l}"), ")"), ("IN (", ", ", ", ", ")"), (1, "a", None)),
        (("IN (", Named([], "#{l}"), ")"), ("IN (", ")"), (None,)),
        (("= ", Named({"a": 1}, "#{d}")), ("= ", ""), ('{"a": 1}',)),
        (("= ", Named("5", "#{n}")), ("= ", ""), ("5",)),
    ],
)
def test_places(pieces: tuple[str | Named, ...], texts: tuple[str, ...], values: tuple[object, ...]) -> None:
    """A string with names in it is a value as a whole; a list stands for its elements; comments stay as written."""
    statement = one(*pieces)
    assert isinstance(statement, Statement)
    assert (statement.texts, statement.values) == (texts, values)
    assert statement.shown == "".join(piece if isinstance(piece, str) else piece.written for piece in pieces)


def test_numbers() -> None:
    """Where texts are not numbers by themselves, those that look so are bound as numbers, outside of quotes only."""
    statement = one("a ", Named("5", ""), Named("1.50", ""), Named("007", ""), " '", Named("5", ""), "'", numbers=True)
    assert isinstance(statement, Statement)
    assert statement.values == (5, Decimal("1.50"), "007", "5")


def test_mysql() -> None:
    """MySQL has strings in double quotes, escapes in them, comments with a number sign and code in comments."""
    statement = one('SELECT "a\\n', V, '" # ', V, dialect="mysql")
    assert isinstance(statement, Statement)
    assert (statement.texts, statement.values) == (("SELECT ", " # #{v}"), ("a\nit's",))
    executed = one("SELECT /*! ", V, " */", dialect="mysql")
    assert isinstance(executed, Statement) and executed.values == ("it's",)


@pytest.mark.parametrize("name", ['"{}"', "`{}`"])
def test_a_name_of_a_table(name: str) -> None:
    """Within a quoted name, no value can be bound; the error says what can be done."""
    before, after = name.split("{}")
    with pytest.raises(BadValue, match="cannot be bound") as caught:
        one(f"SELECT * FROM {before}", V, after)
    assert "are pasted into statements" in caught.value.fix


def test_nul() -> None:
    """A text with NUL characters is no statement: they mark the values."""
    with pytest.raises(BadValue, match="NUL"):
        one("SELECT \x000\x00, ", V)


def test_several() -> None:
    """Semicolons in values separate nothing; each statement has the values that stand in it."""
    pieces = ("A ", Named(";", "#{a}"), "; B ", Named("b", "#{b}"))
    found = bound.statements(pieces, cql_script.statements, cql_script.tokens)
    assert [each.values for each in found if isinstance(each, Statement)] == [(";",), ("b",)]
    assert [bound.shown(each) for each in found] == ["A #{a}", "B #{b}"]


def test_cql() -> None:
    """CQL has strings in single quotes and in dollars, names in double quotes."""
    pieces = ("INSERT '", V, "', $$", V, "$$, ", V)
    (found,) = bound.statements(pieces, cql_script.statements, cql_script.tokens)
    assert isinstance(found, Statement) and found.texts == ("INSERT ", ", ", ", ", "")
    with pytest.raises(BadValue):
        bound.statements(('SELECT "', V, '"'), cql_script.statements, cql_script.tokens)
