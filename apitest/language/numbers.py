"""How numbers are written: digits, a point, an exponent; not all that Python reads, such as 1_000 or other scripts."""

from apitest.expressions import expression

_INTEGER = expression(r"[+-]?[0-9]+")
_NUMBER = expression(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")


def is_integer(text: str) -> bool:
    """Whether a text is an integer in digits, maybe with a sign and with white space around it."""
    return _INTEGER.fullmatch(text.strip()) is not None


def is_number(text: str) -> bool:
    """Whether a text is a number in decimal notation, maybe with an exponent and with white space around it."""
    return _NUMBER.fullmatch(text) is not None or _NUMBER.fullmatch(text.strip()) is not None
