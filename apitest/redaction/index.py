"""PURE: which of thousands of secrets may stand in a text, without looking for them one by one."""

from collections.abc import Iterable
from functools import lru_cache

from apitest.expressions import expression
from apitest.redaction import spellings
from apitest.redaction.spellings import PIECE, SHORTEST

_HEXADECIMAL = expression(r"(?:[0-9A-Fa-f]{2}(?:[\s:,-]{1,3}(?:0x)?)?){4}")
_STRANGERS = 64  # secrets that are kept although nobody asks for them

# By the first characters of a text: the text, and whose secret it is. No regular expression: a run learns secrets all
# the time, and to compile one of all of them takes longer each time.
_Parts = dict[str, list[tuple[str, str]]]


class Index:
    """Grows with the secrets that are asked for. Several threads may ask at a time."""

    def __init__(self) -> None:
        self._grown = _Grown()

    def candidates(self, text: str, secrets: frozenset[str]) -> set[str]:
        """The secrets of which a part stands in a text; no others can be in it.

        Args:
            text: any text.
            secrets: of ``SHORTEST`` characters at least.
        """
        grown = self._grown
        if secrets is not grown.last:
            if len(grown.known) > 2 * len(secrets) + _STRANGERS:
                grown = _Grown()
            grown.learn(secrets)
            self._grown = grown
        found = _held(text, grown.literals)
        if grown.digits and _HEXADECIMAL.search(text) is not None:
            found |= _held(spellings.squeezed(text), grown.digits)
        return found & secrets if found else found


class _Grown:
    """Secrets, and what stands in texts that hold them. Nothing of it is ever taken away.

    Attributes:
        last: the secrets that were asked for last; all of them are known.
        known: all of them; of each its literals, and its digits in hexadecimal.
    """

    def __init__(self) -> None:
        self.last: frozenset[str] = frozenset()
        self.known: set[str] = set()
        self.literals: _Parts = {}
        self.digits: _Parts = {}

    def learn(self, secrets: frozenset[str]) -> None:
        """Adds those that are not known."""
        for secret in secrets - self.known:
            _add(self.literals, parts(secret), secret)
            _add(self.digits, spellings.digits(secret), secret)
            self.known.add(secret)
        self.last = secrets


def _add(to: _Parts, texts: Iterable[str], secret: str) -> None:
    for text in texts:
        to.setdefault(text[:SHORTEST], []).append((text, secret))


def _held(text: str, known: _Parts) -> set[str]:
    """Whose parts stand in a text. What another thread adds meanwhile is found or not; nobody has asked for it here."""
    if len(known) > len(text):
        here = {text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)}
        those = [pair for beginning in here for pair in known.get(beginning, ())]
    else:
        those = [pair for beginning, pairs in tuple(known.items()) if beginning in text for pair in pairs]
    return {secret for part, secret in those if part in text}


@lru_cache(maxsize=8192)
def parts(secret: str) -> frozenset[str]:
    """The spellings of a secret; of a long one its pieces, of which each stands where the whole does."""
    found: set[str] = set()
    for spelling in (*spellings.plain(secret), *spellings.in_base64(secret)):
        starts = range(0, len(spelling) - PIECE, PIECE)
        found.update((spelling[at : at + PIECE] for at in starts) if starts else (spelling,))
    return frozenset(found)


INDEX = Index()
"""That of a run, whose secrets are asked for in one text after the other."""
