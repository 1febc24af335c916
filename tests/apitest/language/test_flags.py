"""apitest.language.flags: a yes or no."""

import pytest

from apitest.language.flags import flag


def test_spellings() -> None:
    """The usual words, in any case and with white space around them."""
    for text in ("true", "True", " YES ", "y", "t", "on", "1"):
        assert flag(text), text
    for text in ("false", "False", "no", "N", "f", "off", "0"):
        assert not flag(text), text


def test_other_texts_are_refused() -> None:
    """What says neither is not taken for either."""
    for text in ("", "perhaps", "2", "flase", "none"):
        with pytest.raises(ValueError, match="neither True nor False"):
            flag(text)
