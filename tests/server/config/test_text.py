"""Tests of apitest_server.config.text."""

import pytest

from apitest_server.config.text import Reader, Section


def read(text: str) -> tuple[Section, list[tuple[int, str]]]:
    reader = Reader()
    return reader.read(text), reader.problems


def test_sections_nest_by_their_brackets() -> None:
    """A section in two brackets is inside the last one in one bracket."""
    root, problems = read("[a]\nx = 1\n[[b]]\ny = 2\n[[c]]\n[d]\nz = 3\n")
    assert problems == []
    assert list(root.sections) == ["a", "d"]
    assert list(root.sections["a"].sections) == ["b", "c"]
    assert root.sections["a"].sections["b"].entries["y"].value == "2"
    assert root.sections["d"].entries["z"].line == 7


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("a = b", "b"),
        ("a=b # said why", "b"),
        ("a = b#c", "b#c"),
        ('a = "b # c"', "b # c"),
        ("a = 'it is' # so", "it is"),
        ("a = don't # stop", "don't"),
        ("a = x = y", "x = y"),
        ("a =", ""),
        ("'a' = \"", '"'),
    ],
)
def test_a_value_loses_its_quotes_and_its_comment(line: str, value: str) -> None:
    """A comment starts at a # after white space that is not in quotes."""
    root, problems = read(line)
    assert problems == []
    assert root.entries["a"].value == value


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("[a", 1, "brackets do not match"),
        ("[[a]", 1, "brackets do not match"),
        ("[]", 1, "brackets do not match"),
        ("\n[[a]]", 2, "nested too deep"),
        ("nonsense", 1, "neither `key = value`"),
        ("= 1", 1, "neither `key = value`"),
        ("a = 1\na = 2", 2, "given twice, first in line 1"),
        ("[a]\n[b]\n[a]", 3, "given twice, first in line 1"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_line(text: str, line: int, problem: str) -> None:
    """Each problem knows its line, and reading goes on after it."""
    _, problems = read(text + "\n# the end\n")
    assert [number for number, _ in problems] == [line]
    assert problem in problems[0][1]


def test_a_byte_order_mark_is_not_a_part_of_the_text() -> None:
    """Windows' editors put one in front, and end lines with CR and LF."""
    root, problems = read("\ufeff[main]\r\nport = 17011 # the port\r\n")
    assert problems == []
    assert (root.sections["main"].line, root.sections["main"].entries["port"].value) == (1, "17011")
