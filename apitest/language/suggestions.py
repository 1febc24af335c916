"""What a person may have meant by a name that is not there."""

from collections.abc import Iterable


def near_misses(name: str, candidates: Iterable[str], limit: int = 3, least: float = 0.6) -> list[str]:
    """The candidates that ``name`` may stand for, likeliest first, ``name`` itself left out.

    Names that differ in case or punctuation only come before those that are merely alike, from 0 for not at all to 1:
    ``least`` so much.
    """
    import difflib  # here, since only errors need it

    by_plain: dict[str, list[str]] = {}
    for candidate in dict.fromkeys(candidates):
        if candidate != name:
            by_plain.setdefault(_plain(candidate), []).append(candidate)
    wanted = _plain(name)
    close = [wanted, *difflib.get_close_matches(wanted, by_plain, n=limit + 1, cutoff=least)]
    found = [candidate for plain in dict.fromkeys(close) for candidate in by_plain.get(plain, ())]
    return found[:limit]


def did_you_mean(suggestions: Iterable[str]) -> str:
    """The question that names the suggestions, as in "Did you mean a, b or c?"; empty where there are none."""
    *most, last = list(suggestions) or [""]
    return f"Did you mean {', '.join(most)}{' or ' if most else ''}{last}?" if last else ""


def _plain(name: str) -> str:
    """A name without case and punctuation."""
    return "".join(char for char in name.casefold() if char.isalnum())
