"""PURE: how deeply documents may be nested. Functions that call themselves for each level have Python's limit."""

LEVELS = 128
TOO_DEEP = f"it is nested deeper than {LEVELS} levels"


def is_too_deep(document: object) -> bool:
    """Whether a document of dicts and lists has more levels of them than `LEVELS`."""
    level = [document]
    for _ in range(LEVELS):
        level = [
            part
            for holder in level
            if isinstance(holder, dict | list)
            for part in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(part, dict | list)
        ]
        if not level:
            return False
    return True
