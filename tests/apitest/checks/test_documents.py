"""apitest.checks.documents: documents, lists and choices that pass and fail."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest import checks
from apitest.errors import BadValue, CheckFailed

WHERE = "path /a of the response"
scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


def failure(check: Callable[..., None], *args: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        check(*args, WHERE)
    assert caught.value.where == WHERE
    return caught.value


@given(documents)
def test_same_as_itself(document: Any) -> None:
    """A document is the same as itself, and a list or dict is not the same once something was added."""
    checks.same(document, document, WHERE)
    failure(checks.not_same, document, document)
    checks.not_same([document], document, WHERE)
    failure(checks.same, [document], [document, document])


@pytest.mark.parametrize(
    ("check", "args"),
    [
        (checks.same, ({"a": 1, "b": 2}, {"b": 2.0, "a": 1})),
        (checks.not_same, (1, True)),
        (checks.is_list, (["a", "b"], ["a", "b"])),
        (checks.is_list, ([1], [1])),
        (checks.is_list, ([], [])),
        (checks.is_empty_list, ([],)),
        (checks.is_not_empty_list, ([None],)),
        (checks.is_empty_dict, ({},)),
        (checks.is_one_of, ("a", ["b", "a"])),
        (checks.is_one_of, (1, [0, 1])),
        (checks.is_not_one_of, ("A", ["a"])),
        (checks.is_not_one_of, ([], ["[0]", "", "a,b"])),
        (checks.contains, ([1, "2", {"a": [1]}], "1")),
        (checks.contains, ([1, "2", {"a": [1]}], '{"a": [1]}')),
        (checks.contains, (["abc"], "abc")),
        (checks.contains, (["1"], '"1"')),
        (checks.contains, ([[1]], "[1]")),
        (checks.contains, ([{"a": 1}], {"a": 1})),
        (checks.contains, ({"a": 1, "b": 2}, '{"b": 2}')),
        (checks.contains, ("abc", "b")),
        (checks.contains, ("a1c", 1)),
        (checks.contains_part, ([1, 2, 3], [3, 1])),
        (checks.contains_part, ([[3, 1]], [3, 1])),
        (checks.contains_part, ([{"a": 1}], {"a": 1})),
        (checks.contains_part, ({"a": {"x": 1}, "b": 2}, {"a": {"x": 1}})),
        (checks.contains_part, ("abc", "bc")),
        (checks.has_length, ([1, 2], 2)),
        (checks.has_length, ({"a": 1}, 1)),
        (checks.has_length, ("", 0)),
    ],
)
def test_passing(check: Callable[..., None], args: tuple[Any, ...]) -> None:
    """These assertions hold."""
    check(*args, WHERE)


@pytest.mark.parametrize(
    ("check", "args", "problem", "expected", "actual", "fix"),
    [
        (checks.same, (True, 1), "The value is not the expected one", "1 (integer)", "true (bool)", ""),
        (checks.same, ([], {}), "The value is not the expected one", "{}", "[]", ""),
        (checks.not_same, ([1], [1]), "Expected a value other than this", "", "[1]", ""),
        (checks.is_list, ("a,b", ["a", "b"]), "The value is not a list", '["a", "b"]', '"a,b" (string)', ""),
        (checks.is_empty_list, ([1],), "The value is not an empty list", "[]", "[1]", ""),
        (checks.is_empty_list, ("",), "The value is not an empty list", "[]", '"" (string)', ""),
        (checks.is_not_empty_list, ([],), "The value is not a list with elements", "", "[]", ""),
        (checks.is_not_empty_list, ("x",), "The value is not a list with elements", "", '"x"', ""),
        (checks.is_empty_dict, ([],), "The value is not an empty dict", "{}", "[]", ""),
        (checks.is_empty_dict, ({"a": 1},), "The value is not an empty dict", "{}", '{"a": 1}', ""),
        (checks.is_one_of, ("c", ["a", "b"]), "The value is none of these", '"a", "b"', '"c"', ""),
        (
            checks.is_one_of,
            ("A", ["a", "b"]),
            "The value is none of these",
            '"a", "b"',
            '"A"',
            '"a" differs in case only.',
        ),
        (
            checks.is_one_of,
            ([1], ["[1]"]),
            "The value is none of these",
            '"[1]"',
            "[1]",
            "It is a list, and the choices are texts.",
        ),
        (
            checks.is_one_of,
            (True, ["true"]),
            "The value is none of these",
            '"true"',
            "true",
            "It is a bool, and the choices are texts.",
        ),
        (
            checks.is_not_one_of,
            (1, ["1", "2"]),
            "Expected a value other than these",
            'none of "1", "2"',
            "1",
            "",
        ),
        (checks.contains_element, ("a", "a"), "The value is not a list", "", '"a"', ""),
        (checks.contains, ([1, 2], "3"), "The list has no such element", "3", "[1, 2]", ""),
        (
            checks.contains,
            (["3"], "3"),
            "The list has no such element",
            "3",
            '["3"]',
            'It has "3", a string; elements are written as JSON.',
        ),
        (checks.contains_part, ([1, 2], [1, 3]), "The list has no such element", "3", "[1, 2]", ""),
        (checks.contains_part, ([1], {"a": 1}), "The list has no such element", '{"a": 1}', "[1]", ""),
        (checks.contains_part, ([{"b": 1}], {"a": 1}), "The list has no such element", '{"a": 1}', '[{"b": 1}]', ""),
        (checks.contains, (5, "5"), "An integer cannot contain an integer", "5", "5", ""),
        (checks.contains, (None, {}), "Null cannot contain a dict", "{}", "null", ""),
        (checks.contains, ("abc", "x"), "The text does not contain this", '"x"', '"abc"', ""),
        (checks.has_length, (5, 1), "An integer has no length", "", "5", ""),
        (checks.has_length, ([1], 2), "The length is not the expected one", "2 elements", "1 elements: [1]", ""),
        (
            checks.has_length,
            ("abc", 2),
            "The length is not the expected one",
            "2 characters",
            '3 characters: "abc"',
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


@pytest.mark.parametrize(
    ("check", "args", "problem", "changes"),
    [
        (checks.same, ({"a": 2}, {"a": 1}), "The documents differ at /a", ('-   "a": 1', '+   "a": 2')),
        (checks.is_list, ([1, 3], ["1", "2"]), "The lists differ at /0, /1", ('-   "1"', "+   1", '-   "2"', "+   3")),
        (checks.is_list, ([True], ["true"]), "The lists differ at /0", ('-   "true"', "+   true")),
        (
            checks.contains,
            ({"a": 1, "b": 2, "c": 3}, '{"a": 1, "b": 3}'),
            "The document does not contain this at /b",
            ('-   "b": 3', '+   "b": 2'),
        ),
        (
            checks.contains,
            ([{"id": 1, "n": "x"}, 5, {"id": 2, "n": "y"}], '{"id": 2, "n": "z"}'),
            "The list has no such element",
            ('-   "n": "z"', '+   "n": "y"'),
        ),
    ],
)
def test_failing_with_a_diff(
    check: Callable[..., None], args: tuple[Any, ...], problem: str, changes: tuple[str, ...]
) -> None:
    """Where two documents differ, or an element almost fits, the lines that differ are shown."""
    error = failure(check, *args)
    assert (error.problem, tuple(line for line in error.diff if line[0] in "+-")) == (problem, changes)


def test_a_dict_contains_members_only() -> None:
    """To search a dict for what is not a JSON object is the test's own mistake."""
    with pytest.raises(BadValue) as caught:
        checks.contains({"a": 1}, "a", WHERE)
    assert caught.value.problem == 'A dict cannot contain "a"'
    assert caught.value.fix == 'Write the members as JSON: {"key": "value"}'


