import re
from types import ModuleType

import pytest

from apitest import expressions
from apitest.expressions import compile_those_of, expression


def test_it_does_what_the_pattern_does() -> None:
    """Its methods and attributes are those of the pattern, with its flags."""
    words = expression(r"(?P<first>\w)\w*", re.ASCII)
    made = re.compile(r"(?P<first>\w)\w*", re.ASCII)
    assert words.findall("ab cd") == made.findall("ab cd")
    assert words.sub("x", "ab cd") == "x x"
    assert (words.pattern, words.flags, words.groups) == (made.pattern, made.flags, made.groups)
    assert expression(rb"\d+").fullmatch(b"12")


def test_it_is_compiled_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not before, and what was asked of it once is at hand."""
    compiled: list[object] = []
    monkeypatch.setattr(expressions.re, "compile", lambda *given: compiled.append(given) or re.Pattern)
    made = expression("a+")
    assert compiled == []
    assert made.search is made.search
    assert compiled == [("a+", 0)]


def test_a_mistake_is_told_at_the_first_use() -> None:
    """As `re.compile` tells of it."""
    broken = expression("(")
    with pytest.raises(re.error, match="unterminated"):
        broken.search("")


def test_what_patterns_do_not_have() -> None:
    """Is an attribute error, as of a pattern."""
    with pytest.raises(AttributeError, match="nothing"):
        _ = expression("a").nothing  # type: ignore[attr-defined]


def test_those_of_a_module_can_be_compiled_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, and nothing else of the module; they are not compiled again when they are used."""
    module = ModuleType("m")
    vars(module).update(one=expression("on(e)"), two=expression("tw(o)"), three="th(ree")
    compile_those_of(module)
    monkeypatch.setattr("re._compiler.compile", None)
    assert module.one.match("one")
    assert module.two.match("two")
