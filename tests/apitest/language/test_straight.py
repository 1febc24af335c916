"""Steps whose values are not between straight double quotes."""

import pytest

from apitest.language.registry import load
from apitest.language.straight import straightened
from apitest.steps import MODULES

REGISTRY = load(MODULES)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("path “/a” is “x y”", 'path "/a" is "x y"'),
        ("path «/a» is „x“", 'path "/a" is "x"'),
        ("path '/a' is 'x y'", 'path "/a" is "x y"'),
        ("path ‘/a’ is `x`", 'path "/a" is "x"'),
        ("path \"/a\" is 'it', ", ""),
        ("path '/a' isn't 'x'", 'path "/a" isn\'t "x"'),
        ("path “/a” is 'x'", 'path "/a" is "x"'),
        ("status is 200", 'status is "200"'),
        ('path /a is "x"', 'path "/a" is "x"'),
        ('status is "200', 'status is "200"'),
        ('status is "200"', ""),
        ("it rains", ""),
        (" ".join("words" for _ in range(40)), ""),
    ],
)
def test_what_is_meant(text: str, meant: str) -> None:
    """A sentence with its values in straight quotes; nothing where no quotes make one."""
    assert straightened(text, lambda attempt: REGISTRY.find("then", attempt) is not None) == meant


def test_a_quote_that_is_not_closed() -> None:
    """Is closed at the end, and nothing else is tried after that."""
    tried: list[str] = []
    assert straightened('a "b', lambda attempt: bool(tried.append(attempt))) == ""
    assert tried[-1] == 'a "b"'
    assert len(tried) == len(set(tried)) <= 3
