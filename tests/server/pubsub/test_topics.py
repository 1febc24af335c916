"""Tests of apitest_server.pubsub.topics."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.pubsub.topics import LONGEST, checked_name, name_in_path, permissions

SEGMENT = st.text("abc-. é", min_size=1, max_size=4).filter(lambda text: text == text.strip())
NAME = st.lists(SEGMENT, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))
WILD = st.sampled_from(["*", "**", "a*", "*a", "a*b*", "a", "b", "ab"])
PATTERN = st.lists(WILD, min_size=1, max_size=5).map(lambda parts: "/" + "/".join(parts))


@pytest.mark.parametrize("name", ["/a", "/customer/new", "/a b/ü", "/" + "a" * (LONGEST - 1)])
def test_names(name: str) -> None:
    """A slash in front of each segment."""
    assert checked_name(name) == name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a", "must start with `/`"),
        ("", "must start with `/`"),
        ("/" + "a" * LONGEST, "must have 200 characters at most, this one has 201"),
        ("/", "must not be empty"),
        ("/a//b", "must not be empty"),
        ("/a/", "must not be empty"),
        ("/a /b", "begin or end with a space"),
        ("/a/*", "must not contain"),
        ("/a?b", "must not contain"),
        ("/a\x00", "must not contain"),
    ],
)
def test_what_cannot_be_a_name(name: str, why: str) -> None:
    """The error says why."""
    with pytest.raises(ValueError, match=re.escape(why)):
        checked_name(name)


def test_a_name_in_a_path() -> None:
    """Clients write one slash in front of it, or two."""
    assert name_in_path("/customer/new") == name_in_path("//customer/new") == "/customer/new"


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("/a", "/a", "/b /a/b /ab"),
        ("/a/*", "/a/b /a/bcd", "/a /a/b/c /b/c"),
        ("/a/**", "/a/b /a/b/c/d", "/a /ab"),
        ("/**", "/a /a/b/c", ""),
        ("/*/new", "/a/new", "/new /a/b/new"),
        ("/**/new", "/a/new /a/b/new /new/new", "/new /a/new/b"),
        ("/a*c/b", "/ac/b /abbc/b /acbc/b", "/ab/b /a/c/b"),
        ("/**/b/**", "/a/b/c /b/b/b", "/b /a/b /b/c"),
    ],
)
def test_patterns(pattern: str, matching: str, others: str) -> None:
    """One star stays within a segment, two are one segment or more."""
    allowed = permissions(f"sub={pattern}")
    assert all(allowed.allow("sub", name) for name in matching.split())
    assert not any(allowed.allow("sub", name) for name in others.split())
    assert not any(allowed.allow("pub", name) for name in matching.split())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("/a/*", "Line 1 of the topic patterns must begin with `pub=` or `sub=`: `/a/*`"),
        ("pub=/a\nread=/b", "Line 2 of the topic patterns must begin"),
        ("pub=", "a pattern must start with `/`, for all topics write `/**`"),
        ("pub=*", "for all topics write `/**`"),
        ("\n\nsub=**", "Line 3 of the topic patterns: a pattern must start with `/`"),
        ("pub=a/b", "did you mean `/a/b`?"),
        ("pub=/", "has an empty segment"),
        ("pub=/a//b", "has an empty segment"),
        ("pub=/a**", "`**` must be a segment by itself"),
        ("pub=/**/*", "would match nearly all topics"),
        ("pub=/**/**", "would match nearly all topics"),
        ("pub=/*/**", "would match nearly all topics"),
    ],
)
def test_patterns_that_are_refused(text: str, why: str) -> None:
    """What cannot be meant, and what would match everything by accident."""
    with pytest.raises(ValueError, match=re.escape(why)):
        permissions(text)


def test_permissions_of_an_endpoint() -> None:
    """Patterns of both kinds, one a line; any of them is enough."""
    allowed = permissions(" pub = /a/* \r\n\npub=/b\nsub=/**\n")
    assert [pattern.text for pattern in allowed.publish] == ["/a/*", "/b"]
    assert allowed.allow("pub", "/b")
    assert allowed.allow("pub", "/a/x")
    assert not allowed.allow("pub", "/c")
    assert allowed.allow("sub", "/c/d")


@given(NAME, PATTERN)
def test_patterns_are_what_regular_expressions_say(name: str, pattern: str) -> None:
    """Each pattern that is accepted matches the same names as its translation."""
    try:
        allowed = permissions(f"pub={pattern}")
    except ValueError:
        assert "**" in pattern
        return
    translated = {"**": r"[^/]+(/[^/]+)*"}
    expression = "/" + "/".join(
        translated.get(part, "[^/]+" if part == "*" else re.escape(part).replace(r"\*", "[^/]*"))
        for part in pattern[1:].split("/")
    )
    assert allowed.allow("pub", name) == bool(re.fullmatch(expression, name))


@given(NAME)
def test_a_name_is_a_pattern_for_itself(name: str) -> None:
    """And for nothing that is longer."""
    allowed = permissions(f"pub={checked_name(name)}")
    assert allowed.allow("pub", name)
    assert not allowed.allow("pub", f"{name}/x")
    assert not allowed.allow("pub", f"{name}x")


def test_what_is_known_of_names_is_bounded() -> None:
    """An outsider who tries one name after the other does not fill the memory."""
    found = permissions("sub=/a/*")
    for number in range(2500):
        assert found.allow("sub", f"/a/{number}") is True
        assert found.allow("pub", f"/a/{number}") is False
    assert len(found._known) <= 1000
    assert found == permissions("sub=/a/*")


def test_what_was_found_is_kept() -> None:
    """And found again the same."""
    allowed = permissions("pub=/a/*\nsub=/b")
    for _ in range(2):
        assert allowed.allow("pub", "/a/x") and not allowed.allow("sub", "/a/x")
        assert allowed.allow("sub", "/b") and not allowed.allow("pub", "/b")
