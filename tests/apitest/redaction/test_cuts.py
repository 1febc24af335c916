"""What is left of a secret where a text was cut off."""

import base64

import pytest

from apitest.redaction.cuts import left_over

SECRET = "s3cret-w0rd-of-maria"
_IN_BASE64 = base64.b64encode(SECRET.encode()).decode()


@pytest.mark.parametrize("cut", ["…", "...", "\\u2026", " …"])
@pytest.mark.parametrize(
    "left", [SECRET[:9], _IN_BASE64[:10], SECRET.encode().hex()[:11], SECRET.encode().hex(" ").upper()[:14]]
)
def test_ahead_of_a_cut(left: str, cut: str) -> None:
    """Its beginning, as it is, in Base64, and in hexadecimal."""
    assert set(left_over(f"key {left}{cut} (99 characters)", {SECRET})) == {(4, 4 + len(left))}


def test_behind_a_cut() -> None:
    """Its end."""
    assert set(left_over("…of-maria is it", {SECRET, "another-one"})) == {(1, 9)}


def test_what_is_too_little_to_be_one() -> None:
    """A few characters, another text, and one without a cut are left alone."""
    for text in ("s3c…", "…ria", f"{_IN_BASE64[:5]}…", "another…", SECRET[:9], "…", ""):
        assert list(left_over(text, {SECRET})) == []
