"""The sentences of the built-in steps: how they are declared and how a step's text finds its sentence.

A parameter of a built-in sentence always stands in quotes. So the text of a step, with everything in quotes
taken out, is the key of a dictionary, or is cut into the two halves of a sentence of a grid.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property, partial
from typing import NamedTuple, TypeVar

from apitest.language import quotes
from apitest.language.grid import HERE, Grid, parameters, skeleton
from apitest.language.meaning import same_meaning
from apitest.language.modifiers import Joint, Modifier
from apitest.language.sentence import PARAMETER, Again, Sentence, contracted, wordings

__all__ = [
    "REGISTRY",
    "Found",
    "Joint",
    "Modifier",
    "Registry",
    "Sentence",
    "given",
    "load",
    "then",
    "when",
    "wordings",
]

Function = TypeVar("Function", bound=Callable[..., object])

_COMPARED = 200  # wordings that difflib compares a text with
_A_SLIP = 0.85  # of the ratio that difflib gives two texts, from 0 to 1
_KEYWORDS = ("given", "when", "then")


_Written = tuple[Sentence, str, str]  # A sentence, one of its wordings, and the skeleton of that


class Found(NamedTuple):
    """A step's text, matched: the sentence, the parameters by name as they stand in the text, the wording it uses."""

    sentence: Sentence
    arguments: dict[str, str]
    wording: str


class Registry:
    """All built-in sentences; finds the one that a step's text is written in."""

    def __init__(self) -> None:
        self.declared: list[Sentence] = []
        self.grids: list[Grid] = []
        self.modifiers: list[Modifier] = []
        self.joints: list[Joint] = []
        self._by_skeleton: dict[str, dict[str, tuple[Sentence, str]]] = {keyword: {} for keyword in _KEYWORDS}
        self._of_grids: tuple[int, list[_Written]] = 0, []  # Of so many grids

    @property
    def sentences(self) -> list[Sentence]:
        """Every sentence of the catalogue, those of the grids after the others."""
        return [*self.declared, *(cell for grid in self.grids if grid.listed for cell in grid.cells())]

    @cached_property
    def words(self) -> list[Sentence]:
        """The words ahead of sentences and between them, as the catalogue tells of them."""
        known: list[Modifier | Joint] = [*self.modifiers, *self.joints]
        told = [(each.wording.replace(HERE, "…"), each.told) for each in known]
        return [Sentence("then", wording, (), function, "apitest 0.1") for wording, function in told if function]

    def add(self, sentence: Sentence) -> None:
        """Takes a sentence in, with its aliases.

        Raises:
            ValueError: a mistake in a step module, a parameter without quotes or a wording declared before.
        """
        self.declared.append(sentence)
        known = self._by_skeleton[sentence.keyword]
        for wording in (sentence.text, *sentence.aliases):
            literal = skeleton(wording)
            if "{" in literal:
                raise ValueError(f"a parameter stands outside quotes: {wording}")
            if literal in known:
                raise ValueError(f"declared twice: {wording}")
            known[literal] = sentence, wording

    def find(self, keyword: str, text: str) -> Found | None:
        """The sentence that ``text`` is written in, or None.

        The keyword chooses among sentences worded alike; otherwise any keyword may introduce any sentence.
        """
        for reading in quotes.readings(text):
            found = self._find(keyword, reading.skeleton)
            if found is not None:
                sentence, wording = found
                arguments = dict(zip(parameters(wording), reading.values, strict=True))
                return Found(sentence, arguments, contracted(wording, text))
        # A colon often announces the table or the text below a step.
        return self.find(keyword, text[:-1]) if text.endswith(":") else None

    def _find(self, keyword: str, words: str) -> tuple[Sentence, str] | None:
        for kind in (keyword, *_KEYWORDS):
            declared = self._by_skeleton.get(kind, {}).get(words)
            if declared is not None:
                return declared
        for grid in self.grids:
            cell = grid.find(words)
            if cell is not None:
                return cell
        return self._modified(keyword, words)

    def _modified(self, keyword: str, words: str) -> tuple[Sentence, str] | None:
        find = partial(self._find, keyword)
        for modifier in self.modifiers:
            if found := modifier.find(words, find):
                return found
        return next(filter(None, (joint.find(words, find) for joint in self.joints)), None)

    def opposite(self, sentence: Sentence) -> Sentence | None:
        """The sentence, not of a grid, that holds where this one does not; None where there is none."""
        for other in self.declared:
            if other.negates == sentence.text or (sentence.negates and sentence.negates == other.text):
                return other
        found = self._find(sentence.keyword, skeleton(sentence.negates)) if sentence.negates else None
        return found[0] if found else None

    def find_loosely(self, text: str) -> Found | None:
        """The sentence that a text with quotes inside its values is written in, were they allowed there, or None."""
        if text.count('"') < 3:
            return None
        from apitest.language import loosely  # here, since few texts need it

        start = quotes.folded(text.partition('"')[0])
        written = {wording: sentence for sentence, wording, _ in self._wordings(start)}
        found = loosely.read(text, written)
        if found is None:
            return None
        wording, values = found
        return Found(written[wording], dict(zip(parameters(wording), values, strict=True)), contracted(wording, text))

    def find_as_behave(self, text: str) -> Found | None:
        """The same where quotes inside values can be nothing but parts of them, as behave's own matching has it."""
        from apitest.language import loosely  # here, since few texts need it

        found = self.find_loosely(text)
        return found if found and all(map(loosely.is_paired, found.arguments.values())) else None

    def near(self, text: str, limit: int = 3) -> list[str]:
        """The sentences nearest to ``text`` that mean the same, each with the text's own values, best first."""
        words, values = quotes.plain(text)
        found = self._nearest(words, limit)
        return [_filled(wording, values) for _, wording in found]

    def _nearest(self, words: str, limit: int) -> list[tuple[Sentence, str]]:
        modified = [*self._nearly_joined(words, limit), *self._nearly_modified(words, limit)]
        if modified:
            return modified[:limit]
        import difflib  # here, since only errors need it

        known: dict[str, tuple[Sentence, str]] = {}
        for sentence, wording, literal in self._wordings(words.partition('"')[0]):
            known.setdefault(literal, (sentence, wording))
        close = difflib.get_close_matches(words, _likely(words, known), n=_COMPARED, cutoff=0.6)
        best: dict[int, tuple[Sentence, str]] = {}  # of the wordings of one sentence, the nearest
        for literal in close:
            if same_meaning(words, literal):
                best.setdefault(id(known[literal][0]), known[literal])
            if len(best) == limit:
                break
        return list(best.values())

    def _nearly_modified(self, words: str, limit: int) -> Iterator[tuple[Sentence, str]]:
        """Sentences with words ahead of them where either of both is nearly so."""
        for modifier in self.modifiers:
            joint = modifier.start.rpartition('"')[2]
            ahead, _, rest = words.partition(joint)
            if rest and self.is_nearly(ahead + joint, modifier.start):
                exact = self._find("then", rest)
                for found in [exact] if exact else self._nearest(rest, limit):
                    yield from filter(None, [modifier.of(*found)])

    def _nearly_joined(self, words: str, limit: int) -> Iterator[tuple[Sentence, str]]:
        """Two sentences with words between them where either is nearly so."""
        find = partial(self._find, "then")
        for joint, first, second in self._parted(words):
            exact = find(first)
            for found in [exact] if exact else self._nearest(first, limit):
                is_exact = joint.join(found[0], second, find)
                behind = [second] if is_exact else [skeleton(wording) for _, wording in self._nearest(second, limit)]
                yield from filter(None, (joint.of(*found, each, find) for each in behind))

    def _parted(self, words: str) -> Iterator[tuple[Joint, str, str]]:
        """What is ahead of the words of a joint, or of words nearly so, and what is behind them."""
        for joint in self.joints:
            separator, *of_joint = joint.words.split(" ")
            first, _, rest = words.partition(f"{separator} ")
            said = rest.split(" ", len(of_joint) - 1)
            if len(said) == len(of_joint) and self.is_nearly(" ".join(said[:-1]), " ".join(of_joint[:-1])):
                yield joint, first, said[-1]

    def _wordings(self, start: str) -> Iterator[_Written]:
        """All wordings; of the sentences of a grid, those that begin like this, if there are any."""
        for sentences in self._by_skeleton.values():
            yield from ((*declared, literal) for literal, declared in sentences.items())
        likely = [written for written in self._in_grids() if written[2].startswith(start)] if start else []
        yield from likely or self._in_grids()

    def _in_grids(self) -> list[_Written]:
        """Those of all grids, made when the first error needs them: they are thousands."""
        if self._of_grids[0] != len(self.grids):
            cells = (cell for grid in self.grids for cell in grid.cells())
            self._of_grids = (
                len(self.grids),
                [(cell, wording, skeleton(wording)) for cell in cells for wording in _texts(cell)],
            )
        return self._of_grids[1]

    @staticmethod
    def is_nearly(text: str, wording: str) -> bool:
        """Whether a step's text differs from a wording by no more than a slip of the pen, values left aside."""
        import difflib

        one, other = (quotes.plain(part).skeleton for part in (text, wording))
        return same_meaning(one, other) and difflib.SequenceMatcher(None, one, other).ratio() >= _A_SLIP


