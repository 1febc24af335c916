"""What stands in a feature file and would never run, without a word: behave takes it for a description, or skips it."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, cast

from behave.i18n import languages
from behave.model import Rule, ScenarioOutline

from apitest.runner.model import Background, Container, Feature, Item, Outline, Scenario

_STEP_KINDS = ("given", "when", "then", "and", "but")
_BLOCK_KINDS = ("feature", "rule", "background", "scenario", "scenario_outline", "examples")
_ALIKE = 0.75  # of the ratio that difflib gives two words, from 0 to 1
# Words that begin ordinary sentences and are spelt much like Given, When, Then, And or But.
_PROSE = frozenset(
    (
        *("a", "all", "also", "an", "any", "are", "as", "at", "both", "by", "each", "either", "give", "gives", "has"),
        *("have", "he", "it", "she", "than", "that", "the", "them", "there", "these", "they", "this", "those", "thus"),
        *("we", "were", "what", "where", "while", "who", "why"),
    )
)


class Overlooked(NamedTuple):
    """A place in a feature file where something does not run that was meant to.

    Attributes:
        line: its number.
        problem, fix: as in apitest.errors.
    """

    line: int
    problem: str
    fix: str


IsStep = Callable[[str], bool]
"""Whether a text, without a keyword, is a step that is defined or nearly one."""


def find(feature: Feature, lines: Sequence[str], is_step: IsStep) -> Overlooked | None:
    """The first thing in a feature that would be overlooked.

    Args:
        feature: as behave parsed it.
        lines: of its file.
        is_step: tells steps from ordinary text.
    """
    return min(_in_container(feature, lines, _Words(feature.language), is_step), default=None)


class _Words:
    """The keywords of a language."""

    def __init__(self, language: str) -> None:
        known = languages[language or "en"]
        self.steps = tuple(dict.fromkeys(word.strip() for kind in _STEP_KINDS for word in known[kind]))
        self.blocks = tuple(dict.fromkeys(word for kind in _BLOCK_KINDS for word in known[kind]))
        self.scenario = str(known["scenario"][-1])
        self.outline = str(known["scenario_outline"][0])

    def split(self, line: str) -> tuple[str, str]:
        """A line's step keyword and what follows it; the keyword is empty where there is none."""
        first, _, rest = line.partition(" ")
        return (first, rest.strip()) if first in self.steps else ("", line)

    def nearly_step(self, line: str) -> str:
        """The step keyword that the first word is a misspelling of, or nothing."""
        first = line.partition(" ")[0]
        return "" if first in self.steps else _nearest(first, [word for word in self.steps if word != "*"])

    def nearly_block(self, line: str) -> str:
        """The keyword of a block that the words before a line's colon are, or are a misspelling of, or nothing."""
        head, colon, _ = line.partition(":")
        plural = head not in self.blocks and head.casefold() in [f"{word}s".casefold() for word in self.blocks]
        return _nearest(head, self.blocks) if colon and not plural else ""

    def bare_block(self, line: str) -> str:
        """The keyword of a block that a line begins with, though no colon follows it; or nothing."""
        for word in sorted(self.blocks, key=len, reverse=True):
            if re.match(re.escape(word) + r"\b(?!\s*:)", line, re.IGNORECASE):
                return str(word)
        return ""


def _nearest(text: str, words: Sequence[str]) -> str:
    import difflib  # here, since only descriptions need it

    by_plain = {word.casefold(): word for word in words}
    plain = " ".join(text.split()).casefold()
    close = difflib.get_close_matches(plain, by_plain, n=1, cutoff=_ALIKE)
    return by_plain[close[0]] if close else ""


