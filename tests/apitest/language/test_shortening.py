"""apitest.language.shortening: long texts in messages."""

from apitest.language.shortening import beginning, cut


def test_short_texts_stay() -> None:
    """A text up to the limit is left as it is."""
    assert cut("abc", 3) == beginning("abc", 3) == "abc"
    assert beginning("a" * 80) == "a" * 80
    assert cut("a" * 200) == "a" * 200


def test_long_texts_are_cut() -> None:
    """What is left out is told by an ellipsis, and where it matters by the full length."""
    assert beginning("abcd", 3) == "abc…"
    assert cut("a" * 1_234, 3) == "aaa… (1,234 characters)"
