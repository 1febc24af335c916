"""apitest.language.nesting: documents at the limit."""

import json

import pytest

from apitest.language.literals import parse_json
from apitest.language.nesting import LEVELS, is_too_deep


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}"), ('[1, {"a": ', "}]")])
def test_limit(opening: str, closing: str) -> None:
    """A document of just so many levels is taken, and one of more is not."""
    times = LEVELS // opening.count("[") // 2 if opening[0] == "[" and "{" in opening else LEVELS
    text = opening * times + "1" + closing * times
    assert not is_too_deep(json.loads(text))
    assert parse_json(text)
    deeper = f"[{text}]"
    assert is_too_deep(json.loads(deeper))
    with pytest.raises(ValueError, match="nested deeper than 128 levels"):
        parse_json(deeper)


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 100_000 + "]" * 100_000])
def test_far_beyond(text: str) -> None:
    """What Python cannot read for its depth is refused with the same words."""
    with pytest.raises(ValueError, match="nested deeper than 128 levels"):
        parse_json(text)


def test_wide() -> None:
    """Many brackets beside each other are not depth."""
    assert not is_too_deep(parse_json("[" + ",".join(["[]"] * 1000) + "]"))
