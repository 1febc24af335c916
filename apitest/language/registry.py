"""The sentences of the built-in steps: how they are declared and how a step's text finds its sentence.

A parameter of a built-in sentence always stands in quotes. So the text of a step, with everything in quotes
taken out, is the key of a dictionary; only where a value holds quotes itself are the patterns tried, the one with
the most literal text first.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

_QUOTED = re.compile(r'"([^"]*)"')
_PARAMETER = re.compile(r'"\{(\w+)\}"')
_CONTRACTIONS = (("is not", "isn't"), ("does not", "doesn't"))
_A_SLIP = 0.85  # of the ratio that difflib gives two texts, from 0 to 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One built-in step.

    Attributes:
        keyword: "given", "when" or "then".
        text: the sentence with its parameters, such as ``path "{path}" is "{value}"``.
        aliases: other wordings of the same step, with the same parameters.
        function: called with behave's context and the parameters by name.
        since: the first zato-apitest release that had it, or "apitest 0.1".
        raw: parameters that the step is given as they stand in the text, since it resolves them part by part.
    """

    keyword: str
    text: str
    aliases: tuple[str, ...]
    function: Callable[..., Any]
    since: str
    raw: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        """What the step is about, the first word of its module's name: "http", "json", "sql" …."""
        return self.function.__module__.rpartition(".")[2].partition("_")[0]

    @property
    def description(self) -> str:
        """What the step does: its docstring up to "Example:", as one paragraph."""
        return " ".join(_docstring_parts(self.function)[0].split())

    @property
    def example(self) -> str:
        """How it is written in a .feature file, without keyword; may go on with a table or a doc string."""
        return _docstring_parts(self.function)[1]


class Found(NamedTuple):
    """A step's text, matched: the sentence, the parameters by name as they stand in the text, the wording it uses."""

    sentence: Sentence
    arguments: dict[str, str]
    wording: str


def _docstring_parts(function: Callable[..., Any]) -> tuple[str, str]:
    import inspect

    description, _, example = (inspect.getdoc(function) or "").partition("Example:")
    return description.strip(), inspect.cleandoc(example)


@dataclass(slots=True)
class _Pattern:
    """One wording of a sentence; compiled when first tried."""

    sentence: Sentence
    wording: str
    names: tuple[str, ...]
    literal: int
    regex: re.Pattern[str] | None = field(default=None)

    def match(self, text: str) -> Found | None:
        if self.regex is None:
            parts = _PARAMETER.split(self.wording)
            pieces = [re.escape(part) if i % 2 == 0 else '"(.*?)"' for i, part in enumerate(parts)]
            self.regex = re.compile("".join(pieces), re.DOTALL | re.IGNORECASE)
        found = self.regex.fullmatch(text)
        return self.found(found.groups()) if found else None

    def found(self, values: Iterable[str]) -> Found:
        return Found(self.sentence, dict(zip(self.names, values, strict=True)), self.wording)


class Registry:
    """All built-in sentences; finds the one that a step's text is written in."""

    def __init__(self) -> None:
        self.sentences: list[Sentence] = []
        self._by_skeleton: dict[str, dict[str, _Pattern]] = {"given": {}, "when": {}, "then": {}}
        self._by_start: dict[str, list[_Pattern]] = {}

    def add(self, sentence: Sentence) -> None:
        """Takes a sentence in, with its aliases and their contractions (is not, isn't).

        Raises:
            ValueError: a mistake in a step module, a parameter without quotes or a wording declared before.
        """
        self.sentences.append(sentence)
        for wording in wordings(sentence):
            names = tuple(_PARAMETER.findall(wording))
            literal = _PARAMETER.sub('""', wording)
            if "{" in literal:
                raise ValueError(f"a parameter stands outside quotes: {wording}")
            pattern = _Pattern(sentence, wording, names, len(literal))
            folded = literal.casefold()
            if folded in self._by_skeleton[sentence.keyword]:
                raise ValueError(f"declared twice: {wording}")
            self._by_skeleton[sentence.keyword][folded] = pattern
            start = self._by_start.setdefault(folded.partition('"')[0], [])
            start.append(pattern)
            start.sort(key=lambda p: -p.literal)

    def find(self, keyword: str, text: str) -> Found | None:
        """The sentence that ``text`` is written in, or None.

        The keyword chooses among sentences worded alike; otherwise any keyword may introduce any sentence.
        """
        skeleton = _QUOTED.sub('""', text).casefold()
        for kind in (keyword, "given", "when", "then"):
            pattern = self._by_skeleton.get(kind, {}).get(skeleton)
            if pattern is not None:
                return pattern.found(_QUOTED.findall(text))
        candidates = self._by_start.get(text.partition('"')[0].casefold(), ())
        matches = ((p, p.match(text)) for p in candidates)
        found = [(p, match) for p, match in matches if match]
        if not found:  # a colon often announces the table or the text below a step
            return self.find(keyword, text[:-1]) if text.endswith(":") else None
        # The most literal text wins; among equals, the step's own keyword.
        return max(found, key=lambda pm: (pm[0].literal, pm[0].sentence.keyword == keyword))[1]

    def near(self, text: str, limit: int = 3) -> list[str]:
        """The sentences nearest to ``text``, each with the text's own values where they fit, best first."""
        import difflib  # here, since only errors need it

        values = _QUOTED.findall(text)
        skeleton = _QUOTED.sub('""', text).casefold()
        known = {literal: p for patterns in self._by_skeleton.values() for literal, p in patterns.items()}
        close = difflib.get_close_matches(skeleton, known, n=len(known), cutoff=0.6)
        best: dict[int, str] = {}  # of the wordings of one sentence, the nearest
        for literal in close:
            best.setdefault(id(known[literal].sentence), known[literal].wording)
        return [_filled(wording, values) for wording in list(best.values())[:limit]]

    @staticmethod
    def is_nearly(text: str, wording: str) -> bool:
        """Whether a step's text differs from a wording by no more than a slip of the pen, values left aside."""
        import difflib

        skeletons = [_QUOTED.sub('""', part).casefold() for part in (text, wording)]
        return difflib.SequenceMatcher(None, skeletons[0], skeletons[1]).ratio() >= _A_SLIP


def wordings(sentence: Sentence) -> list[str]:
    """Every way in which a sentence can be written: its text, its aliases, and their contractions."""
    all_wordings: list[str] = []
    for wording in (sentence.text, *sentence.aliases):
        all_wordings.append(wording)
        outside = _PARAMETER.split(wording)[::2]
        for long, short in _CONTRACTIONS:
            if any(re.search(rf"\b{long}\b", part) for part in outside):
                all_wordings.append(re.sub(rf"\b{long}\b", short, wording, count=1))
    return list(dict.fromkeys(all_wordings))


def _filled(wording: str, values: list[str]) -> str:
    if len(_PARAMETER.findall(wording)) != len(values):
        return wording
    remaining = iter(values)
    return _PARAMETER.sub(lambda _: f'"{next(remaining)}"', wording)


REGISTRY = Registry()


def _declare(keyword: str) -> Callable[..., Callable[[Function], Function]]:
    def sentence(
        text: str, *aliases: str, since: str = "apitest 0.1", raw: tuple[str, ...] = ()
    ) -> Callable[[Function], Function]:
        def take(function: Function) -> Function:
            REGISTRY.add(Sentence(keyword, text, aliases, function, since, raw))
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
    REGISTRY.sentences.sort(key=lambda sentence: order.get(sentence.function.__module__, len(order)))
    return REGISTRY
