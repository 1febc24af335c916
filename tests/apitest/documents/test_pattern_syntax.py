"""apitest.documents.pattern_syntax: what the package regex is given means what Python's re takes the pattern for."""

import re
import string
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from apitest.documents import pattern_syntax
from apitest.documents.pattern_syntax import translated

_SIGNS = "ab1_ -[]{}^$.,:=<>ß²ſKé\u0301\n|&~\\"
_LITERALS = [*map(re.escape, _SIGNS), *"ab1_ -{},:=<ß²ſé\u0301&~", "{e<=1}", "{", "}", "a{,2}", "b{}", "#"]
_CLASSES = [r"\w", r"\W", r"\s", r"\S", r"\d", r"\D"]
_ESCAPES = [*_CLASSES, r"\b", r"\B", r"\n", r"\x41", r"\N{DIGIT ONE}", ".", "^", "$", r"\A", r"\Z"]
_MEMBERS = [*map(re.escape, _SIGNS), *"ab[:{&|~#", *_CLASSES, "a-b", "[:alpha:", "é-ſ", "--", "&&", "||", r"\b"]

_class = st.builds(
    lambda start, members, end: f"[{start}{''.join(members)}{end}]",
    st.sampled_from(["", "^", "]", "^]"]),
    st.lists(st.sampled_from(_MEMBERS), min_size=1, max_size=4),
    st.sampled_from(["", "-"]),
)


def _longer(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("(?:{}){}".format, parts, st.sampled_from(["*", "+", "?", "{1,2}", "*?", "{,}", "*+"])),
        st.builds("({}){}".format, parts, st.sampled_from(["", "*", "+", "?"])),
        st.builds("{}{}".format, parts, parts),
        st.builds("{}|{}".format, parts, parts),
        # Not (?i:…) in a part of a pattern: regex takes "(?i:b)|[^a]" for "(?i:b|[^a])".
        st.builds("(?{}:{})".format, st.sampled_from(["s", ""]), parts),
        st.builds("(?{}{})".format, st.sampled_from(["=", "!", "<=", "<!"]), parts),
    )


_patterns = st.builds(
    "{}{}".format,
    st.sampled_from(["", "", "(?i)", "(?m)", "(?s)", "(?a)", "(?x)"]),
    st.recursive(st.one_of(st.sampled_from(_LITERALS + _ESCAPES), _class), _longer, max_leaves=6),
)
_texts = st.text(_SIGNS + string.whitespace + "SAk\x1c", min_size=1, max_size=8)


def _outcome(match: Any) -> Any:
    return match and (match.span(), match.groups())


@settings(max_examples=4 * settings.default.max_examples)
@given(_patterns, st.lists(_texts, min_size=1, max_size=6))
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
def test_as_re(pattern: str, texts: list[str]) -> None:
    """A pattern and its groups match the same parts of any text as with re."""
    try:
        flags = re.compile(pattern).flags
    except re.error:
        return
    expected = re.compile(_strict(pattern, flags))
    actual = regex.compile(translated(pattern, flags))
    for text in texts:
        assert _outcome(actual.search(text, timeout=10)) == _outcome(expected.search(text))


def _strict(pattern: str, flags: int) -> str:
    """The pattern with the dollar sign as apitest has it: the end of the text only."""
    if flags & re.MULTILINE:
        return pattern
    tokens = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\$", re.DOTALL)
    return tokens.sub(lambda token: r"$(?!\n)" if token[0] == "$" else token[0], pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"^\w+$", "m²", True),
        (r"^\w+$", "e\u0301", False),  # a combining mark is not a letter in re
        (r"^\s$", "\x1c", True),
        (r"(?:foo){e<=1}", "fooo", False),  # which is fuzzy matching in regex
        (r"^[[:alpha:]]+$", "x", False),
        (r"^[^\d\D]", "1", False),
        (r"(?a)^\w$", "é", False),
        ("(?x) [a] # a [ in a comment\n \\w", "aé", True),
        (r"x{,}$", "xxx", True),
        (r"$", "a\n", True),
        (r"a$", "a\n", False),
    ],
)
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_differences(pattern: str, text: str, matches: bool) -> None:
    """Where re and regex differ, it is re that counts."""
    flags = re.compile(pattern).flags
    assert bool(regex.compile(translated(pattern, flags)).search(text)) is matches


def test_a_class_of_one_opposite_only() -> None:
    """Is that opposite, and with ^ what it is the opposite of."""
    assert pattern_syntax._class(r"[\W]", ascii_only=True) == r"(?:\W)"
    assert pattern_syntax._class(r"[^\W]", ascii_only=True) == r"(?!\W)(?s:.)"
