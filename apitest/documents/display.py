"""How a value is shown in a message: in its JSON form, on one line, cut where it is long, never raw."""

import json

from apitest.language.shortening import LIMIT, cut

_LEAD = 30  # characters that are kept ahead of the first difference of two long values

_KINDS: dict[type, str] = {
    bool: "bool",
    dict: "dict",
    float: "float",
    int: "integer",
    list: "list",
    str: "string",
    tuple: "list",
    type(None): "null",
}
_LOOK_ALIKE = {"bool", "float", "integer", "string"}


def kind(value: object) -> str:
    """The name of a value's type as the sentences have it: string, integer, float, bool, list, dict, null."""
    cls = type(value)
    return _KINDS.get(cls) or next((_KINDS[base] for base in cls.__mro__ if base in _KINDS), cls.__name__)


def article(value: object) -> str:
    """The type of a value with its article, as in "an integer"; null has none."""
    name = kind(value)
    return name if name == "null" else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def visible(text: str) -> str:
    """The text with every character that could not be seen, or could move the cursor, as an escape sequence."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)


def show(value: object, limit: int = LIMIT) -> str:
    """A value on one line: JSON where it has a JSON form, else as Python writes it."""
    return cut(in_full(value), limit)


def pair(expected: object, actual: object, limit: int = LIMIT) -> tuple[str, str]:
    """Two values that differ, shown so that the difference can be seen.

    Scalars of different types have their types named; letters that look alike are escaped; long values are cut
    around the place where they begin to differ.
    """
    one, other = narrow(in_full(expected), in_full(actual), limit)
    if _canonical(one) == _canonical(other):
        one, other = ascii_only(one), ascii_only(other)
    if kind(expected) == kind(actual):
        return one, other
    return one + _type_note(expected), other + _type_note(actual)


def narrow(expected: str, actual: str, limit: int = LIMIT) -> tuple[str, str]:
    """Two texts, cut at their ends if they are long, and ahead of their first difference if that comes late."""
    if len(expected) <= limit and len(actual) <= limit:
        return expected, actual
    start = _first_difference(expected, actual) - _LEAD
    if start < limit // 2:
        return cut(expected, limit), cut(actual, limit)
    return "…" + cut(expected[start:], limit), "…" + cut(actual[start:], limit)


def ascii_only(text: str) -> str:
    """The text with every character beyond ASCII as an escape sequence."""
    return "".join(char if char.isascii() else json.dumps(char)[1:-1] for char in text)


def in_full(value: object) -> str:
    """A value on one line, however long it is."""
    try:
        return visible(json.dumps(value, ensure_ascii=False, default=repr))
    except (TypeError, ValueError, RecursionError):  # keys that JSON has not; a circle; hundreds of levels
        return visible(_representation(value))


def _representation(value: object) -> str:
    try:
        return repr(value)
    except RecursionError:
        return f"{article(value)} nested too deeply to be shown"


def _type_note(value: object) -> str:
    name = kind(value)
    return f" ({name})" if name in _LOOK_ALIKE else ""


def _first_difference(one: str, other: str) -> int:
    same = min(len(one), len(other))
    return next((place for place in range(same) if one[place] != other[place]), same)


def _canonical(text: str) -> str:
    """The text with accents composed, so that two ways to encode one look become the same."""
    import unicodedata  # here, since only failures need it

    return unicodedata.normalize("NFKC", text)
