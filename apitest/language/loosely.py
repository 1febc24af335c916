r"""PURE: texts with quotes inside their values, read as behave reads them: a value ends where the sentence goes on.

``header "ETag" is "W/"abc""`` makes sense in this reading only. Features that were written for zato-apitest have such
steps, since that tool knew no other reading; in any other project a quote inside a value has to be written ``\"``.
"""

import re
from collections.abc import Iterable

from apitest.language.sentence import PARAMETER

_CONTRACTED = (("is not", "(?:is not|isn't)"), ("does not", "(?:does not|doesn't)"))


def read(text: str, wordings: Iterable[str]) -> tuple[str, tuple[str, ...]] | None:
    """The wording that a text is written in and its values; None if it is written in none of them.

    Args:
        text: of a step.
        wordings: sentences with their parameters; of several that fit, the one with most words of its own is meant.
    """
    small = _written_out(text.casefold())
    likely = [wording for wording in wordings if _has_words_of(wording, small)]
    for wording in sorted(likely, key=lambda each: -sum(map(len, _outside(each)))):
        pattern = '"(.+?)"'.join(map(_pattern, _outside(wording)))
        found = re.fullmatch(pattern, text, re.DOTALL | re.IGNORECASE)
        if found:
            return wording, found.groups()
    return None


def is_paired(value: str) -> bool:
    """Whether quotes inside a value belong to it: each opens ahead of a word or closes behind one, in pairs.

    Those of ``is not "a" or "b"`` and ``is not one of "a","b"`` do not: the first of them ends a value.
    """
    parts = value.split('"')
    inside, others = parts[1::2], parts[2::2]
    return len(inside) == len(others) and all(map(_is_said, inside))


def _is_said(part: str) -> bool:
    """Whether a part between two quotes is something that was put in quotes, not what stands between two values."""
    return not part or (part == part.strip() and any(map(str.isalnum, part)))


def _outside(wording: str) -> list[str]:
    return PARAMETER.split(wording)[::2]


def _pattern(words: str) -> str:
    """What reads some words of a sentence, contracted or not."""
    escaped = re.escape(words).replace("\\ ", " ")
    for long, either in _CONTRACTED:
        escaped = escaped.replace(long, either)
    return escaped


def _has_words_of(wording: str, text: str) -> bool:
    """Whether what a wording has between its values comes in a text in small letters, in that order."""
    at = 0  # That is found out much faster than a pattern is compiled, and thousands of wordings are tried
    for part in _outside(wording.casefold()):
        at = text.find(part, at) + len(part)
        if at < len(part):
            return False
    return True


def _written_out(text: str) -> str:
    """A text without contractions."""
    return re.sub(r"\bisn't\b", "is not", re.sub(r"\bdoesn't\b", "does not", text))