def test_the_order_of_lists_does_not_matter() -> None:
    """If that is asked for, at any depth; what differs then is told."""
    checks.same_in_any_order({"a": [3, [2, 1]]}, {"a": [[1, 2], 3]}, WHERE)
    checks.same_in_any_order([1], [1.0], WHERE)
    assert failure(checks.same_in_any_order, [1, 2], [2, 3]).problem == "The documents differ at /0, /1"


def test_a_part_may_be_left_out() -> None:
    """Of both documents; a path that is in neither is a mistake."""
    one, other = {"a": 1, "b": [1, {"c": 2}]}, {"a": 2, "b": [1, {"c": 3}]}
    checks.same_apart_from(one, other, ["/a", "/b/1/c"], WHERE)
    checks.same_apart_from({"a": 1}, {}, ["/a"], WHERE)
    with pytest.raises(CheckFailed, match="differ at /b/1/c"):
        checks.same_apart_from(one, other, ["/a"], WHERE)
    with pytest.raises(BadValue, match="/x is in neither document"):
        checks.same_apart_from(one, other, ["/x"], WHERE)


def test_an_empty_list_is_a_list() -> None:
    """Neither a dict nor nothing is one."""
    checks.is_not_empty_list([0], WHERE)
    for value in ([], {}, "a", None):
        failure(checks.is_not_empty_list, value)


