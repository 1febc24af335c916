"""Tests of what a secret looks like where it was encoded."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from apitest.redaction import spellings


@given(st.binary(max_size=7), st.text(min_size=4), st.binary(max_size=7))
def test_base64(before: bytes, secret: str, after: bytes) -> None:
    """The Base64 of any text that holds the secret holds one of its spellings, in both alphabets."""
    data = before + secret.encode("utf-8", "ignore") + after
    if len(secret.encode("utf-8", "ignore")) < spellings.SHORTEST:
        return
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        text = encode(data).decode()
        assert any(core in text for core in spellings.in_base64(secret))


@given(st.text(st.characters(), min_size=4))
def test_base64_is_specific(secret: str) -> None:
    """No spelling of a secret is so short that it stands in any text, whatever its characters are."""
    assert min(map(len, spellings.in_base64(secret))) >= 4
    assert spellings.in_hexadecimal(secret).search("30") is None


def test_hexadecimal() -> None:
    """Bytes in hexadecimal are found in either case, with and without separators."""
    for text in ("6b657921", "6B657921", "6b 65 79 21", "6b:65:79:21", "0x6b, 0x65, 0x79, 0x21", "6b-65\n79 21"):
        assert spellings.in_hexadecimal("key!").search(text), text
    assert not spellings.in_hexadecimal("key!").search("6b657920")


@given(
    st.text(),
    st.text(min_size=4, max_size=30),
    st.sampled_from(["utf-8", "utf-16-le"]),
    st.lists(st.sampled_from(["", " ", ":", ", 0X", "\n  ", "-0x"]), min_size=1, max_size=9),
    st.text(alphabet="0fF: -x", max_size=9),
)
def test_a_squeezed_text_tells_that_a_secret_may_be_there(
    before: str, secret: str, codec: str, between: list[str], after: str
) -> None:
    """Whatever finds it in hexadecimal, its digits stand in the text without what may be between them."""
    pairs = [f"{byte:02X}" for byte in secret.encode(codec, "surrogatepass")]
    text = before + "".join(pair + between[at % len(between)] for at, pair in enumerate(pairs)) + after
    assert spellings.in_hexadecimal(secret).search(text)
    assert any(digits in spellings.squeezed(text) for digits in spellings.digits(secret))


def test_plain() -> None:
    """A secret is found as it is, in a form, on one line, and each long line of it by itself."""
    assert set(spellings.plain("a b c")) == {"a b c", "a+b+c"}
    assert {"first-line", "first-linex", "first-line\nx", "first-line x"} == set(spellings.plain("first-line\nx"))
    assert {"caf\u00e9", "cafe\u0301"} == set(spellings.plain("caf\u00e9"))


def test_a_short_secret() -> None:
    """A secret of less than four characters has no spellings, since it stands in half of all texts."""
    assert spellings.plain("abc") == spellings.plain("") == spellings.cut_hexadecimal("abc") == ()
    assert spellings.in_base64("abc") == ()
