"""Where one statement ends and the next begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.tables.bound import Token
from apitest.tables.sql_script import statements, tokens

TRIGGER = """CREATE TRIGGER t AFTER INSERT ON a BEGIN
  UPDATE b SET n = CASE WHEN n > 1 THEN 2 ELSE 3 END;
  DELETE FROM c;
END"""
ROUTINE = """CREATE PROCEDURE p() BEGIN
  IF 1 THEN SELECT 1; END IF;
  CASE WHEN 1 THEN SELECT 2; END CASE;
END"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" ; ;\n", []),
        ("select 1", ["select 1"]),
        ("select 1;", ["select 1"]),
        ("select 1; select 2\n;", ["select 1", "select 2"]),
        ("select ';', \"a;b\", `c;d`, 'it''s;'; x", ["select ';', \"a;b\", `c;d`, 'it''s;'", "x"]),
        ("-- first; of all\nselect 1; /* ; */ -- last;", ["-- first; of all\nselect 1"]),
        ("do $$ a; b $$; do $x$ $$; $x$; c", ["do $$ a; b $$", "do $x$ $$; $x$", "c"]),
        ("begin; select case when 1 then 2 end; commit", ["begin", "select case when 1 then 2 end", "commit"]),
        (f"{TRIGGER}; select 1", [TRIGGER, "select 1"]),
        (f"{ROUTINE};\n{ROUTINE};", [ROUTINE, ROUTINE]),
        ("select 'open; select 2", ["select 'open; select 2"]),
    ],
)
def test_statements(text: str, found: list[str]) -> None:
    """Only a semicolon between two statements cuts."""
    assert statements(text) == found


def test_mysql_has_strings_of_its_own() -> None:
    """A backslash escapes a quote in MySQL, and nowhere else; its comments may begin with #."""
    text = r"select 'it\'; x'; y # ; z"
    assert statements(text, "mysql") == [r"select 'it\'; x'", "y # ; z"]
    assert statements(r"select '\'; y", "postgresql") == [r"select '\'", "y"]


@given(st.lists(st.sampled_from(["a", "'b;'", "-- c;\n", "/*;*/", '"d;"', " ", "end"])))
def test_nothing_is_lost(pieces: list[str]) -> None:
    """Without a semicolon outside quotes and comments there is one statement at most, and it is the text."""
    text = "".join(pieces)
    assert statements(text) in ([], [text.strip()])


def test_the_tokens_of_a_statement() -> None:
    """Code, strings as they are meant, names in quotes and comments; put together they are the statement."""
    text = "a 'it''s' \"N\" `M` -- c\n$x$y$x$ /* d */ b"
    found = list(tokens(text))
    assert "".join(token.text for token in found) == text
    assert [token.string for token in found if token.string is not None] == ["it's", "y"]
    assert [token.text for token in found if token.is_name] == ['"N"', "`M`"]
    assert [token.text for token in found if token.is_comment] == ["-- c", "/* d */"]
    assert list(tokens("'a'")) == [Token("'a'", "a")]
    assert list(tokens("a; b")) == [Token("a; b")]


def test_tokens_as_mysql_reads_them() -> None:
    """With escapes in strings, which double quotes make as well, and comments that are code."""
    found = list(tokens("a 'x\\n\\%\\q' \"s\" # c\n/*!5 d */", "mysql"))
    assert [token.string for token in found if token.string is not None] == ["x\n\\%q", "s"]
    assert [token.text for token in found if token.is_comment] == ["# c"]
    assert found[-1] == Token("/*!5 d */")