@pytest.mark.parametrize(
    ("actual", "operator", "number", "holds"),
    [
        ([1, 2], "at least", 2, True),
        ({"a": 1}, "at most", 1, True),
        ("abc", "greater than", 2, True),
        ("abc", "less than", 3, False),
        ([], "at least", 1, False),
    ],
)
def test_a_length_is_compared(actual: Any, operator: str, number: int, holds: bool) -> None:
    """Of elements, keys or characters."""
    if holds:
        return checks.length(actual, operator, number, WHERE)
    with pytest.raises(CheckFailed, match="out of bounds"):
        checks.length(actual, operator, number, WHERE)
    return None


def test_what_has_no_length() -> None:
    """A number is not counted."""
    with pytest.raises(CheckFailed, match="An integer has no length"):
        checks.length(5, "at least", 1, WHERE)


@pytest.mark.parametrize(
    ("actual", "unwanted"),
    [
        ([1, 2], "1"),
        ([1, [2]], [2]),
        (["1"], 1),
        ({"a": 1, "b": 2}, {"a": 1.0}),
        ({"a": 1}, '{"a": 1}'),
        ("abc", "b"),
        (5, 5),
        (None, "x"),
    ],
)
def test_what_must_not_be_there(actual: Any, unwanted: Any) -> None:
    """However it can be read; what cannot contain anything is an error, too."""
    failure(checks.does_not_contain, actual, unwanted)


@pytest.mark.parametrize(
    ("actual", "unwanted"), [([1], "2"), ([1], "[]"), ({"a": 1}, {"a": 2}), ({"a": 1}, '{"b": 1}'), ("abc", "d")]
)
def test_what_is_not_there(actual: Any, unwanted: Any) -> None:
    """An element, members, or a part."""
    checks.does_not_contain(actual, unwanted, WHERE)


def test_a_list_in_any_order() -> None:
    """Each element as often as it is expected, and of its type."""
    checks.is_list(["b", "a", "a"], ["a", "b", "a"], WHERE, ordered=False)
    for actual in (["a", "b"], ["a", "b", "b"], ["1", "a", "b"]):
        with pytest.raises(CheckFailed, match="The lists differ"):
            checks.is_list(actual, ["a", "b", "a"], WHERE, ordered=False)
    with pytest.raises(CheckFailed, match="The lists differ"):
        checks.is_list(["1"], [1], WHERE, ordered=False)


@pytest.mark.parametrize("check", [checks.contains, checks.does_not_contain])
@pytest.mark.parametrize("wanted", ["{}", {}])
def test_a_dict_contains_no_members(check: Any, wanted: object) -> None:
    """That says nothing, and is an error, of any dict."""
    with pytest.raises(BadValue, match="every dict contains them"):
        check({"k": 1}, wanted, "here")


def test_a_list_without_elements_is_an_element() -> None:
    """It is in a list that has it, and not in every one."""
    checks.contains([[], 1], [], "here")
    checks.does_not_contain([1], [], "here")
    with pytest.raises(CheckFailed):
        checks.contains([1], [], "here")
    with pytest.raises(CheckFailed):
        checks.does_not_contain([[], 1], [], "here")
