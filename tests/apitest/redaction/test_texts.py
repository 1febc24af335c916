"""Given secrets leave no text, however they are escaped there."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.redaction import redact_text, spellings

LONG = "abcdefghijklmnopqrstuvwxyz0123456789"


def test_known_secrets() -> None:
    """Known secrets are hidden wherever they stand, the longest as a whole, the shortest not at all."""
    assert redact_text("a secret-one, a secret, abc", ["secret", "secret-one", "abc"]) == "a ***, a ***, abc"
    assert redact_text("abcdefghi", ["abcdef", "defghi"]) == "***"
    assert redact_text("xabcdabcdx", ["abcd"]) == "x******x"
    assert redact_text("nothing", []) == "nothing"


def test_escaped_secrets() -> None:
    """A secret is hidden in the spelling of URLs, JSON and XML, too."""
    secret = 'a&b"c d'
    for text in (
        "a%26b%22c%20d",
        "a%26b%22c+d",
        '{"x": "a&b\\"c d"}',
        '<x>a&amp;b"c d</x>',
        "<x y='a&amp;b&quot;c d'/>",
    ):
        masked = redact_text(text, [secret])
        assert "***" in masked
        assert "c" not in masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("key abcdefgh… (40 characters)", "key ***… (40 characters)"),
        ("…3456789 is it", "…*** is it"),
        ("key abcdefgh\\u2026", "key ***\\u2026"),
        (f"…{(LONG * 3)[4:90]}… (108 characters)", "…***… (108 characters)"),
        ("x abcdefghijklmnopqrstuvwxyz y", "x *** y"),
        ("abc… and …789", "abc… and …789"),
        ("…", "…"),
        ("key YWJjZGVmZ2hpamts… (80 characters)", "key ***… (80 characters)"),
        ("61 62 63 64 65 66 67 68 69 6a …", "*** …"),
        ("key abcdefgh... is wrong", "key ***... is wrong"),
    ],
)
def test_secrets_cut_off(text: str, masked: str) -> None:
    """What is left of a secret that was cut off, or a good part of a long one, is hidden as well."""
    assert redact_text(text, [LONG, LONG * 3]) == masked


def test_known_secrets_in_other_spellings() -> None:
    """A secret is found as it is written in a URL, a form and JSON."""
    secret = 'p w/"é'
    for text in ("p%20w%2F%22%C3%A9", "p+w/%22%C3%A9".replace("/", "%2F"), json.dumps(secret), secret):
        assert redact_text(f"<{text}>", [secret]) in ("<***>", '<"***">')


@given(st.text(alphabet="abc é"), st.lists(st.text(alphabet="abc é", min_size=4), max_size=4))
def test_no_known_secret_is_left(text: str, secrets: list[str]) -> None:
    """No secret of four characters or more is left in a text."""
    masked = redact_text(text, secrets)
    assert not any(secret in masked for secret in secrets)


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_in_base64(before: str) -> None:
    """Wherever the secret begins in what was encoded, and with the signs beside it that hold a part of it."""
    secret = "s3cret-word-of-maria"
    encoded = base64.b64encode(f"{before}{secret}".encode()).decode()
    masked = redact_text(f"x={encoded};", [secret])
    assert "***" in masked and encoded not in masked
    assert masked.endswith(";")
    assert redact_text(encoded, [secret]).count("***") == 1


@pytest.mark.parametrize("count", [1, 3000])
def test_many_secrets_are_not_looked_for_one_by_one(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with none of them is not searched for any in hexadecimal, and one that has one is without it."""
    secrets = {f"{number:04} secret" for number in range(count)} - {"0007 secret"} | {"0007 hidden one"}
    text = "a 0007 hidden one, 30303037 2068696464656e206f6e65 and MDAwNyBoaWRkZW4gb25l"
    assert redact_text(text, secrets) == "a ***, *** and ***"
    monkeypatch.setattr(spellings, "in_hexadecimal", None)
    for plain in ("cid 6f1e54cf95c2d9fcaab1 of 0007", "0001", "", "000"):
        assert redact_text(plain, secrets) == plain


def test_short_secrets_alone() -> None:
    """They are hidden where they are a whole value, and nowhere else."""
    assert redact_text('{"a": "xy", "b": "proxy"}', {"xy"}) == '{"a": "***", "b": "proxy"}'
