"""PURE  Which keys are meant: by prefix, suffix, what they contain or do not, or a regular expression."""

import re
from collections.abc import Callable, Iterable

Match = Callable[[str], object]
KINDS = ("prefix", "suffix", "contains", "not_contains", "contains_all", "contains_any", "regex")


def matcher(kind: str, wanted: str | Iterable[str]) -> Match:
    """A function that tells whether a key is meant.

    Args:
        kind: one of ``KINDS``.
        wanted: a text; of ``contains_all`` and ``contains_any``, several of them.

    Raises:
        ValueError: there is no such kind, or the regular expression is none.
    """
    if kind in ("contains_all", "contains_any"):
        return _of_several(kind, [wanted] if isinstance(wanted, str) else [str(part) for part in wanted])
    text = str(wanted)
    if kind == "regex":
        return _regex(text)
    if kind == "prefix":
        return lambda key: key.startswith(text)
    if kind == "suffix":
        return lambda key: key.endswith(text)
    if kind == "contains":
        return lambda key: text in key
    if kind == "not_contains":
        return lambda key: text not in key
    raise ValueError(f"Keys are not found by `{kind}`; there is: {', '.join(KINDS)}")


def _of_several(kind: str, parts: list[str]) -> Match:
    if kind == "contains_all":
        return lambda key: all(part in key for part in parts)
    return lambda key: any(part in key for part in parts)


def _regex(text: str) -> Match:
    try:
        return re.compile(text).search
    except re.error as error:
        raise ValueError(f"`{text}` is not a valid regular expression: {error}") from None
