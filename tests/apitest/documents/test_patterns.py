"""apitest.documents.patterns: what is found, and what happens when time is over."""

import itertools
from contextvars import Context

import pytest

from apitest.documents import patterns
from apitest.errors import BadValue, SearchStopped

_SLOW, _TEXT = "(a|a)+$", "a" * 60 + "b"


def test_found() -> None:
    """The first place is found, with its groups; a dollar sign is the end of the text."""
    match = patterns.find("b(.)$", "abab\nbc")
    assert match is not None and match[1] == "c"
    assert patterns.find("b$", "ab\n") is None


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", "(?P<a>.)(?P<a>.)", "*", "\\q", "(?<=a+)b"])
def test_not_valid(pattern: str) -> None:
    """A pattern that re does not compile is refused, and where it is wrong is shown."""
    with pytest.raises(BadValue, match="not a valid regular expression") as caught:
        patterns.compiled(pattern)
    assert pattern in caught.value.excerpt


@pytest.mark.parametrize("pattern", ["(" * 5000 + ")" * 5000, "a{99999999999}"])
def test_too_large(pattern: str) -> None:
    """A pattern that cannot be compiled for its size is refused."""
    with pytest.raises(BadValue, match="too large or too deep"):
        patterns.compiled(pattern)


def test_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search ends when its time is over; the error tells the pattern and what to do."""
    monkeypatch.setattr(patterns, "SECONDS", 0.05)
    patterns._until.set(None)  # Not what is left of a step of another test
    with pytest.raises(SearchStopped, match="was stopped") as caught:
        patterns.find(_SLOW, _TEXT)
    assert _SLOW in caught.value.problem and caught.value.fix


def test_time_of_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """All searches of a step share its time, which begins anew with the next step."""
    clock = itertools.count(step=4).__next__
    given: list[float] = []
    patterns.restart(clock)
    for _ in range(3):
        patterns.in_time(given.append, "x")
    patterns.restart(clock)
    patterns.in_time(given.append, "x")
    assert given == [1, 0.001, 0.001, 1]
    patterns._until.set(None)


def test_without_a_clock_nothing_is_started() -> None:
    """Where no step has begun, there is none to go on; a clock that was given stays for the attempts that follow."""

    def outside() -> None:
        patterns.restart()
        assert patterns._until.get() is None
        patterns.restart(lambda: 5.0)
        patterns.restart()
        found = patterns._until.get()
        assert found is not None and found[1] == 5.0 + patterns.SECONDS

    Context().run(outside)
