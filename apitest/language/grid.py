"""Sentences that are made of two halves: what is looked at, and what is said of it.

``path "{path}" {}`` is a beginning and ``starts with "{value}"`` an ending. A grid stands for all sentences that can
be made of its beginnings and endings; one is made when a step's text is first read as it, so that many hundred
sentences cost nothing at the start of a run.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar

from apitest.language.quotes import folded
from apitest.language.sentence import PARAMETER, Again, Sentence, docstring_parts

Function = TypeVar("Function", bound=Callable[..., object])

HERE = "{}"  # the place of the ending in a beginning


class Beginning(NamedTuple):
    """What sentences are about.

    Attributes:
        wordings: how they begin and, after ``{}``, how they end; the first one is shown in the catalogue.
        example: the first wording with values in it.
        function: what knows the subject; the grid's `combine` makes use of it.
        takes: the kinds of endings that make sense with it.
        name: what the catalogue calls it.
        raw: parameters that are not resolved before the step runs.
        again: how it can be looked at again; None where it stays as it is.
    """

    wordings: tuple[str, ...]
    example: str
    function: Callable[..., object]
    takes: frozenset[str]
    name: str
    raw: tuple[str, ...] = ()
    again: Again | None = None


class Ending(NamedTuple):
    """What is said of any subject that has it.

    Attributes:
        wordings: how it is written; the first one is shown in the catalogue.
        function: does it; its docstring ends with an example of the ending.
        kind: what a subject has to have for it to make sense.
        since: the first zato-apitest release that had it with some subject, or "apitest 0.1".
        negates: the first wording of the ending that holds where this one does not; empty for none.
    """

    wordings: tuple[str, ...]
    function: Callable[..., object]
    kind: str
    since: str
    negates: str = ""


Halves = tuple[Beginning, Ending]


class Cell(Sentence):
    """A sentence of a grid: one beginning with one ending."""

    __slots__ = ("before", "beginning", "ending")

    def __init__(
        self, keyword: str, wordings: Iterable[str], function: Callable[..., object], before: str, halves: Halves
    ) -> None:
        text, *aliases = wordings
        beginning, ending = halves
        super().__init__(keyword, text, tuple(aliases), function, ending.since, beginning.raw, again=beginning.again)
        self.before = before
        self.beginning, self.ending = beginning, ending

    @property
    def topic(self) -> str:
        """The module of the ending, as in "predicates.text": sentences that say the same stand together."""
        return ".".join(self.ending.function.__module__.split(".")[-2:])

    @property
    def description(self) -> str:
        """What the ending does."""
        return " ".join(docstring_parts(self.ending.function)[0].split())

    @property
    def example(self) -> str:
        """The example of the beginning with that of the ending."""
        said, _, below = docstring_parts(self.ending.function)[1].partition("\n")
        return self.before + self.beginning.example.replace(HERE, said, 1) + (f"\n{below}" if below else "")

    @property
    def places(self) -> tuple[Callable[..., object], ...]:
        """The functions of the ending and of the beginning."""
        return self.ending.function, self.beginning.function


class Declarations:
    """Takes endings in, as a decorator of their functions.

    Attributes:
        endings: those declared so far, in their order.
    """

    def __init__(self) -> None:
        self.endings: list[Ending] = []

    def __call__(
        self, wording: str, *aliases: str, of: str, since: str = "apitest 0.1", negates: str = ""
    ) -> Callable[[Function], Function]:
        """Declares a function as what a sentence says of a subject.

        Args:
            wording: what stands for ``{}`` in a beginning, its parameters in braces within quotes.
            aliases: other wordings with the same parameters.
            of: what a subject has to have for it to make sense.
            since: the first zato-apitest release that had it with some subject.
            negates: the wording of the ending, with the same parameters, that holds where this one does not.
        """

        def take(function: Function) -> Function:
            self.endings.append(Ending((wording, *aliases), function, str(of), since, negates))
            return function

        return take


class Endings:
    """Endings by what they say, values left out."""

    def __init__(self, endings: Iterable[Ending]) -> None:
        self.all = list(endings)

    @cached_property
    def by_skeleton(self) -> dict[str, list[tuple[Ending, str]]]:
        """The endings, each with its wording; those of different kinds may be worded alike."""
        found: dict[str, list[tuple[Ending, str]]] = {}
        for ending in self.all:
            for wording in ending.wordings:
                found.setdefault(skeleton(wording), []).append((ending, wording))
        return found

    @cached_property
    def _opposites(self) -> dict[str, Ending]:
        by_wording = {ending.wordings[0]: ending for ending in self.all}
        found = {}
        for ending in filter(lambda each: each.negates, self.all):
            found[ending.negates] = ending
            found[ending.wordings[0]] = by_wording[ending.negates]
        return found

    def opposite(self, ending: Ending) -> Ending | None:
        """The ending that holds where this one does not; None where there is none."""
        return self._opposites.get(ending.wordings[0])

    def find(self, words: str, takes: frozenset[str]) -> tuple[Ending, str] | None:
        """The ending that a subject has which takes these kinds, and its wording."""
        for ending, wording in self.by_skeleton.get(words, ()):
            if ending.kind in takes:
                return ending, wording
        return None


class _Start(NamedTuple):
    prefix: str
    suffix: str
    wording: str
    beginning: Beginning


class Grid:
    """All sentences of some beginnings and endings.

    Args:
        keyword: of its sentences.
        beginnings: what they are about.
        endings: what is said.
        combine: makes a step's function of a beginning and an ending; called with the context and the parameters.
        before: words ahead of every beginning, such as "each item of ".
        listed: whether the catalogue has its sentences; not where they only vary those of another grid.
    """

    def __init__(
        self,
        keyword: str,
        beginnings: Iterable[Beginning],
        endings: Endings,
        combine: Callable[[Beginning, Ending], Callable[..., object]],
        before: str = "",
        listed: bool = True,
    ) -> None:
        self.listed = listed
        self.keyword = keyword
        self.beginnings = list(beginnings)
        self.endings = endings
        self._combine = combine
        self.before = before
        self._made: dict[tuple[int, int], Cell] = {}
        self._by_word: dict[str, list[_Start]] = {}

    def find(self, words: str) -> tuple[Cell, str] | None:
        """The sentence that a skeleton is, and the wording that it uses."""
        if not words.startswith(self.before.casefold()):
            return None
        for prefix, suffix, wording, beginning in self._likely(words.partition(" ")[0]):
            if words.startswith(prefix) and words.endswith(suffix) and len(words) > len(prefix) + len(suffix):
                middle = words[len(prefix) : len(words) - len(suffix)]
                found = self.endings.find(middle, beginning.takes)
                if found:
                    return self._cell(beginning, found[0]), self.before + wording.replace(HERE, found[1], 1)
        return None

    def _likely(self, word: str) -> list[_Start]:
        """Of the beginnings, those that begin with a word, in their order: most have another one."""
        if not self._by_word:
            every = [self._start(wording, beginning) for beginning in self.beginnings for wording in beginning.wordings]
            first = [start.prefix.partition(" ")[0] if " " in start.prefix else "" for start in every]
            pairs = list(zip(first, every, strict=True))
            self._by_word = {word: [start for own, start in pairs if own in ("", word)] for word in {"", *first}}
        return self._by_word.get(word, self._by_word[""])

    def _start(self, wording: str, beginning: Beginning) -> _Start:
        prefix, _, suffix = skeleton(self.before + wording).partition(HERE)
        return _Start(prefix, suffix, wording, beginning)

    def cells(self) -> Iterator[Cell]:
        """All sentences, those of one ending together."""
        for ending in self.endings.all:
            for beginning in self.beginnings:
                if ending.kind in beginning.takes:
                    yield self._cell(beginning, ending)

    def _cell(self, beginning: Beginning, ending: Ending) -> Cell:
        key = id(beginning), id(ending)
        if key not in self._made:
            texts = (
                self.before + wording.replace(HERE, words, 1)
                for wording in beginning.wordings
                for words in ending.wordings
            )
            function = self._combine(beginning, ending)
            self._made[key] = Cell(self.keyword, texts, function, self.before, (beginning, ending))
        return self._made[key]


def skeleton(wording: str) -> str:
    """A wording without its parameters' names, as texts are compared with it."""
    return folded(PARAMETER.sub('""', wording))


def parameters(wording: str) -> tuple[str, ...]:
    """The names of a wording's parameters, in their order."""
    return tuple(PARAMETER.findall(wording))
