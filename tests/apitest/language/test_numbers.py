"""apitest.language.numbers: what is a number."""

from apitest.language.numbers import is_integer, is_number


def test_integers() -> None:
    """Digits with a sign and white space around them; nothing else that Python reads."""
    for text in ("0", "42", "-7", "+7", " 42 ", "007"):
        assert is_integer(text), text
    for text in ("", "-", "1_000", "1.0", "1e3", "0x1f", "٤٢", "4 2", "²"):
        assert not is_integer(text), text


def test_numbers() -> None:
    """A point and an exponent may be there; nothing else that Python reads."""
    for text in ("0", "-1.5", ".5", "5.", "6.02e23", "1E-7", " 1.5 "):
        assert is_number(text), text
    for text in ("", ".", "e5", "1_000.0", "nan", "inf", "1,5", "0x1f", "٤٢"):
        assert not is_number(text), text
