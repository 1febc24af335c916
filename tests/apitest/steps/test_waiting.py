"""The words that say how long a check is waited for."""

import pytest

from apitest.language.grid import parameters
from apitest.language.registry import load
from apitest.language.sentence import PARAMETER
from apitest.steps import MODULES
from apitest.steps.subjects.subject import Kind
from apitest.steps.waiting import EARLY

WORDS = ('within "5" seconds ', 'never within "5" seconds ')


def filled(wording: str) -> str:
    """A wording with values in it."""
    return PARAMETER.sub('"x"', wording)


def test_every_check_takes_the_words() -> None:
    """A time may stand ahead of all checks of the grid, of values that are stored and of tables, and of the request."""
    registry = load(MODULES)
    for grid in registry.grids:
        for cell in grid.cells() if grid.keyword == "then" else ():
            for start in WORDS if cell.checks else WORDS[:1]:
                found = registry.find("then", f"{start}{filled(cell.text)}")
                assert found is not None, cell.text
                assert found.sentence.text == start.replace("5", "{wait}") + cell.text
                assert found.arguments["wait"] == "5"
    for line in ('status is "200"', "paths are", "response is equal to", "the URL is invoked"):
        assert registry.find("then", f'within "5" seconds {line}')
    assert registry.find("then", 'within "5" seconds I sleep for "1"') is None


def test_every_check_of_the_grid_can_fail_early() -> None:
    """What ends a wait is said of the same subject, or is another check; their parameters have names of their own."""
    registry = load(MODULES)
    for grid in registry.grids:
        for cell in grid.cells() if grid.keyword == "then" and not grid.before else ():
            line = f'within "5" seconds {filled(cell.text)}, failing early if '
            both = [f'{line}status is "500"', f"{line}{filled(cell.text)}"]
            both += [f'{line}it is "500"'] if Kind.VALUE in cell.beginning.takes else []
            for each in both:
                found = registry.find("then", each)
                assert found is not None, each
                assert found.sentence.checks and len(found.arguments) == each.count('"') // 2
                assert len(set(parameters(found.sentence.text))) == each.count('"') // 2
    assert registry.find("then", 'path "/a" is "x", failing early if it is "y"') is None
    assert registry.find("then", 'never within "5" seconds path "/a" is "x", failing early if it is "y"') is None
    assert registry.find("then", f'within "5" seconds path "/a" is "x"{"".join([EARLY + "it is empty"] * 2)}') is None


def test_a_slip_in_what_ends_a_wait() -> None:
    """It is told, values in place, wherever it is."""
    registry = load(MODULES)
    right = 'within "5" seconds path "/a" is "x", failing early if status is "500"'
    for said, meant in (("withn", "within"), ("fail", "failing"), ("status si", "status is")):
        assert registry.near(right.replace(meant, said)) == [right]


def test_what_steps_resolve_themselves() -> None:
    """A parameter that the step of a check resolves is one in what ends a wait, too."""
    registry = load(MODULES)
    found = registry.find(
        "then", 'within "5" seconds SQL "q" is "x", using "db", failing early if SQL "p" is "y", using "d"'
    )
    assert found is not None and set(found.sentence.raw) == {"source", "early_source"}


def test_sentences_that_wait_by_themselves() -> None:
    """A sentence that waits is given the seconds, and is not repeated; no time may stand ahead twice."""
    registry = load(MODULES)
    line = '"till" receives a message on topic "/a"'
    bare, timed = registry.find("then", line), registry.find("then", f'within "5" seconds {line}')
    assert bare and timed and timed.sentence.function.__wrapped__ is bare.sentence.function  # type: ignore[attr-defined]
    assert timed.arguments == {**bare.arguments, "wait": "5"}
    assert registry.find("then", f'within "5" seconds within "6" seconds {line}') is None
    never = registry.find("then", f'never within "5" seconds {line}')
    assert never and never.sentence.function.__wrapped__.__name__ == "receives_none"  # type: ignore[attr-defined]
    assert registry.find("then", f'{line} where path "/a" is "1", failing early if it is "2"') is None
    assert registry.find("then", f'never within "5" seconds {line}, failing early if path "/a" is "1"') is None
    assert registry.find("then", f'within "5" seconds {line}, failing early if it is "1"') is None


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ('within "2" seconds the dept of topic "/x" is "1", using Zato "z"', True),
        ('within "2" seconds "till" receives a mesage on topic "/x" where path "/a" is "1"', True),
        ('"till" recieves a message on topic "/x" where path "/a" is "1"', True),
        ('"till" receives a message on topic "/x" where path "/a" si "1"', True),
        ('within "2" seconds I sleep for "1"', False),
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
