"""Sentences of a grid that were searched for, those with one half in common told together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from apitest.commands.checks_manual import place
from apitest.language.grid import HERE, Cell
from apitest.language.sentence import Sentence, docstring_parts

Entry = dict[str, Any]
_ANY, _GAP = "…", 2
_WIDEST = 70  # columns of a wording that its place stands behind in line
_TOPICS = {"then": "Checks", "given": "Values"}


def gathered(found: Iterable[tuple[Sentence, Entry]], where: bool) -> list[Entry]:
    """The entries for a person: one for all sentences of a grid that say the same, or that are about the same.

    Which of both is whatever leads to fewer entries: "starts with" is told once, with all that it can be said of, and a
    "cookie" once, with all that can be said of it.

    Args:
        found: sentences with their own entries.
        where: whether to tell the file and line of what they do.
    """
    pairs = list(found)
    groups: dict[object, list[tuple[Cell, Entry]]] = {}
    halves = _halves(cell for cell, _ in pairs if isinstance(cell, Cell))
    for sentence, entry in pairs:
        if isinstance(sentence, Cell):
            half = halves[sentence.keyword, sentence.before]
            groups.setdefault((sentence.keyword, sentence.before, id(half(sentence))), []).append((sentence, entry))
        else:
            groups[id(sentence)] = []
    entries = {id(sentence): entry for sentence, entry in pairs}
    return [
        entries[key] if not group else group[0][1] if len(group) == 1 else _told(group, where, halves)  # type: ignore[index]
        for key, group in groups.items()
    ]


_Half = Callable[[Cell], object]


def _ending(cell: Cell) -> object:
    return cell.ending


def _beginning(cell: Cell) -> object:
    return cell.beginning


def _halves(cells: Iterable[Cell]) -> Mapping[tuple[str, str], _Half]:
    """Which half the sentences of each grid are told together by."""
    grids: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        grids.setdefault((cell.keyword, cell.before), []).append(cell)
    return {grid: min((_ending, _beginning), key=lambda half: _number(made, half)) for grid, made in grids.items()}


def _number(cells: Iterable[Cell], half: _Half) -> int:
    return len({id(half(cell)) for cell in cells})


def _told(group: list[tuple[Cell, Entry]], where: bool, halves: Mapping[tuple[str, str], _Half]) -> Entry:
    first, entry = group[0]
    assert first.beginning and first.ending
    cells = [cell for cell, _ in group]
    if halves[first.keyword, first.before] is _ending:
        own, others = first.ending.function, [cell.beginning for cell in cells if cell.beginning]
        lines = _lines(((each.wordings[0].replace(HERE, _ANY), each.function) for each in others), where)
        said = [f"{first.before}{_ANY} {wording}" for wording in first.ending.wordings]
        made = {**entry, "part": ("of", lines)}
    else:
        own, endings = first.beginning.function, [cell.ending for cell in cells if cell.ending]
        lines = _lines(((each.wordings[0], each.function) for each in endings), where)
        said = [first.before + wording.replace(HERE, _ANY) for wording in first.beginning.wordings]
        description = " ".join(docstring_parts(own)[0].partition("\n\n")[0].split())
        topic = _TOPICS[first.keyword]
        made = {**entry, "description": description, "since": "", "topic": topic, "part": ("says", lines)}
    made |= {"sentence": said[0], "aliases": said[1:]}
    return {**made, "where": [place(own)]} if where else made


def _lines(wordings: Iterable[tuple[str, Callable[..., object]]], where: bool) -> list[str]:
    """Wordings, each once, with their places in a column of their own."""
    found = dict(wordings)
    if not where:
        return list(found)
    width = max((len(wording) for wording in found if len(wording) <= _WIDEST), default=0)
    return [line for wording, function in found.items() for line in _placed(wording, place(function), width)]


def _placed(wording: str, at: str, width: int) -> Iterator[str]:
    if len(wording) > width:
        yield wording
        wording = ""
    yield f"{wording:<{width + _GAP}}{at.partition(' ')[0]}"
