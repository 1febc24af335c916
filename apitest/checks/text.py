"""Checks of strings."""

import json
from collections.abc import Sequence

from apitest.checks.mismatch import case_hint, listed, refused, text_hint, text_of, unequal, written
from apitest.documents.diff import equal, text_diff
from apitest.documents.display import kind, show
from apitest.documents.patterns import find
from apitest.errors import CheckFailed
from apitest.language.shortening import cut

_CONSTANTS = {"True": True, "False": False, "None": None}


def is_text(actual: object, expected: str, where: str) -> None:
    """The value is this string; a number or a bool is not a string, however it is spelt."""
    if actual == expected and isinstance(actual, str):
        return
    if isinstance(actual, str) and ("\n" in actual or "\n" in expected) and actual.split() != expected.split():
        raise CheckFailed("The texts differ", where, diff=text_diff(expected, actual))
    unequal("The text is not the expected one", where, actual, expected, text_hint(actual, expected))


def is_not_text(actual: object, unwanted: str, where: str) -> None:
    """The value is anything but this string."""
    if actual == unwanted and isinstance(actual, str):
        refused(f"The text must not be {show(unwanted)}", where)


def is_empty(actual: object, where: str) -> None:
    """The value is the empty string."""
    if actual == "" and isinstance(actual, str):
        return
    hint = "Use `is null`." if actual is None else ""
    if isinstance(actual, list | dict) and not actual:
        hint = f"`is empty` means the empty string: use `is an empty {kind(actual)}`."
    refused("The value is not empty", where, actual, hint)


def is_not_empty(actual: object, where: str) -> None:
    """The value is not an empty string, list or dict and not null; 0 and false are values like any other."""
    if actual is None or (isinstance(actual, str | list | dict) and not actual):
        refused(f"The value is empty: {show(actual)}", where)


def is_not_value(actual: object, unwanted: object, where: str) -> None:
    """The value is not the unwanted one, in whatever way that can be read."""
    if can_be(actual, unwanted):
        refused(f"Expected a value other than {show(actual)}", where)


def can_be(actual: object, meant: object) -> bool:
    """Whether a value is what a sentence may mean: the same, the text of it, or what the text stands for.

    The text 1.0 may mean the number 1, the texts true and True the bool, null and None nothing, [1] a list.
    """
    if equal(actual, meant) or (isinstance(actual, str) and actual in spellings(meant)):
        return True
    return (
        isinstance(meant, str)
        and not isinstance(actual, str)
        and any(equal(actual, reading) for reading in _readings(meant))
    )


def spellings(value: object) -> tuple[str, ...]:
    """The texts that a value can stand for: of a bool or null, JSON's and Python's."""
    return tuple(dict.fromkeys((written(value), str(value))))


def _readings(text: str) -> list[object]:
    """What a text stands for as JSON has it, and as Python has the constants."""
    if text in _CONSTANTS:
        return [_CONSTANTS[text]]
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        return []


def starts_with(actual: object, prefix: str, where: str) -> None:
    """The value is a string that starts with ``prefix``."""
    text = text_of(actual, where)
    if not text.startswith(prefix):
        hint = case_hint(text[: len(prefix)], prefix)
        unequal("The text starts with something else", where, actual, prefix, hint)


def does_not_start_with(actual: object, prefix: str, where: str) -> None:
    """The value is a string that does not start with ``prefix``."""
    if text_of(actual, where).startswith(prefix):
        refused(f"The text must not start with {show(prefix)}", where, actual)


def starts_with_any(actual: object, prefixes: Sequence[str], where: str) -> None:
    """The value is a string that starts with one of the prefixes."""
    if not text_of(actual, where).startswith(tuple(map(written, prefixes))):
        raise CheckFailed("The text starts with none of these", where, expected=listed(prefixes), actual=show(actual))


def ends_with(actual: object, suffix: str, where: str) -> None:
    """The value is a string that ends with ``suffix``."""
    text = text_of(actual, where)
    if not text.endswith(suffix):
        shown = show(text) if len(text) <= 100 else "…" + show(text[-100:])
        hint = case_hint(text[-len(suffix) :], suffix)
        raise CheckFailed("The text ends with something else", where, hint, expected=show(suffix), actual=shown)


def does_not_end_with(actual: object, suffix: str, where: str) -> None:
    """The value is a string that does not end with ``suffix``."""
    if text_of(actual, where).endswith(suffix):
        refused(f"The text must not end with {show(suffix)}", where, actual)


def contains_text(actual: object, part: str, where: str) -> None:
    """The value is a string with ``part`` somewhere in it."""
    text = text_of(actual, where)
    if part not in text:
        unequal("The text does not contain this", where, text, part, case_hint(text, part))


def does_not_contain_text(actual: object, part: str, where: str) -> None:
    """The value is a string without ``part`` anywhere in it."""
    text = text_of(actual, where)
    if (place := text.find(part)) >= 0:
        context = show(text[max(0, place - 40) : place + len(part) + 40])
        raise CheckFailed(
            f"The text must not contain {show(part)}, found at character {place + 1}", where, actual=context
        )


def matches(actual: object, pattern: str, where: str) -> None:
    """A part of the string matches the regular expression; ``^`` and ``$`` tie it to the ends. Numbers are text here.

    Raises:
        BadValue: the pattern is not a valid regular expression; says where.
        SearchStopped: the search does not end in time.
    """
    if not find(pattern, _searched(actual, where)):
        raise _no_match(actual, pattern, where)


def does_not_match(actual: object, pattern: str, where: str) -> None:
    """No part of the string matches the regular expression; numbers are text here.

    Raises:
        BadValue: the pattern is not a valid regular expression.
    """
    if find(pattern, _searched(actual, where)):
        refused(f"The text must not match {cut(pattern)}", where, actual)


def part_that_matches(actual: object, pattern: str, where: str) -> str:
    """The first part of a text that a regular expression matches; what its first group matches, if it has one.

    Raises:
        CheckFailed: no part does.
        BadValue: the pattern is not a valid regular expression.
    """
    found = find(pattern, _searched(actual, where))
    if not found:
        raise _no_match(actual, pattern, where)
    return found[1 if found.re.groups else 0] or ""


def _no_match(actual: object, pattern: str, where: str) -> CheckFailed:
    return CheckFailed("The text does not match", where, expected=cut(pattern), actual=show(actual))


def _searched(actual: object, where: str) -> str:
    return written(actual) if type(actual) in (int, float) else text_of(actual, where)
