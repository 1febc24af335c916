"""Whether two sentences can mean the same: what a correction must never change."""

from collections import Counter

_NEGATIONS = frozenset(("not", "no", "none", "never", "without", "nothing"))
# Words that decide what is compared, and how. A slip of the pen in one of them still counts as it.
_DECISIVE = (
    *sorted(_NEGATIONS),
    *("less", "greater", "least", "most", "between", "before", "after", "starts", "ends", "start", "end", "equal"),
    *("contains", "contain", "any", "all", "each", "one", "true", "false", "null", "empty", "exists", "exist"),
    *("integer", "float", "string", "list", "dict", "uuid", "date", "order", "plus", "minus", "within", "never"),
    *("descending", "sorted", "unique", "matches", "match", "json", "minimum", "maximum"),
)
_ALIKE = {"contain": "contains", "exist": "exists", "match": "matches", "start": "starts", "end": "ends"}
_ONE_LETTER_OFF = 0.8


def same_meaning(one: str, other: str) -> bool:
    """Whether neither skeleton has a negation, a comparison or a value that the other one has not."""
    return one.count('""') == other.count('""') and _decisive(one) == _decisive(other)


def _decisive(skeleton: str) -> Counter[str]:
    words = skeleton.replace("n't", " not").replace('""', " ").split()
    return Counter(found for word in words if (found := _meant(word)))


def _meant(word: str) -> str:
    """The decisive word that a word is, or is nearly; empty where it is another."""
    plain = word.strip(",.:;").removesuffix("(").casefold()
    if plain in _DECISIVE:
        return _ALIKE.get(plain, plain)
    if len(plain) < 4:
        return ""
    import difflib  # here, since only errors need it

    close = difflib.get_close_matches(plain, [word for word in _DECISIVE if len(word) > 3], n=1, cutoff=_ONE_LETTER_OFF)
    return _ALIKE.get(close[0], close[0]) if close else ""