def _in_container(item: Container, lines: Sequence[str], words: _Words, is_step: IsStep) -> list[Overlooked]:
    """Of a feature or a rule and all that is in it."""
    found: list[Overlooked] = []
    if item.description:
        found += _in_prose(item, lines, words, is_step)
    if item.background and item.background.description:
        found += _before_steps(item.background, lines, words, is_step)
    for part in item.run_items:
        if isinstance(part, Rule):
            found += _in_container(cast(Container, part), lines, words, is_step)
            continue
        if part.description:
            found += _before_steps(cast(Scenario, part), lines, words, is_step)
        if isinstance(part, ScenarioOutline):
            found += _in_outline(cast(Outline, part), words)
    if not item.run_items and not found:
        told = f"This {item.type} has no scenarios: nothing of it runs"
        found.append(
            Overlooked(item.line, told, f"Write {words.scenario}: and a name above the steps of each scenario")
        )
    return found


def _in_outline(outline: Outline, words: _Words) -> Iterator[Overlooked]:
    if not outline.examples:
        fix = f"Add Examples: with a table below its steps, or write {words.scenario}: instead of {words.outline}:"
        yield Overlooked(outline.line, "This outline has no examples: nothing of it runs", fix)
    for examples in outline.examples:
        if examples.table is not None and not examples.table.rows:
            fix = "Add a row below the headings, or remove the examples"
            yield Overlooked(examples.line, "These examples have no rows: the outline does not run with them", fix)


def _in_prose(item: Item, lines: Sequence[str], words: _Words, is_step: IsStep) -> Iterator[Overlooked]:
    """Of the description of a feature or a rule: headings and steps that it has swallowed."""
    text = list(_description(item, lines))
    following = [line for _, line in text[1:]] + [""]
    for (number, line), below in zip(text, following, strict=True):
        yield from _heading(number, line, words, follows=bool(words.split(below)[0]) or is_step(below))
        keyword, sentence = words.split(line)
        if keyword and is_step(sentence):
            told = f"This step does not run: it is part of the {item.type}'s description"
            yield Overlooked(number, told, f"Write {words.scenario}: and a name above the steps of each scenario")


def _before_steps(
    item: Background | Scenario, lines: Sequence[str], words: _Words, is_step: IsStep
) -> Iterator[Overlooked]:
    """Of the description of a scenario or a background: headings, and steps whose keyword is misspelt or missing."""
    for number, line in _description(item, lines):
        yield from _heading(number, line, words, follows=False)
        meant = words.nearly_step(line)
        first, _, sentence = line.partition(" ")
        sure = is_step(sentence) or (not item.steps and first.casefold() not in _PROSE)
        if meant and sure:
            from apitest.language.blanks import odd_blank  # here, since only errors need it

            yield Overlooked(number, _NO_KEYWORD, odd_blank(first) or f"Did you mean {meant}?")
        elif is_step(line):
            yield Overlooked(number, _NO_KEYWORD, f"A step starts with {', '.join(words.steps[1:])} or *")


_NO_KEYWORD = "This step does not run: it does not start with a keyword, so it is part of a description"


def _heading(number: int, line: str, words: _Words, follows: bool) -> Iterator[Overlooked]:
    meant = words.nearly_block(line)
    bare = words.bare_block(line) if follows else ""
    if meant and line.startswith(f"{meant}:"):
        yield Overlooked(number, f"{meant}: is not allowed here, so this line is part of a description", _ONE_FEATURE)
    elif meant:
        told = f"This line and what is below it do not run: {line.partition(':')[0]}: is not a keyword"
        yield Overlooked(number, told, f"Did you mean {meant}:?")
    elif bare:
        told = f"This line and what is below it do not run: {bare} must be followed by a colon"
        yield Overlooked(number, told, f"Write {bare}: {line[len(bare) :].strip()}".rstrip())


_ONE_FEATURE = "A file holds one Feature:, with its rules and scenarios below it"


def _description(item: Item | Background, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines of a description, each with its number: they follow the item's own line, without comments."""
    number = item.line
    for text in item.description:
        while lines[number].strip() != text:
            number += 1
        number += 1
        yield number, text
