"""Bodies as reports show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.clients.http.exchange import printable


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("zażółć\r\n\t".encode(), "zażółć\r\n\t"),
        (b"\x1b[31mred", "\\x1b[31mred"),
        (b"\xff", "<1 byte of binary data: ff>"),
        (b"a\0", "<2 bytes of binary data: 61 00>"),
        (bytes(1234), f"<1,234 bytes of binary data: {'00 ' * 16}…>"),
    ],
)
def test_printable(data: bytes, text: str) -> None:
    """Text is shown as text that cannot command a terminal; of binary data, size and beginning are shown."""
    assert printable(data) == text


@given(st.text(st.characters()))
def test_any_text_is_printable(text: str) -> None:
    """No body raises, lone surrogates included."""
    assert "\0" not in printable(text.encode("utf-8", "surrogatepass"))
