"""Lists of values as sentences write them: ``1, abc, NULL, 'it''s', "a, b", [1, 2]``.

Commas separate; a value in single or double quotes is text as it stands, with the quote doubled inside; one in
brackets keeps its commas; NULL outside quotes stands for no value. Anything else is taken as it is written.
"""

from collections.abc import Iterator
from typing import NamedTuple

from apitest.errors import BadValue
from apitest.language.literals import quoted

_BRACKETS = {"[": "]", "{": "}", "(": ")"}


class ListItem(NamedTuple):
    """A value as a sentence gives it.

    Attributes:
        value: the text without its quotes, or a stored value of any type.
        exact: whether it is taken as it stands: it was in quotes, or is not a text.
    """

    value: object
    exact: bool = False

    @property
    def is_null(self) -> bool:
        """Whether it means NULL."""
        return self.value is None or (not self.exact and str(self.value).upper() == "NULL")


def values(given: object, count: int | None = None) -> list[ListItem]:
    """The values of a list; with a count of 1 a text whose commas separate nothing else stays one value.

    Args:
        given: a text, or a stored value: a list of values or of `ListItem`, or a single value.
        count: how many are wanted, or None for any number.

    Raises:
        BadValue: there are more or fewer than wanted.
    """
    found = as_given(given)
    if count is not None and len(found) != count:
        if count == 1:
            return [ListItem(given, not isinstance(given, str))]
        raise BadValue(
            f"{quoted(given)} holds {len(found)} values for {count} columns",
            fix="Give one value for each column; a value that holds a comma goes in quotes: 1, 'a, b', NULL",
        )
    return found


def as_given(given: object) -> list[ListItem]:
    """As `values`, however many there are."""
    if isinstance(given, str):
        return [unquoted(part) for part in _split(given)]
    if isinstance(given, list | tuple):
        return [each if isinstance(each, ListItem) else ListItem(each, True) for each in given]
    return [ListItem(given, True)]


def names(given: object) -> list[str]:
    """Column names from a text with commas between them, or from a list.

    Raises:
        BadValue: there is none, or an empty one.
    """
    found = [str(each.value).strip() for each in as_given(given)]
    if not found or not all(found):
        raise BadValue(f"{quoted(given)} names no columns", fix="Put commas between the names: id, name")
    return found


def _split(text: str) -> Iterator[str]:
    """The parts between those commas that are in no quotes and no brackets; each part stripped."""
    start = 0
    while True:
        while start < len(text) and text[start].isspace():
            start += 1
        end = _closed(text, start)
        if end is None:
            comma = text.find(",", start)
            end = len(text) if comma < 0 else comma
        yield text[start:end].strip()
        if end >= len(text):
            return
        start = end + 1


def _closed(text: str, start: int) -> int | None:
    """Where a value that begins with a quote or bracket ends: at a comma or the end of the text; else None."""
    opening = text[start : start + 1]
    if opening in {"'", '"'}:
        end = _after_quote(text, start)
    elif opening in _BRACKETS:
        end = _after_bracket(text, start)
    else:
        return None
    while end is not None and end < len(text) and text[end].isspace():
        end += 1
    return end if end is not None and text[end : end + 1] in {"", ","} else None


def _after_quote(text: str, start: int) -> int | None:
    quote, at = text[start], start + 1
    while (at := text.find(quote, at)) >= 0:
        if text[at + 1 : at + 2] != quote:
            return at + 1
        at += 2
    return None


def _after_bracket(text: str, start: int) -> int | None:
    awaited: list[str] = []
    at = start
    while at < len(text):
        char = text[at]
        if char in {"'", '"'}:
            at = (_after_quote(text, at) or at + 1) - 1
        elif char in _BRACKETS:
            awaited.append(_BRACKETS[char])
        elif char in _BRACKETS.values():
            if char != awaited.pop():
                return None
            if not awaited:
                return at + 1
        at += 1
    return None


def unquoted(part: str) -> ListItem:
    """One value of a list, without its quotes if it stands in quotes as a whole."""
    if part[:1] in {"'", '"'} and _closed(part, 0) == len(part):
        quote = part[0]
        return ListItem(part[1:-1].replace(quote * 2, quote), True)
    return ListItem(part)


def without_brackets(text: str) -> str:
    """What stands between the brackets around a text, or the text itself where it is in none."""
    return text[1:-1] if text[:1] in _BRACKETS and _closed(text, 0) == len(text) else text
