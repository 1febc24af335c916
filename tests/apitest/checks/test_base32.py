"""apitest.checks.base32: numbers to symbols and back, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.checks import base32


@given(st.integers(min_value=0), st.booleans())
def test_round_trip(number: int, checksum: bool) -> None:
    """Decoding what was encoded gives the number back, with and without a check symbol."""
    assert base32.decode(base32.encode(number, checksum), checksum) == number


@given(st.integers(min_value=32, max_value=32**12), st.data())
def test_one_wrong_digit_is_found(number: int, data: st.DataObject) -> None:
    """The check symbol gives away any single digit that was changed."""
    text = base32.encode(number, checksum=True)
    position = data.draw(st.integers(0, len(text) - 2))
    digit = data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ").filter(lambda d: d != text[position]))
    with pytest.raises(ValueError, match="check symbol"):
        base32.decode(text[:position] + digit + text[position + 1 :], checksum=True)


@pytest.mark.parametrize(
    ("number", "plain", "checked"),
    [
        (0, "0", "00"),
        (1, "1", "11"),
        (1234, "16J", "16JD"),
        (32, "10", "10*"),
        (36, "14", "14U"),
        (5111, "4ZQ", "4ZQ5"),
    ],
)
def test_known_numbers(number: int, plain: str, checked: str) -> None:
    """These are the symbols that other implementations give for these numbers."""
    assert (base32.encode(number), base32.encode(number, checksum=True)) == (plain, checked)


def test_lenient_reading() -> None:
    """Lower case, hyphens and the look-alikes o, i and l are read as people mean them."""
    assert base32.decode("1-6j") == 1234
    assert base32.decode("iLo") == base32.decode("110")
    assert base32.decode("14-u", checksum=True) == 36


@pytest.mark.parametrize(
    ("text", "checksum", "message"),
    [
        ("", False, "there are no digits"),
        ("--", False, "there are no digits"),
        ("1", True, "there are no digits"),
        ("1U", False, '"U" is not a digit'),
        ("1ß", False, '"ß" is not a digit'),
        ("16JE", True, 'the check symbol is "E" where "D" is right'),
        ("16J!", True, 'the check symbol is "!" where "D" is right'),
    ],
)
def test_refused(text: str, checksum: bool, message: str) -> None:
    """What is not valid Base32 Crockford is refused with the symbol that is at fault."""
    with pytest.raises(ValueError) as failure:
        base32.decode(text, checksum)
    assert str(failure.value) == message


def test_negative_number_is_refused() -> None:
    """A negative number cannot be encoded."""
    with pytest.raises(ValueError, match="negative"):
        base32.encode(-1)
