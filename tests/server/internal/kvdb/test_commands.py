"""Tests of apitest_server.internal.kvdb._commands."""

import pytest

from apitest_server.errors import InputError
from apitest_server.internal.kvdb._commands import words


def test_quotes_keep_words_together() -> None:
    """As in redis-cli."""
    assert words(" SET a 'b  c' \"\" ") == ["SET", "a", "b  c", ""]


@pytest.mark.parametrize(
    ("command", "told"),
    [("", "must not be empty"), ("SET 'a", "a quote that is not closed"), ("select 1", "must not be SELECT")],
)
def test_what_makes_no_sense_is_refused(command: str, told: str) -> None:
    """By the name of the field."""
    with pytest.raises(InputError, match="`command`") as caught:
        words(command)
    assert told in caught.value.details
