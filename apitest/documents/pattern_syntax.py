"""A regular expression of Python's re module, written so that the package regex takes it for the same.

The two differ in a few ways: what a letter and a space are, what braces may mean, and what stands in a class.
"""

import re

from apitest.expressions import expression

# A named character, an escaped one, a comment, a class, the end, or a brace that begins no repetition.
_PIECE = r"\\N\{[^}]*\}|\\.|\(\?\#[^)]*|\[\^?\]?(?:\\.|[^\]\\])*\]|\$|\{(?![0-9]*(?:,[0-9]*)?\})"
_NOTABLE = expression(_PIECE, re.DOTALL)
_NOTABLE_IF_VERBOSE = expression(_PIECE + r"|\#[^\n]*", re.DOTALL)
_IN_CLASS = expression(r"\\N\{[^}]*\}|\\.|\[", re.DOTALL)

# In re, a letter is what str.isalnum() takes for one, without combining marks; spaces are those of str.isspace().
_LETTER, _SPACE = r"\p{L}\p{N}_", r"\s\x1c-\x1f"
_OUTSIDE = {
    r"\w": f"[{_LETTER}]",
    r"\W": f"[^{_LETTER}]",
    r"\s": f"[{_SPACE}]",
    r"\S": f"[^{_SPACE}]",
    r"\b": f"(?:(?<=[{_LETTER}])(?![{_LETTER}])|(?<![{_LETTER}])(?=[{_LETTER}]))",
    r"\B": f"(?:(?<=[{_LETTER}])(?=[{_LETTER}])|(?<![{_LETTER}])(?![{_LETTER}]))",
}
_INSIDE = {r"\w": _LETTER, r"\s": _SPACE, "[": r"\["}


def translated(pattern: str, flags: int) -> str:
    """The pattern for regex.

    Args:
        pattern: one that re compiles.
        flags: those that re found in it; without re.MULTILINE, ``$`` becomes the end of the text only.
    """
    notable = _NOTABLE_IF_VERBOSE if flags & re.VERBOSE else _NOTABLE
    return notable.sub(lambda sign: _piece(sign[0], flags), pattern)


def _piece(sign: str, flags: int) -> str:
    if sign == "$":
        return sign if flags & re.MULTILINE else r"$(?!\n)"
    if sign[0] == "{":
        return "\\" + sign
    if sign[0] == "[":
        return _class(sign, ascii_only=bool(flags & re.ASCII))
    return sign if flags & re.ASCII else _OUTSIDE.get(sign, sign)


def _class(sign: str, *, ascii_only: bool) -> str:
    """A class of characters; one that holds the opposite of a class is split into alternatives."""
    start = "[^" if sign.startswith("[^") else "["
    opposites: list[str] = []

    def member(found: re.Match[str]) -> str:
        if found[0] == "[":
            return r"\["
        if found[0] in (r"\W", r"\S", r"\D"):
            opposites.append(found[0] if ascii_only else _OUTSIDE.get(found[0], found[0]))
            return ""
        return found[0] if ascii_only else _INSIDE.get(found[0], found[0])

    members = _IN_CLASS.sub(member, sign[len(start) :])
    if not opposites:
        return start + members
    other = "|".join(opposites)
    if members == "]":
        return f"(?:{other})" if start == "[" else f"(?!{other})(?s:.)"
    return f"(?:{start}{members}|{other})" if start == "[" else f"(?:(?!{other}){start}{members})"
