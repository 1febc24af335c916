"""Names that are the same whatever the case of their letters: of columns, tables and headers."""

from collections.abc import Iterable


def alike(name: str, known: Iterable[str]) -> list[str]:
    """The known names that differ from a name in the case of letters at most."""
    folded = name.casefold()
    return [other for other in known if other.casefold() == folded]


def meant(name: str, known: Iterable[str]) -> str | None:
    """The known name that is meant: the same one, else the only one that differs in case alone."""
    found = alike(name, known)
    if name in found:
        return name
    return found[0] if len(found) == 1 else None
