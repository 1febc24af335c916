"""Every sentence that zato-apitest ever had, and every one of our own, is shown at work in features/."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from behave.model import Step
from behave.parser import Parser, parse_file

from apitest.language.grid import Cell
from apitest.language.registry import Found, Registry, load
from apitest.steps import MODULES

ROOT = Path(__file__).parents[2]
_PARAMETER = re.compile(r'"\{\w+\}"')
FAILING = re.compile(r'this (fails|is refused) with "')


def skeleton(wording: str) -> str:
    """A wording without its parameters' names, in small letters."""
    return _PARAMETER.sub('""', wording).casefold()


def rows() -> list[dict[str, str]]:
    """The rows of the vocabulary."""
    with (ROOT / "tests" / "fixtures" / "vocabulary.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def steps_of_features() -> Iterator[tuple[Step, bool]]:
    """Every step in features/ (rows of outlines too), and whether it is shown failing."""
    for path in sorted((ROOT / "features").rglob("*.feature")):
        feature = parse_file(str(path))
        backgrounds = [feature.background, *(rule.background for rule in feature.rules)]
        for background in backgrounds:
            yield from ((step, False) for step in (background.steps if background else ()))
        for scenario in feature.walk_scenarios():
            for step in scenario.steps:
                if FAILING.match(step.name):
                    inner = Parser().parse_steps(step.text)
                    yield from ((s, s is inner[-1]) for s in inner)
                else:
                    yield step, False


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load(MODULES)


@pytest.fixture(scope="module")
def found_steps(registry: Registry) -> list[tuple[Found, bool]]:
    """What the steps in features/ are, without those of projects' own, and whether each is shown failing."""
    find = cache(registry.find)
    found = ((find(step.step_type, step.name), fails) for step, fails in steps_of_features())
    return [(each, fails) for each, fails in found if each]


@pytest.fixture(scope="module")
def shown(found_steps: list[tuple[Found, bool]]) -> tuple[set[str], set[str]]:
    """The wordings shown passing and those shown failing."""
    passing, failing = set(), set()
    for found, fails in found_steps:
        (failing if fails else passing).add(skeleton(found.wording))
    return passing, failing


def test_every_row_is_a_sentence(registry: Registry) -> None:
    """Each row of the vocabulary is a sentence or an alias of one."""
    missing = []
    for row in rows():
        text = _PARAMETER.sub('"1"', row["sentence"])
        found = registry.find(row["keyword"], text)
        if found is None or skeleton(found.wording) != skeleton(row["sentence"]):
            missing.append(f"{row['keyword']} {row['sentence']}")
    assert not missing


def test_every_row_is_shown_passing(shown: tuple[set[str], set[str]]) -> None:
    """Each row of the vocabulary is a step of some feature, worded as in that row."""
    assert [row["sentence"] for row in rows() if skeleton(row["sentence"]) not in shown[0]] == []


# What states nothing that could fail: it does or changes something.
DOES_NOT_CHECK = re.compile(r"^(I |context is|form is cleaned|OAuth2 context is cleaned)", re.IGNORECASE)


def test_every_check_is_shown_failing(shown: tuple[set[str], set[str]]) -> None:
    """Each row of the vocabulary that checks something is shown failing, worded as in that row."""
    checks = [row["sentence"] for row in rows() if row["keyword"] == "then"]
    missing = [text for text in checks if not DOES_NOT_CHECK.match(text) and skeleton(text) not in shown[1]]
    assert missing == []


def test_our_own_sentences_are_shown(registry: Registry, shown: tuple[set[str], set[str]]) -> None:
    """Each sentence that zato-apitest never had is shown passing, and failing if it is a check."""
    own = [s for s in registry.declared if s.since.startswith("apitest")]
    unshown = [s.text for s in own if skeleton(s.text) not in shown[0]]
    checks = [s.text for s in own if s.keyword == "then" and not DOES_NOT_CHECK.match(s.text)]
    assert unshown == []
    assert [text for text in checks if skeleton(text) not in shown[1]] == []


@pytest.fixture(scope="module")
def shown_cells(found_steps: list[tuple[Found, bool]]) -> tuple[list[Cell], list[Cell]]:
    """The sentences of the grids shown passing and those shown failing."""
    passing, failing = [], []
    for found, fails in found_steps:
        if isinstance(found.sentence, Cell):
            (failing if fails else passing).append(found.sentence)
    return passing, failing


def test_every_half_of_a_grid_is_shown(registry: Registry, shown_cells: tuple[list[Cell], list[Cell]]) -> None:
    """Each subject, predicate and value is shown passing in some sentence, and failing if it is of checks."""
    for grid in registry.grids:
        needed = [shown_cells[0]] + ([shown_cells[1]] if grid.keyword == "then" and not grid.before else [])
        for cells in needed:
            of_grid = [cell for cell in cells if cell.before == grid.before]
            endings = {id(cell.ending) for cell in of_grid}
            beginnings = {id(cell.beginning) for cell in of_grid}
            assert of_grid, grid.before
            if grid.listed:
                assert [each.wordings[0] for each in grid.endings.all if id(each) not in endings] == []
            if not grid.before:
                assert [each.wordings[0] for each in grid.beginnings if id(each) not in beginnings] == []
