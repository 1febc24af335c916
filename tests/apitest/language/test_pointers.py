"""Paths as other tools write them."""

import pytest

from apitest.language.pointers import of_dotted


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("$.a.b", "/a/b"),
        ("a.b", "/a/b"),
        (".a.b", "/a/b"),
        ("items[0].x", "/items/0/x"),
        ("$[0][1]", "/0/1"),
        ("$['a/b']['c~d'].e", "/a~1b/c~0d/e"),
        ('a["b c"]', "/a/b c"),
        ("name", "/name"),
        ("$..a", ""),
        ("a[*]", ""),
        ("a/b", ""),
        ("$.a[?@.b]", ""),
        ("", ""),
    ],
)
def test_the_pointer_of_a_path(path: str, pointer: str) -> None:
    """Names and indexes have one; queries do not."""
    assert of_dotted(path) == pointer
