"""apitest.language.grid: sentences made of two halves."""

from typing import Any

import pytest

from apitest.language.grid import Beginning, Cell, Declarations, Endings, Grid, parameters, skeleton
from apitest.language.registry import load
from apitest.steps import MODULES

say = Declarations()


@say('is "{value}"', of="any")
def is_value(*args: Any) -> Any:
    """Checks the value.

    Example:
        is "x"
          | table |
    """
    return "is", args


@say("is loud", "shouts", of="sound", since="1.0")
def is_loud(*args: Any) -> Any:
    """Checks the sound.

    Example:
        is loud
    """
    return "loud", args


def find(*args: Any) -> Any:
    return "found", args


CAT = Beginning(('cat "{name}" {}', 'tom "{name}" {}'), 'cat "Tom" {}', find, frozenset(("any", "sound")), "cat")
BOX = Beginning(('box "{name}" {}, in "{room}"',), 'box "B" {}, in "hall"', find, frozenset(("any",)), "box")


def _combine(beginning: Beginning, ending: Any) -> Any:
    return lambda *args: (beginning.name, ending.wordings[0], args)


@pytest.fixture
def grid() -> Grid:
    return Grid("then", [CAT, BOX], Endings(say.endings), _combine)


def test_a_sentence_is_made_of_its_halves(grid: Grid) -> None:
    """A skeleton finds the beginning and the ending, whatever their wordings, and what ends the sentence."""
    found = grid.find('tom "" shouts')
    assert found is not None
    cell, wording = found
    assert (cell.text, wording) == ('cat "{name}" is loud', 'tom "{name}" shouts')
    assert cell.aliases == ('cat "{name}" shouts', 'tom "{name}" is loud', 'tom "{name}" shouts')
    assert cell.since == "1.0"
    in_box = grid.find('box "" is "", in ""')
    assert in_box is not None and parameters(in_box[1]) == ("name", "value", "room")


def test_pairs_that_make_no_sense_are_none(grid: Grid) -> None:
    """A subject that does not take an ending has no sentence with it."""
    assert grid.find('box "" is loud, in ""') is None
    assert grid.find('box "" is ""') is None
    assert grid.find('dog "" is loud') is None
    assert [cell.text for cell in grid.cells()] == [
        'cat "{name}" is "{value}"',
        'box "{name}" is "{value}", in "{room}"',
        'cat "{name}" is loud',
    ]


def test_a_sentence_is_made_once(grid: Grid) -> None:
    """The same cell comes each time it is looked for."""
    one, other = grid.find('cat "" is loud'), grid.find('tom "" shouts')
    assert one and other and one[0] is other[0]


def test_what_a_cell_tells(grid: Grid) -> None:
    """A cell's example is that of its beginning with that of its ending; it knows the functions of both."""
    cell = next(cell for cell in grid.cells() if cell.text.startswith("box"))
    assert cell.example == 'box "B" is "x", in "hall"\n  | table |'
    assert cell.description == "Checks the value."
    assert cell.places == (is_value, find)
    assert cell.topic == "language.test_grid"


def test_words_ahead() -> None:
    """A grid with words ahead of its beginnings finds only sentences that begin with them, in any case."""
    grid = Grid("then", [CAT], Endings(say.endings), _combine, "Each kitten of ")
    found = grid.find('each kitten of cat "" is loud')
    assert found is not None and found[0].example == 'Each kitten of cat "Tom" is loud'
    assert grid.find('cat "" is loud') is None


def test_skeletons() -> None:
    """A skeleton has neither names of parameters nor capitals."""
    assert skeleton('Cat "{name}" isn\'t {}') == 'cat "" is not {}'


def test_no_parameter_comes_twice_and_no_sentence_is_written_twice() -> None:
    """In all built-in sentences each parameter has a name of its own, and no two are worded alike."""
    registry = load(MODULES)
    known: dict[str, Cell] = {}
    for grid in registry.grids:
        for cell in grid.cells():
            for wording in (cell.text, *cell.aliases):
                assert len(set(parameters(wording))) == len(parameters(wording)), wording
                assert known.setdefault(skeleton(wording), cell) is cell, wording
                assert registry.find("then", wording.replace("{", "").replace("}", "")) is not None


def test_the_opposite_of_an_ending() -> None:
    """Either way; an ending that nothing negates has none."""
    words = Declarations()
    for wording, negates in (("is loud", ""), ("is quiet", "is loud"), ("is far", "")):
        words(wording, of="sound", negates=negates)(is_loud)
    loud, quiet, far = words.endings
    endings = Endings(words.endings)
    assert (endings.opposite(loud), endings.opposite(quiet), endings.opposite(far)) == (quiet, loud, None)
