"""apitest.checks.text: strings that pass, strings that fail, and what is said then."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from apitest import checks
from apitest.checks.text import can_be, does_not_match, is_not_value, part_that_matches
from apitest.errors import BadValue, CheckFailed

WHERE = "path /a of the response"


def failure(check: Callable[..., None], *args: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        check(*args, WHERE)
    assert caught.value.where == WHERE
    return caught.value


@pytest.mark.parametrize(
    ("check", "args"),
    [
        (checks.is_text, ("a", "a")),
        (checks.is_text, ("", "")),
        (checks.is_text, (json.loads('"\\ud83d\\ude00"'), "😀")),
        (checks.is_not_text, ("a", "b")),
        (checks.is_not_text, (1, "1")),
        (checks.is_empty, ("",)),
        (checks.is_not_empty, ("x",)),
        (checks.is_not_empty, (0,)),
        (checks.is_not_empty, (False,)),
        (checks.starts_with, ("abc", "ab")),
        (checks.does_not_start_with, ("abc", "b")),
        (checks.starts_with_any, ("abc", ["x", "a"])),
        (checks.starts_with_any, ("1abc", [1])),
        (checks.ends_with, ("abc", "bc")),
        (checks.does_not_end_with, ("abc", "b")),
        (checks.contains_text, ("abc", "b")),
        (checks.does_not_contain_text, ("abc", "x")),
        (checks.matches, ("order-17", r"\d+")),
        (checks.matches, (17, r"^\d+$")),
        (checks.matches, (1.5, r"^1\.5$")),
    ],
)
def test_passing(check: Callable[..., None], args: tuple[Any, ...]) -> None:
    """These assertions hold."""
    check(*args, WHERE)


@pytest.mark.parametrize(
    ("actual", "expected", "shown", "fix"),
    [
        (1, "1", ('"1" (string)', "1 (integer)"), 'It is a number: use `is an integer "1"`.'),
        (1.5, "1.5", ('"1.5" (string)', "1.5 (float)"), 'It is a number: use `is a float "1.5"`.'),
        (2, "1", ('"1" (string)', "2 (integer)"), ""),
        (True, "true", ('"true" (string)', "true (bool)"), "It is a bool: use `is True` or `is False`."),
        (None, "x", ('"x" (string)', "null"), "It is null: use `is null`."),
        ([], "x", ('"x" (string)', "[]"), 'It is a list: use `is a list "..."` or `is JSON "..."`.'),
        ({}, "x", ('"x" (string)', "{}"), 'It is a dict: use `is JSON "..."`.'),
        (object, "x", ('"x" (string)', "\"<class 'object'>\""), ""),
        ("a ", "a", ('"a"', '"a "'), "They differ in white space at the ends only."),
        ("a  b", "a b", ('"a b"', '"a  b"'), "They differ in white space only."),
        ("a\n\nb", "a\nb", ('"a\\nb"', '"a\\n\\nb"'), "They differ in white space only."),
        ("OK", "ok", ('"ok"', '"OK"'), "They differ in case only."),
        ("a", "b", ('"b"', '"a"'), ""),
    ],
)
def test_is_text_fails(actual: Any, expected: str, shown: tuple[str, str], fix: str) -> None:
    """A value that is not the string is shown beside it, with the sentence that fits or what is easily overlooked."""
    error = failure(checks.is_text, actual, expected)
    assert (error.problem, error.fix) == ("The text is not the expected one", fix)
    assert (error.expected, error.actual) == shown


def test_texts_of_several_lines_are_compared_line_by_line() -> None:
    """Where either text has several lines, their difference is shown as a diff."""
    error = failure(checks.is_text, "a\nc", "a\nb")
    assert (error.problem, error.diff) == ("The texts differ", ("  a", "- b", "+ c"))
    for actual, expected in (("a", "a\nb"), ("a\nb", "a")):
        assert failure(checks.is_text, actual, expected).problem == "The texts differ"


def test_the_end_of_a_long_text_is_shown() -> None:
    """Of a text of more than a hundred characters, a failure shows the last hundred."""
    assert failure(checks.ends_with, "a" * 100, "b").actual == f'"{"a" * 100}"'
    assert failure(checks.ends_with, "x" + "a" * 100, "b").actual == f'…"{"a" * 100}"'


def test_what_is_around_an_unwanted_text_is_shown() -> None:
    """Forty characters on either side, as far as there are any."""
    assert failure(checks.does_not_contain_text, "bad day", "bad").actual == '"bad day"'
    error = failure(checks.does_not_contain_text, "x" * 50 + "bad" + "y" * 50, "bad")
    assert error.actual == f'"{"x" * 40}bad{"y" * 40}"'
    assert error.problem.endswith("found at character 51")


@pytest.mark.parametrize(
    ("check", "args", "problem", "expected", "actual", "fix"),
    [
        (checks.is_not_text, ("a", "a"), 'The text must not be "a"', "", "", ""),
        (checks.is_empty, ("a",), "The value is not empty", "", '"a"', ""),
        (checks.is_empty, (0,), "The value is not empty", "", "0", ""),
        (checks.is_empty, ([1],), "The value is not empty", "", "[1]", ""),
        (checks.is_empty, (None,), "The value is not empty", "", "null", "Use `is null`."),
        (
            checks.is_empty,
            ([],),
            "The value is not empty",
            "",
            "[]",
            "`is empty` means the empty string: use `is an empty list`.",
        ),
        (checks.is_not_empty, ("",), 'The value is empty: ""', "", "", ""),
        (checks.is_not_empty, (None,), "The value is empty: null", "", "", ""),
        (checks.is_not_empty, ({},), "The value is empty: {}", "", "", ""),
        (checks.starts_with, ("abc", "x"), "The text starts with something else", '"x"', '"abc"', ""),
        (
            checks.starts_with,
            ("abc", "A"),
            "The text starts with something else",
            '"A"',
            '"abc"',
            "It does in another case.",
        ),
        (checks.starts_with, ("xab", "A"), "The text starts with something else", '"A"', '"xab"', ""),
        (checks.starts_with, (1, "1"), "The value is an integer, not a string", "", "1", ""),
        (checks.does_not_start_with, ("abc", "a"), 'The text must not start with "a"', "", '"abc"', ""),
        (checks.starts_with_any, ("abc", ["x", 1]), "The text starts with none of these", '"x", 1', '"abc"', ""),
        (checks.ends_with, ("abc", "b"), "The text ends with something else", '"b"', '"abc"', ""),
        (
            checks.ends_with,
            ("x" * 200, "b"),
            "The text ends with something else",
            '"b"',
            '…"' + "x" * 100 + '"',
            "",
        ),
        (
            checks.ends_with,
            ("abC", "c"),
            "The text ends with something else",
            '"c"',
            '"abC"',
            "It does in another case.",
        ),
        (checks.does_not_end_with, ("abc", "c"), 'The text must not end with "c"', "", '"abc"', ""),
        (checks.contains_text, ("abc", "x"), "The text does not contain this", '"x"', '"abc"', ""),
        (
            checks.contains_text,
            ("abc", "B"),
            "The text does not contain this",
            '"B"',
            '"abc"',
            "It does in another case.",
        ),
        (
            checks.does_not_contain_text,
            ("-" * 100 + "b" + "-" * 100, "b"),
            'The text must not contain "b", found at character 101',
            "",
            '"' + "-" * 40 + "b" + "-" * 40 + '"',
            "",
        ),
        (checks.matches, ("abc", "^b"), "The text does not match", "^b", '"abc"', ""),
        (checks.matches, (True, "true"), "The value is a bool, not a string", "", "true", ""),
    ],
)
def test_failing(
    check: Callable[..., None], args: tuple[Any, ...], problem: str, expected: str, actual: str, fix: str
) -> None:
    """An assertion that does not hold says why, shows both values and hints at what is easily overlooked."""
    error = failure(check, *args)
    assert (error.problem, error.expected, error.actual, error.fix) == (problem, expected, actual, fix)


@pytest.mark.parametrize(
    ("pattern", "excerpt"),
    [
        ("a(b", "a(b\n ^"),
        ("*", "*\n^"),
        ("(?x)\na\n(", "(\n^"),
        ("[", "[\n^"),
    ],
)
def test_malformed_pattern(pattern: str, excerpt: str) -> None:
    """A pattern that is not a valid regular expression is the test's own mistake, and the place is marked."""
    with pytest.raises(BadValue, match="not a valid regular expression") as caught:
        checks.matches("x", pattern, WHERE)
    assert caught.value.excerpt == excerpt


