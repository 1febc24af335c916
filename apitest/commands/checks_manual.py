"""The part of docs/steps.md that shows the grids: what can be said, by theme, and of what."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import apitest
from apitest.language.grid import HERE, Beginning, Cell, Ending, Grid


def sections(grids: Iterable[Grid], title: Callable[[str], str]) -> list[tuple[str, str]]:
    """The sections of the manual, each with its heading.

    Args:
        grids: those that the manual shows.
        title: the heading of a topic.
    """
    shown = list(grids)
    subjects: dict[str, dict[str, list[str]]] = {}
    for grid in shown:  # What is said of some subjects alone is not said of all
        subjects.setdefault(grid.keyword, {}).update(_by_name(grid.beginnings))
    return [section for grid in shown for section in _sections(grid, subjects[grid.keyword], title)]


def _sections(grid: Grid, subjects: dict[str, list[str]], title: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    for topic, cells in groupby(grid.cells(), key=lambda cell: cell.topic):
        rows = [_row(list(group), subjects) for _, group in groupby(cells, key=_ending)]
        yield title(topic), "\n".join(rows) + "\n"


def subjects_table(grids: Iterable[Grid]) -> str:
    """What sentences of the grids are about, with the wordings."""
    lines = ["| What | How it is written |", "|------|-------------------|"]
    for grid in grids:
        for name, wordings in _by_name(grid.beginnings).items():
            written = ", ".join(f"`{grid.before}{wording.replace(HERE, '…')}`" for wording in wordings)
            lines.append(f"| {name} | {written} |")
    return "\n".join(dict.fromkeys(lines)) + "\n"


def _by_name(beginnings: Iterable[Beginning]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for beginning in beginnings:
        found.setdefault(beginning.name, []).extend(beginning.wordings)
    return found


def _ending(cell: Cell) -> int:
    return id(cell.ending)


def _row(cells: list[Cell], subjects: dict[str, list[str]]) -> str:
    first = cells[0]
    ending = first.ending
    assert ending is not None
    names = list(dict.fromkeys(cell.beginning.name for cell in cells if cell.beginning))
    missing = [name for name in subjects if name not in names]
    of = (
        "all"
        if not missing
        else f"all but {', '.join(missing)}"
        if len(missing) < len(names) // 2
        else ", ".join(names)
    )
    return bullet(ending.wordings, first.description, f"{of}; since {_since(ending)}.", first.keyword, first.example)


def bullet(wordings: Iterable[str], description: str, note: str, keyword: str, example: str) -> str:
    """What the manual says of a sentence or of a half of many: a line of how it is worded, and one with an example."""
    said = ", ".join(f"`{wording}`" for wording in wordings)
    shown = f" `{keyword.capitalize()} {example}`" if "\n" not in example else _block(keyword, example)
    return f"* **{said}** – {description}\n  *{note[:1].upper()}{note[1:]}*{shown}"


def _block(keyword: str, example: str) -> str:
    body = "\n".join(f"  {line}".rstrip() for line in f"{keyword.capitalize()} {example}".split("\n"))
    return f"\n\n  ```gherkin\n{body}\n  ```"


def _since(ending: Ending) -> str:
    return f"zato-apitest {ending.since}" if ending.since[:1].isdigit() else ending.since


@cache  # One function does what many sentences say
def place(function: Callable[..., object]) -> str:
    """The file and the line of a step's function, as seen from the directory that holds the package."""
    bare = inspect.unwrap(function)
    lines, first = inspect.getsourcelines(bare)
    line = first + next(number for number, text in enumerate(lines) if text.lstrip().startswith("def "))
    file = Path(inspect.getsourcefile(bare) or "")
    root = Path(apitest.__file__).parents[1]
    return f"{file.relative_to(root) if file.is_relative_to(root) else file}:{line} {bare.__name__}"
