"""One sentence that steps can be written in."""

import re
from collections.abc import Callable, Collection
from copy import copy
from functools import cache
from typing import NamedTuple, Self

from apitest.expressions import expression

PARAMETER = expression(r'"\{(\w+)\}"')
_STORED = expression(r'\b(?:under(?: Zato)?|as) "\{(name|conn_name)\}"')
_CONTRACTIONS = (("is not", "isn't"), ("does not", "doesn't"))


class Again(NamedTuple):
    """How what a check looks at can be had anew, so that the check can be repeated.

    Attributes:
        start: called with the context before the first look; raises where there is nothing to look at.
        renew: called with the context and the seconds that are left, before each further look; false where nothing
            new came in that time.
        pauses: whether to pause between two looks; not where `renew` itself waits for something new.
    """

    start: Callable[..., object]
    renew: Callable[..., bool]
    pauses: bool = True


class Sentence:
    """One built-in step; nobody changes one.

    Args:
        keyword: "given", "when" or "then".
        text: the sentence with its parameters, such as ``path "{path}" is "{value}"``.
        aliases: other wordings of the same step, with the same parameters.
        function: called with behave's context and the parameters by name.
        since: the first zato-apitest release that had it, or "apitest 0.1".
        raw: parameters that the step is given as they stand in the text, since it resolves them part by part.
        waits: of a step that waits by itself, what finds the subjects of what it looks at meanwhile; empty for others.
            With ``within "{wait}" seconds`` ahead, its function takes `wait`; with a check of such a subject that ends
            the wait, `early`.
        again: how what it looks at can be had anew; None where it stays as it is.
        negates: the wording of a sentence with as many parameters that holds where this one does not; empty for none.
    """

    __slots__ = ("again", "aliases", "function", "keyword", "negates", "raw", "since", "text", "waits")

    def __init__(
        self,
        keyword: str,
        text: str,
        aliases: tuple[str, ...],
        function: Callable[..., object],
        since: str,
        raw: tuple[str, ...] = (),
        waits: Collection[Callable[..., object]] = (),
        again: Again | None = None,
        negates: str = "",
    ) -> None:
        self.keyword, self.text, self.aliases, self.function = keyword, text, aliases, function
        self.since, self.raw, self.waits, self.again, self.negates = since, raw, waits, again, negates

    def changed(self, **fields: object) -> Self:
        """The same sentence but for these fields."""
        made = copy(self)
        for name, value in fields.items():
            setattr(made, name, value)
        return made

    @property
    def checks(self) -> bool:
        """Whether it checks something, as sentences for Then do, but for those that begin with what "I" do."""
        return self.keyword == "then" and not self.text.startswith("I ")

    @property
    def stores(self) -> str:
        """The parameter with the name of the variable or connection that it stores; empty if it stores none."""
        found = _STORED.search(self.text)
        return found[1] if found else ""

    @property
    def topic(self) -> str:
        """What the step is about, the first word of its module's name: "http", "json", "sql" …."""
        return self.function.__module__.rpartition(".")[2].partition("_")[0]

    @property
    def description(self) -> str:
        """What the step does: its docstring up to "Example:", as one paragraph."""
        return " ".join(docstring_parts(self.function)[0].split())

    @property
    def example(self) -> str:
        """How it is written in a .feature file, without keyword; may go on with a table or a doc string."""
        return docstring_parts(self.function)[1]

    @property
    def places(self) -> tuple[Callable[..., object], ...]:
        """The functions to read for what the step does."""
        return (self.function,)


@cache
def docstring_parts(function: Callable[..., object]) -> tuple[str, str]:
    """What a step's docstring says, and its example."""
    import inspect

    description, _, example = (inspect.getdoc(function) or "").partition("Example:")
    return description.strip(), inspect.cleandoc(example)


def wordings(sentence: Sentence) -> list[str]:
    """Every way in which a sentence can be written: its text, its aliases, and their contractions."""
    all_wordings: list[str] = []
    for wording in (sentence.text, *sentence.aliases):
        all_wordings.append(wording)
        outside = PARAMETER.split(wording)[::2]
        for long, short in _CONTRACTIONS:
            if any(re.search(rf"\b{long}\b", part) for part in outside):
                all_wordings.append(re.sub(rf"\b{long}\b", short, wording, count=1))
    return list(dict.fromkeys(all_wordings))


def contracted(wording: str, text: str) -> str:
    """A wording with the contractions that a step's text uses."""
    for long, short in _CONTRACTIONS:
        if short in text.casefold():
            wording = re.sub(rf"\b{long}\b", short, wording, count=1)
    return wording