@pytest.mark.parametrize(
    ("actual", "meant", "possible"),
    [
        (1, "1.0", True),
        (True, "true", True),
        (True, "True", True),
        (None, "null", True),
        (None, "None", True),
        ([1], "[1]", True),
        ("True", True, True),
        ("a", "a", True),
        ("1", 1, True),
        (1, "2", False),
        (1, "one", False),
        ("1", "1.0", False),
        (True, 1, False),
        ([1], "[1", False),
    ],
)
def test_all_that_a_text_may_mean(actual: Any, meant: Any, possible: bool) -> None:
    """The same, the text of it, or what the text stands for; a check of what must not be looks at all of them."""
    assert can_be(actual, meant) is possible
    if not possible:
        return is_not_value(actual, meant, "here")
    with pytest.raises(CheckFailed, match="Expected a value other than"):
        is_not_value(actual, meant, "here")
    return None


def test_no_part_matches() -> None:
    """Of a text or of a number as text."""
    does_not_match("abc", "^b", "here")
    does_not_match(12, "3", "here")
    for actual, pattern in (("abc", "b"), (12, "2$")):
        with pytest.raises(CheckFailed, match="must not match"):
            does_not_match(actual, pattern, "here")


def test_the_part_that_matches() -> None:
    """The first one, or its first group; a group that takes no part in it is empty."""
    assert part_that_matches("a1 b2", r"\w\d", "here") == "a1"
    assert part_that_matches("a1 b2", r"b(\d)", "here") == "2"
    assert part_that_matches("a1 b2", r"b2(x)?", "here") == ""
    with pytest.raises(CheckFailed):
        part_that_matches("a1", "c", "here")
