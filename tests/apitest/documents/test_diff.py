"""apitest.documents.diff: equality of documents, and their differences line by line."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.documents.diff import at, document_diff, equal, paths, sorted_lists, table_diff, text_diff, without

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


def shuffled(document: Any) -> Any:
    if isinstance(document, dict):
        return {key: shuffled(document[key]) for key in reversed(document)}
    return [shuffled(item) for item in document] if isinstance(document, list) else document


@given(documents)
def test_equal_to_itself_in_any_order(document: Any) -> None:
    """A document equals a copy of it with the keys in another order, and the two have no line that differs."""
    assert equal(document, shuffled(document))
    assert all(line.startswith("  ") for line in document_diff(document, shuffled(document)))


@given(documents, documents)
def test_a_difference_is_shown(one: Any, other: Any) -> None:
    """Equality is symmetric, and documents that are not equal have a line that differs."""
    assert equal(one, other) is equal(other, one)
    shown = any(line[0] in "+-…" or "more lines" in line for line in document_diff(one, other))
    assert shown is not equal(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        ([0], [False], False),
        ("1", 1, False),
        (2**53 + 1, float(2**53), False),
        (2**53 + 1, 2**53, False),
        (float("nan"), float("nan"), False),
        ((1, [2]), [1, (2,)], True),
        ([], {}, False),
        ({}, [], False),
        ([1], [1, 1], False),
        ({"a": 1}, {"b": 1}, False),
        (None, None, True),
        (None, False, False),
    ],
)
def test_equal(one: Any, other: Any, same: bool) -> None:
    """Types are those of JSON, large numbers are exact, a tuple is a list and NaN equals nothing."""
    assert equal(one, other) is same


def test_members_are_aligned() -> None:
    """Keys stand in the expected order, lines that differ have signs and there are no commas."""
    expected = {"a": 1, "b": [1, {"x": True}], "c": {}, "gone": None}
    actual = {"new": [], "c": {}, "b": [1, {"x": False}, 3], "a": 1.0}
    assert document_diff(expected, actual) == (
        "  {",
        '    "a": 1',
        '    "b": [',
        "      1",
        "      {",
        '-       "x": true',
        '+       "x": false',
        "      }",
        "+     3",
        "    ]",
        '    "c": {}',
        '-   "gone": null',
        '+   "new": []',
        "  }",
    )


def test_long_equal_runs_are_folded() -> None:
    """Of a long run of equal lines three next to each difference stay, and short runs stay whole."""
    expected = [f"line {number}" for number in range(40)]
    actual = copy.copy(expected)
    actual[4], actual[20] = "x", "y"
    lines = text_diff("\n".join(expected), "\n".join(actual))
    assert lines == (
        *("  line 0", "  line 1", "  line 2", "  line 3", "- line 4", "+ x"),
        *("  line 5", "  line 6", "  line 7", "  ⋮ 9 equal lines", "  line 17", "  line 18", "  line 19"),
        *("- line 20", "+ y", "  line 21", "  line 22", "  line 23", "  ⋮ 16 equal lines"),
    )


def test_a_diff_has_a_limit() -> None:
    """No more than sixty lines are shown, and a last one that counts the rest."""
    lines = document_diff(list(range(100)), [])
    assert len(lines) == 61
    assert lines[-1] == "  … 43 more lines"


def test_long_lines_show_their_difference() -> None:
    """Lines too long to be shown are cut around their difference, in blocks of the same size and of different sizes."""
    one, other = {"text": "x" * 400 + "a"}, {"text": "x" * 400 + "b"}
    assert document_diff(one, other)[1:3] == ("- …" + "x" * 30 + 'a"', "+ …" + "x" * 30 + 'b"')
    uneven = document_diff(one | {"gone": 1}, other)
    assert [line for line in uneven if line.endswith(('xa"', 'xb"'))] == [
        "- …" + "x" * 30 + 'a"',
        "+ …" + "x" * 30 + 'b"',
    ]


def test_no_control_characters_in_a_diff() -> None:
    """A document that holds terminal sequences is shown with their escapes."""
    lines = text_diff("a\x1b[31m\tb", "\u202e") + document_diff({"\x1b": 1}, {})
    assert all(line.isprintable() for line in lines)


def test_documents_nested_too_deeply() -> None:
    """Documents of thousands of levels give a note in place of a diff."""
    deep = json.loads("[" * 900 + "]" * 900)
    for _ in range(5000):
        deep = [deep]
    assert document_diff(deep, [deep]) == ("  (nested too deeply to be compared line by line)",)


def test_table() -> None:
    """Columns of a table are aligned, its headings stand above, and rows that differ have signs."""
    expected = [("1", "a"), ("20", "NULL"), ("3", "c\n")]
    actual = [("1", "a"), ("20", "b"), ("3",)]
    assert table_diff(expected, actual, ["id", "name"]) == (
        "  id | name",
        "  1  | a",
        "- 20 | NULL",
        "+ 20 | b",
        r"- 3  | c\n",
        "+ 3",
    )


def test_table_without_headings_or_rows() -> None:
    """A table may have neither headings nor rows on either side."""
    assert table_diff([], [("1",)]) == ("+ 1",)
    assert table_diff([], []) == ()


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (1, 1.0, []),
        (1, 2, [""]),
        ({"a": 1, "b": 2}, {"a": 1, "c": 3}, ["/b", "/c"]),
        ([1, 2], [1, 3, 4], ["/1", "/2"]),
        ({"a": [{"b": 1}]}, {"a": [{"b": "1"}]}, ["/a/0/b"]),
        ({"a": []}, {"a": {}}, ["/a"]),
    ],
)
def test_the_paths_that_differ(one: Any, other: Any, found: list[str]) -> None:
    """Those of one side only included; of the whole document it is the empty one, which a problem leaves out."""
    assert paths(one, other) == found
    assert at(one, other) == (f" at {', '.join(found)}" if any(found) else "")


def test_many_paths_are_counted() -> None:
    """The first ones are named."""
    told = at({str(key): key for key in range(1000)}, {})
    assert told.startswith(" at /0, /1") and told.endswith("more places")


@given(documents)
def test_the_order_of_lists(document: Any) -> None:
    """Sorted lists depend on nothing but their elements."""

    def turned(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: turned(part[key]) for key in reversed(part)}
        return [turned(item) for item in reversed(part)] if isinstance(part, list) else part

    assert equal(sorted_lists(document), sorted_lists(turned(document)))


def test_elements_of_every_kind_are_sorted() -> None:
    """Whole floats as integers; what is equal comes out equal whatever its keys' order."""
    one = [True, None, 2.0, 1, "b", "a", {"x": 1.0, "y": [2.0]}, [2, 1.5], False]
    other = [{"y": [2], "x": 1}, [1.5, 2], "a", 1, False, None, True, "b", 2]
    assert equal(sorted_lists(one), sorted_lists(other))
    assert not equal(sorted_lists(one), sorted_lists([*other[:-1], 3]))


def test_without_what_is_named() -> None:
    """Members and elements, the later ones of a list by the indices that they had; the document stays as it is."""
    document = {"a": [0, 1, 2, {"b": 1, "c": 2}], "d": 1}
    assert without(document, ["/a/0", "/a/2", "/a/3/b", "/d", "/nope/x"]) == {"a": [1, {"c": 2}]}
    assert document == {"a": [0, 1, 2, {"b": 1, "c": 2}], "d": 1}
    assert without([*range(12)], ["/2", "/10"]) == [0, 1, 3, 4, 5, 6, 7, 8, 9, 11]
