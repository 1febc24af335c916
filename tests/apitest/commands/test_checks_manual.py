"""The grids in the manual."""

from pathlib import Path

from apitest.commands import checks_manual
from apitest.language.registry import load
from apitest.steps import MODULES
from apitest.steps.predicates.text import starts_with

ROOT = Path(__file__).parents[3]


def test_a_place_is_a_line_of_a_file() -> None:
    """The place of a function is the line of its def."""
    file, _, rest = checks_manual.place(starts_with).partition(":")
    number, name = rest.split()
    line = (ROOT / file).read_text(encoding="utf-8").splitlines()[int(number) - 1]
    assert line.startswith(f"def {name}(") and name == "starts_with"


def test_every_ending_is_shown_once() -> None:
    """Each predicate and value has a line in the manual, with its example and what it is said of."""
    grids = [grid for grid in load(MODULES).grids if grid.listed]
    body = "".join(text for _, text in checks_manual.sections(grids, str))
    lines = [line for line in body.splitlines() if line.startswith("* **")]
    assert len(lines) == sum(len(grid.endings.all) for grid in grids)
    assert '* **`starts with "{value}"`** – Checks what the text starts with.\n  *All; since zato-apitest 1.0.*' in body


def test_what_some_subjects_lack_is_told() -> None:
    """A query has its own sentences for that: what it returns is not stored as other things are."""
    grids = [grid for grid in load(MODULES).grids if grid.listed]
    body = "".join(text for _, text in checks_manual.sections(grids, str))
    assert "for #name in later steps.\n  *All but query; since apitest 0.1.*" in body


def test_subjects_are_listed_with_their_wordings() -> None:
    """The table of subjects has a row each."""
    table = checks_manual.subjects_table(load(MODULES).grids[1:2])
    assert '| header | `header "{header}" …` |' in table
