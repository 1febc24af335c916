"""The catalogue of sentences for a terminal: by topic, aligned, what was searched for marked."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from apitest.expressions import expression
from apitest.report import text
from apitest.report.style import BOLD, CYAN, DIM, YELLOW, Style

_PARAMETER = expression(r'"\{\w+\}"')
_INDENT = 9


def catalogue_lines(found: Iterable[Mapping[str, Any]], word: str, style: Style) -> list[str]:
    """The entries of the catalogue as painted lines; other wordings and examples only where a word is searched for."""
    lines: list[str] = []
    number = 0
    for topic, group in groupby(found, key=lambda entry: str(entry["topic"])):
        lines += [style.paint(topic, BOLD, YELLOW), ""]
        for entry in group:
            number += 1
            lines += [*entry_lines(entry, word, style), *([""] if word else [])]
        lines += [] if word else [""]
    hint = "" if word else f" {style.dot} `apitest steps WORD` shows examples"
    return [*lines, style.paint(text.count(number, "sentence") + hint, DIM)]


def entry_lines(entry: Mapping[str, Any], word: str, style: Style) -> list[str]:
    """One sentence: its keyword and wording, what it does and, where a word is searched for, all else."""
    width = min(style.width, 110) - _INDENT
    head, *rest = (_highlighted(line, word, style) for line in text.wrap(entry["sentence"], width))
    lines = [f"  {style.paint(str(entry['keyword']).ljust(_INDENT - 2), DIM)}{head}"]
    below = [*rest, *(style.paint(line, DIM) for line in text.wrap(entry["description"], width))]
    if word:
        below += _more(entry, word, style, width)
    return lines + [f"{'':{_INDENT}}{line}".rstrip() for line in below]


def _more(entry: Mapping[str, Any], word: str, style: Style, width: int) -> list[str]:
    lines: list[str] = []
    if "part" in entry:
        label, said = entry["part"]
        lines += _labelled(label, [_highlighted(line, word, style) for line in said], style)
    for other in declared(entry):
        lines += _labelled("also", [_highlighted(line, word, style) for line in text.wrap(other, width - 9)], style)
    if entry["example"]:
        lines += _labelled("example", str(entry["example"]).split("\n"), style)
    lines += _labelled("since", [entry["since"]], style) if entry["since"] else []
    return lines + (_labelled("where", entry["where"], style) if "where" in entry else [])


def declared(entry: Mapping[str, Any]) -> list[str]:
    """An entry's other wordings without contractions, which go without saying."""
    return [other for other in entry["aliases"] if "isn't" not in other and "doesn't" not in other]


def _labelled(label: str, content: list[str], style: Style) -> list[str]:
    head, *rest = content
    return [f"{style.paint(f'{label:<7}', DIM)}  {head}", *(f"{'':9}{line}" for line in rest)]


def _highlighted(sentence: str, word: str, style: Style) -> str:
    """A sentence with its parameters coloured, and the words that were searched for."""
    if not style.color:
        return sentence
    words = [re.escape(part) for part in word.split()]
    pattern = re.compile("|".join([_PARAMETER.pattern, *(f"(?P<w{i}>{part})" for i, part in enumerate(words))]), re.I)
    return pattern.sub(lambda found: style.paint(found[0], *_codes(found)), sentence)


def _codes(found: re.Match[str]) -> tuple[str, ...]:
    return (BOLD, YELLOW) if found.lastgroup else (CYAN,)
