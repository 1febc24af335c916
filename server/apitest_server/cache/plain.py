"""PURE  Which values can be sent as JSON and come out as they were."""

from math import isfinite

_DEEPEST = 50


def is_plain(value: object, depth: int = 0) -> bool:
    """Whether a value is made of texts, numbers, true, false, ``None``, lists, and dictionaries with texts as keys."""
    if value is None or type(value) in (str, bool):
        return True
    if isinstance(value, int):
        return type(value) is int and -(2**63) <= value < 2**63
    if isinstance(value, float):
        return type(value) is float and isfinite(value)
    if depth > _DEEPEST:
        return False
    if isinstance(value, list):
        return type(value) is list and all(is_plain(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return type(value) is dict and all(
            type(key) is str and is_plain(item, depth + 1) for key, item in value.items()
        )
    return False
