"""Tests of apitest_server.wsx.fragments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.wsx.fragments import BinaryFragments, TextFragments


@given(st.text(), st.integers(1, 5))
def test_a_text_is_whole_however_it_was_cut(text: str, size: int) -> None:
    """Also in the middle of a character."""
    fragments, data = TextFragments(), text.encode()
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    assert [fragments.add(part, False) for part in parts] == [None] * len(parts)
    assert fragments.add(b"", True) == text


def test_what_cannot_be_utf8_is_found_at_once() -> None:
    """Not only at the end; half a character is found there."""
    with pytest.raises(UnicodeDecodeError):
        TextFragments().add(b"\xff", False)
    half = TextFragments()
    half.add(b"\xc3", False)
    with pytest.raises(UnicodeDecodeError):
        half.add(b"", True)


def test_binary_parts_are_put_together() -> None:
    """In their order."""
    fragments = BinaryFragments()
    assert fragments.add(b"\xff", False) is None
    assert fragments.add(b"\x00", True) == b"\xff\x00"
