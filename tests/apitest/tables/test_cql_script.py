"""CQL texts cut into statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.tables.bound import Token
from apitest.tables.cql_script import statements, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" ; ;\n", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1;", ["SELECT 1"]),
        ("A; B ;\nC", ["A", "B", "C"]),
        ("A 'x;y' \"p;q\"; B", ["A 'x;y' \"p;q\"", "B"]),
        ("A 'it''s;' ; B", ["A 'it''s;'", "B"]),
        ("A $$it's; so$$; B", ["A $$it's; so$$", "B"]),
        ("A -- no; end\n B; C", ["A  \n B", "C"]),
        ("A // no; end", ["A"]),
        ("A /* no;\nend */ B", ["A   B"]),
        ("-- nothing", []),
        ("A 'never closed; B", ["A 'never closed; B"]),
        ("A /* never closed; B", ["A"]),
    ],
)
def test_semicolons_end_statements(text: str, found: list[str]) -> None:
    """Those in texts, names and comments end nothing; comments and empty statements are left out."""
    assert statements(text) == found


@pytest.mark.parametrize("opening", ["BEGIN BATCH", "begin unlogged batch", "BEGIN COUNTER BATCH"])
def test_a_batch_is_one_statement(opening: str) -> None:
    """The statements from BEGIN to APPLY BATCH stay together."""
    text = f"A; {opening} B; C;; APPLY BATCH; D"
    assert statements(text) == ["A", f"{opening} B;\nC;\nAPPLY BATCH", "D"]


def test_a_batch_that_does_not_end_is_left_to_cassandra() -> None:
    """What is wrong with it, Cassandra says better."""
    assert statements("BEGIN BATCH A; B") == ["BEGIN BATCH A;\nB"]


@given(st.lists(st.text("ab '\"$\n", min_size=1).map(lambda text: "x'" + text.replace("'", "''") + "'")))
def test_statements_come_back(parts: list[str]) -> None:
    """Statements that are joined by semicolons are the same when cut, whatever their texts hold."""
    assert statements(";".join(parts)) == parts


def test_the_tokens_of_a_statement() -> None:
    """Code, strings as they are meant, names in quotes and comments; put together they are the statement."""
    text = "A 'it''s' \"N\" -- c\n$$x'y$$ /* d */ B"
    found = list(tokens(text))
    assert "".join(token.text for token in found) == text
    assert [token.string for token in found if token.string is not None] == ["it's", "x'y"]
    assert [token.text for token in found if token.is_name] == ['"N"']
    assert [token.text for token in found if token.is_comment] == ["-- c", "/* d */"]
    assert list(tokens("'a'")) == [Token("'a'", "a")]
    assert list(tokens("a - b")) == [Token("a - b")]
    assert list(tokens("")) == []
