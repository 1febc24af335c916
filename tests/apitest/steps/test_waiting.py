"""Checks that are repeated."""

import pytest

from apitest.errors import BadValue, CheckFailed
from apitest.language.grid import parameters
from apitest.language.registry import load
from apitest.steps import MODULES, waiting


def test_an_attempt_is_repeated_until_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt that fails is made again after a pause, until the time is over."""
    clock = iter(range(100))
    monkeypatch.setattr(waiting, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(waiting, "sleep", lambda seconds: None)
    outcomes = iter([CheckFailed("no"), CheckFailed("no"), None])

    def attempt() -> None:
        if outcome := next(outcomes):
            raise outcome

    waiting.repeat("5", attempt)
    with pytest.raises(BadValue, match="must be 0 or more"):
        waiting.repeat("-1", attempt)


def test_only_what_can_change_is_waited_for() -> None:
    """A query may return something else after a while, a response stays what it is."""
    registry = load(MODULES)
    found = registry.find("then", 'within "5" seconds SQL "q" is "x", using "db"')
    assert found is not None
    assert found.arguments == {"wait": "5", "source": "q", "value": "x", "conn_name": "db"}
    assert registry.find("then", 'within "5" seconds path "/a" is "x"') is None


def test_sentences_that_wait_by_themselves() -> None:
    """A sentence that waits is given the seconds, and is not repeated; no time may stand ahead twice."""
    registry = load(MODULES)
    line = '"till" receives a message on topic "/a"'
    bare, timed = registry.find("then", line), registry.find("then", f'within "5" seconds {line}')
    assert bare and timed and timed.sentence.function is bare.sentence.function
    assert timed.arguments == {**bare.arguments, "wait": "5"}
    assert registry.find("then", f'within "5" seconds within "6" seconds {line}') is None


@pytest.mark.parametrize(("given", "seconds"), [("0.5", 0.5), (2, 2.0), ("0", 0.0)])
def test_times(given: object, seconds: float) -> None:
    """A time is a number that is not negative."""
    assert waiting.limit(given) == seconds
    for wrong in ("-0.1", "soon"):
        with pytest.raises(BadValue):
            waiting.limit(wrong)


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ('within "2" seconds the dept of topic "/x" is "1", using Zato "z"', True),
        ('within "2" seconds "till" receives a mesage on topic "/x" where path "/a" is "1"', True),
        ('"till" recieves a message on topic "/x" where path "/a" is "1"', True),
        ('"till" receives a message on topic "/x" where path "/a" si "1"', True),
        ('within "2" seconds path "/x" is "1"', False),
        ('"till" receives a message on topic "/x" where header "/a" is "1"', False),
    ],
)
def test_slips_in_either_half(line: str, near: bool) -> None:
    """A slip ahead of a check or in it is told, values in place; what makes no sense together is not offered."""
    registry = load(MODULES)
    assert registry.find("then", line) is None
    found = registry.near(line)
    assert bool(found) is near
    for suggestion in found:
        assert registry.find("then", suggestion) and suggestion.count('"') == line.count('"')
        assert all(value in suggestion for value in line.split('"')[1::2])


def test_no_two_parameters_have_one_name() -> None:
    """Whatever words stand ahead of a check, each value in quotes keeps a name of its own."""
    registry = load(MODULES)
    found = [
        made.text
        for modifier in registry.modifiers
        for sentence in registry.sentences
        if (made := modifier.wrap(modifier.wording, sentence))
        and len(set(parameters(made.text))) < made.text.count('"') / 2
    ]
    assert found == []
