"""Words ahead of a sentence, or between two, that make another sentence of what is there."""

from collections.abc import Callable
from typing import NamedTuple

from apitest.language.grid import HERE, skeleton
from apitest.language.sentence import Sentence

Lookup = Callable[[str], tuple[Sentence, str] | None]
"""Finds the sentence that a skeleton is, and the wording that it uses."""


class Modifier(NamedTuple):
    """Words ahead of a sentence that say how it is run: ``within "{wait}" seconds {}``.

    Attributes:
        wording: the words, and ``{}`` for the sentence.
        wrap: makes the sentence that the words and another sentence are; None where they make no sense with it.
        told: a function whose docstring says what the words do, for the catalogue; None where that need not be said.
    """

    wording: str
    wrap: Callable[[str, Sentence], Sentence | None]
    told: Callable[..., object] | None = None

    @property
    def start(self) -> str:
        """The skeleton of the words."""
        return skeleton(self.wording).removesuffix(HERE)

    def find(self, words: str, find: Lookup) -> tuple[Sentence, str] | None:
        """The sentence that a skeleton is which starts with the words, and its wording."""
        inner = find(words[len(self.start) :]) if words.startswith(self.start) else None
        return self.of(*inner) if inner else None

    def of(self, sentence: Sentence, wording: str) -> tuple[Sentence, str] | None:
        """The words ahead of a sentence that was found in a wording."""
        made = self.wrap(self.wording, sentence)
        return (made, self.wording.replace(HERE, wording, 1)) if made else None


class Joint(NamedTuple):
    """Words between two sentences that make them one: ``{}, failing early if {}``.

    Attributes:
        words: those between them, in small letters.
        join: makes one sentence of the first and of the skeleton behind the words, which a function looks up, and has
            the wording of what is behind. None where they make no sense together.
        told: as of `Modifier`.
    """

    words: str
    join: Callable[[Sentence, str, Lookup], tuple[Sentence, str] | None]
    told: Callable[..., object] | None = None

    @property
    def wording(self) -> str:
        """The words between two sentences."""
        return f"{HERE}{self.words}{HERE}"

    def find(self, words: str, find: Lookup) -> tuple[Sentence, str] | None:
        """The sentence that a skeleton is which has the words in it, and its wording."""
        first, _, second = words.partition(self.words)
        found = find(first) if second else None
        return self.of(*found, second, find) if found else None

    def of(self, sentence: Sentence, wording: str, second: str, find: Lookup) -> tuple[Sentence, str] | None:
        """The words behind a sentence that was found in a wording, and ahead of a skeleton."""
        joined = self.join(sentence, second, find)
        return (joined[0], f"{wording}{self.words}{joined[1]}") if joined else None