def _likely(words: str, known: Collection[str]) -> Collection[str]:
    """The wordings that share most words with a text: difflib takes too long to compare it with all of a grid's."""
    if len(known) <= _COMPARED:
        return known
    wanted, length = set(words.split()), len(words)
    return heapq.nlargest(
        _COMPARED, known, key=lambda each: (len(wanted.intersection(each.split())), -abs(len(each) - length))
    )


def _texts(sentence: Sentence) -> tuple[str, ...]:
    return (sentence.text, *sentence.aliases)


def _filled(wording: str, values: Iterable[str]) -> str:
    remaining = iter(values)
    return PARAMETER.sub(lambda _: f'"{next(remaining)}"', wording)


REGISTRY = Registry()


def _declare(keyword: str) -> Callable[..., Callable[[Function], Function]]:
    def sentence(
        text: str,
        *aliases: str,
        since: str = "apitest 0.1",
        raw: tuple[str, ...] = (),
        waits: Collection[Callable[..., object]] = (),
        again: Again | None = None,
        negates: str = "",
    ) -> Callable[[Function], Function]:
        def take(function: Function) -> Function:
            REGISTRY.add(Sentence(keyword, text, aliases, function, since, raw, waits, again, negates))
            return function

        return take

    return sentence


given = _declare("given")
when = _declare("when")
then = _declare("then")


def load(modules: Iterable[str]) -> Registry:
    """Imports the step modules, which declare their sentences in REGISTRY, and returns it."""
    from importlib import import_module

    order = {name: place for place, name in enumerate(modules)}
    for module in order:
        import_module(module)
    # Modules import each other, and tests import some of them by themselves: the catalogue's order stays.
    REGISTRY.declared.sort(key=lambda sentence: order.get(sentence.function.__module__, len(order)))
    return REGISTRY
