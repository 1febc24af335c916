"""Base32 as Douglas Crockford specified it, with the optional check symbol modulo 37."""

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_SYMBOLS = _DIGITS + "*~$=U"
_LOOK_ALIKES = {"O": "0", "I": "1", "L": "1"}
_VALUES = {symbol: value for value, symbol in enumerate(_CHECK_SYMBOLS)}
_VALUES |= {letter: _VALUES[digit] for letter, digit in _LOOK_ALIKES.items()}
_BASE = len(_DIGITS)
_MODULUS = len(_CHECK_SYMBOLS)


def encode(number: int, checksum: bool = False) -> str:
    """The digits of a non-negative number, upper case, with its check symbol at the end if it is asked for."""
    if number < 0:
        raise ValueError("a negative number has no Base32 Crockford form")
    check = _CHECK_SYMBOLS[number % _MODULUS] if checksum else ""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, _BASE)
        digits = _DIGITS[digit] + digits
    return digits + check


def decode(text: str, checksum: bool = False) -> int:
    """The number that ``text`` stands for: either case, hyphens anywhere, O read as 0, I and L read as 1.

    Args:
        text: the symbols.
        checksum: whether the last symbol is a check symbol, which then has to be right.

    Raises:
        ValueError: the text is not valid Base32 Crockford; its message says which symbol is at fault.
    """
    symbols = (text.upper() if text.isascii() else text).replace("-", "")  # "ß".upper() is two valid digits
    digits, check = (symbols[:-1], symbols[-1:]) if checksum else (symbols, "")
    if not digits:
        raise ValueError("there are no digits")
    number = 0
    for symbol in digits:
        value = _VALUES.get(symbol, _BASE)
        if value >= _BASE:
            raise ValueError(f'"{symbol}" is not a digit')
        number = number * _BASE + value
    if check and _VALUES.get(check) != number % _MODULUS:
        raise ValueError(f'the check symbol is "{check}" where "{_CHECK_SYMBOLS[number % _MODULUS]}" is right')
    return number
