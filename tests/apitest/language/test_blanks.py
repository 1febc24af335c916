"""apitest.language.blanks: characters that nobody sees."""

import pytest

from apitest.language.blanks import odd_blank


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is\u00a0an integer", "NO-BREAK SPACE (U+00A0) after is: write a plain blank there"),
        ("any integer\u200b", "ZERO WIDTH SPACE (U+200B) after integer: remove it"),
        ("\ufeffpath is", "ZERO WIDTH NO-BREAK SPACE (U+FEFF) before path: remove it"),
        ("a \u2009 b", "THIN SPACE (U+2009) after a: write a plain blank there"),
    ],
)
def test_the_first_one_is_named(text: str, told: str) -> None:
    """With its place and what to do."""
    assert odd_blank(text) == f"There is an invisible {told}"


def test_a_usual_text_has_none() -> None:
    """Letters of any language, tabs and blanks can be seen."""
    assert odd_blank("żółw 東京\t a  b") == odd_blank("") == ""
