"""apitest.language.loosely: quotes inside values, as behave reads them."""

import pytest

from apitest.language.loosely import is_paired, read

WORDINGS = (
    'header "{header}" "{value}"',
    'header "{header}" is "{value}"',
    'header "{header}" is not "{value}"',
    'header "{header}" does not contain "{value}"',
    'SQL "{sql}" is equal to "{value}", using "{conn_name}"',
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('header "If-Match" ""abc""', ("If-Match", '"abc"')),
        ('header "ETag" is "W/"abc""', ("ETag", 'W/"abc"')),
        ('header "ETag" isn\'t "it "isn\'t""', ("ETag", 'it "isn\'t"')),
        ('Header "Link" doesn\'t contain "rel="next""', ("Link", 'rel="next"')),
        ('SQL "SELECT "a"\nAS x" is equal to "[(\'a\',)]", using "db"', ('SELECT "a"\nAS x', "[('a',)]", "db")),
    ],
)
def test_a_value_ends_where_the_sentence_goes_on(text: str, values: tuple[str, ...]) -> None:
    """Values keep their contractions, and the sentence with most words of its own is the one that is meant."""
    found = read(text, WORDINGS)
    assert found is not None and found[1] == values


def test_what_no_sentence_reads() -> None:
    """A value is never empty, and the words of a sentence come in their order."""
    for text in ('header "A" is ""', 'header is "A" "b"', 'SQL "a" is equal to "b"'):
        assert read(text, WORDINGS[1:]) is None


def test_quotes_that_belong_to_a_value() -> None:
    """They come in pairs, with a word between them."""
    assert all(map(is_paired, ("a", "", '"a"', 'W/"a"', 'say "no" to it', 'a="b"; c="d"', 'an "" empty one')))
    assert not any(map(is_paired, ('5"', 'a" or "b', 'a" "b', 'a" # "b', '"a', 'a","b', 'a"|"b')))
