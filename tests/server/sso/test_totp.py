"""Tests of apitest_server.sso.totp."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.sso import totp

# RFC 6238, appendix B, the last six digits of what it has for SHA-1
KEY = b"12345678901234567890"
EXAMPLES = {
    59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037",
    20000000000: "353130",
}  # fmt: skip
NOW = 1_800_000_000


@pytest.mark.parametrize(("now", "code"), EXAMPLES.items())
def test_the_examples_of_the_standard(now: int, code: str) -> None:
    """Are its codes."""
    assert totp.code_at(KEY, now) == code
    assert totp.step_of(KEY, code, now, 0) == now // totp.STEP


@pytest.mark.parametrize("late", range(-3, 4))
def test_clocks_may_differ_by_a_step(late: int) -> None:
    """Not by more."""
    code = totp.code_at(KEY, NOW + late * totp.STEP)
    expected = NOW // totp.STEP + late if abs(late) <= totp.WINDOW else None
    assert totp.step_of(KEY, code, NOW, 0) == expected


def test_a_code_is_good_once() -> None:
    """Nor are those before it; the next one is."""
    used = totp.step_of(KEY, totp.code_at(KEY, NOW), NOW, 0)
    assert used is not None
    for moment in (NOW - totp.STEP, NOW):
        assert totp.step_of(KEY, totp.code_at(KEY, moment), NOW, used) is None
    assert totp.step_of(KEY, totp.code_at(KEY, NOW + totp.STEP), NOW, used) == used + 1


@pytest.mark.parametrize("code", ["", "28708", "2870820", "abcdef", "２８７０８２", "287082\0", "\ud800"])
def test_what_is_not_a_code(code: str) -> None:
    """Is none, whatever it is."""
    assert totp.step_of(KEY, code, 59, 0) is None


def test_blanks_do_not_matter() -> None:
    """Telephones show codes, and keys, in groups."""
    assert totp.step_of(KEY, " 287 082 ", 59, 0) == 1
    assert totp.read("gezd gnbv gy3t qojq GEZD GNBV GY3T QOJQ") == KEY


@given(st.binary(min_size=8, max_size=64))
def test_keys_are_written_and_read(key: bytes) -> None:
    """Without what Base32 is filled up with, or with it."""
    text = totp.written(key)
    assert "=" not in text
    assert totp.read(text) == key
    assert totp.read(text + "=" * (-len(text) % 8)) == key


@pytest.mark.parametrize(
    ("text", "message"),
    [("0" * 16, "Base32"), ("é" * 16, "Base32"), ("A" * 17, "Base32"), ("", "13 to 103"), ("A" * 12, "13 to 103"),
     ("A" * 112, "13 to 103")],
)  # fmt: skip
def test_what_is_not_a_key(text: str, message: str) -> None:
    """Is told with what one is like."""
    with pytest.raises(ValueError, match=message):
        totp.read(text)


def test_what_telephones_read() -> None:
    """A QR code of it has the key, the user and the site."""
    found = urlsplit(totp.address(KEY, "ma ría", "My shop"))
    assert (found.scheme, found.netloc, unquote(found.path)) == ("otpauth", "totp", "/My shop:ma ría")
    fields = parse_qs(found.query)
    assert (fields["secret"], fields["issuer"], fields["period"]) == ([totp.written(KEY)], ["My shop"], ["30"])
    assert "+" not in found.query
