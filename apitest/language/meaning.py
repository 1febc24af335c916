"""Whether two sentences can mean the same: what a correction must never change."""

from collections import Counter
from functools import lru_cache

from apitest.expressions import expression

# Words that decide what is compared, with what and how. A slip of the pen in one of them still counts as it.
_DECISIVE = frozenset(
    (
        *("not", "no", "none", "never", "without", "nothing", "only", "and", "or", "in", "on", "off", "by"),
        *("less", "greater", "least", "most", "between", "before", "after", "starts", "ends", "equal"),
        *("contains", "any", "all", "each", "one", "item", "true", "false", "null", "empty", "exists", "has", "length"),
        *("integer", "number", "float", "bool", "string", "list", "dict", "uuid", "date", "plus", "minus", "within"),
        *("order", "ascending", "descending", "sorted", "unique", "matches", "json", "minimum", "maximum"),
        *("path", "xpath", "jsonpath", "header", "cookie", "variable", "status", "time", "size", "text", "url"),
        *("request", "response", "file", "key", "certificate", "parameter", "sent", "removed"),
    )
)
_ALIKE = {
    "contain": "contains",
    "exist": "exists",
    "match": "matches",
    "start": "starts",
    "end": "ends",
    "more": "greater",
    "above": "greater",
    "below": "less",
    "every": "each",
    "some": "any",
    "items": "item",
    "int": "integer",
    "boolean": "bool",
    "have": "has",
    "str": "string",
    "headers": "header",
    "cookies": "cookie",
    "equals": "equal",
    "paths": "path",
    "xpaths": "xpath",
    "variables": "variable",
    "parameters": "parameter",
}
_NEGATED = expression(r"(is|does|do|are|was|has|have|can|must|should|would|did)n['’]?t")
_ONE_LETTER_OFF = 0.8


def same_meaning(one: str, other: str) -> bool:
    """Whether neither skeleton has a negation, a comparison, a subject or a value that the other one has not."""
    return one.count('""') == other.count('""') and _decisive(one) == _decisive(other)


def _decisive(skeleton: str) -> Counter[str]:
    words = skeleton.casefold().replace('""', " ").split()
    return Counter(found for word in words if (found := _meant(word.strip(",.:;()"))))


@lru_cache(maxsize=4096)  # Hundreds of wordings are made of few words, and difflib takes long for each
def _meant(word: str) -> str:
    """The decisive word that a word is, or is nearly; empty where it is another."""
    if _NEGATED.fullmatch(word) or (len(word) < 5 and sorted(word) in (sorted("not"), sorted("nott"), sorted("noot"))):
        return "not"
    found = _ALIKE.get(word, word)
    if found in _DECISIVE:
        return found
    if len(word) < 3:
        return ""
    import difflib  # here, since only errors need it

    known = [name for name in (*_DECISIVE, *_ALIKE) if len(name) > 3]
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=_ONE_LETTER_OFF)
    return _ALIKE.get(close[0], close[0]) if close else ""
