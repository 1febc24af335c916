"""PURE: numbers of bytes as people write them."""

import re

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.literals import quoted

_UNITS = {"GB": 10**9, "MB": 10**6, "KB": 10**3, "B": 1, "": 1}
_SIZE = expression(r"([0-9]{1,15}(?:\.[0-9]{1,9})?) ?([KMG]?B|)", re.IGNORECASE)


def parse_size(text: object) -> int:
    """A number of bytes from ``500 MB``, ``1.5 GB``, ``64 KB`` or a plain number.

    Raises:
        BadValue: it is not one, or below one byte.
    """
    match = _SIZE.fullmatch(str(text).strip())
    size = int(float(match[1]) * _UNITS[match[2].upper()]) if match else 0
    if size < 1:
        raise BadValue(f"{quoted(str(text))} is not a size", fix='Write a number of bytes, or one like "500 MB"')
    return size


def show_size(size: int) -> str:
    """A number of bytes in the largest unit that it has one of."""
    unit = next(unit for unit, factor in _UNITS.items() if size >= factor or factor == 1)
    return f"{size / _UNITS[unit]:g} {unit}" if unit != "B" else f"{size} {'byte' if size == 1 else 'bytes'}"
