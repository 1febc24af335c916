"""apitest.language.meaning: what a correction must never change."""

import pytest

from apitest.language.meaning import same_meaning


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('path "" iz ""', 'path "" is ""'),
        ('pth "" does not exist', 'path "" does not exist'),
        ('path "" dos not exit', 'path "" does not exist'),
        ('header "" start with ""', 'header "" starts with ""'),
        ('path "" is greather than ""', 'path "" is greater than ""'),
        ('adress ""', 'address ""'),
        ('path "" dont exist', 'path "" does not exist'),
        ('path "" is nto ""', 'path "" is not ""'),
        ('path "" is more than ""', 'path "" is greater than ""'),
        ('every item of path "" is ""', 'each item of path "" is ""'),
        ('path "" is any int', 'path "" is any integer'),
        ('xpath "" exist', 'xpath "" exists'),
    ],
)
def test_a_slip_keeps_the_meaning(one: str, other: str) -> None:
    """A misspelt word, decisive or not, still means what it was meant to."""
    assert same_meaning(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('path "" does exist', 'path "" does not exist'),
        ('path "" is ""', 'path "" is not ""'),
        ('path "" is not empty', 'path "" is empty'),
        ('path "" is at least ""', 'path "" is at most ""'),
        ('path "" is greater than ""', 'path "" is less than ""'),
        ('path "" starts with ""', 'path "" ends with ""'),
        ('path "" is True', 'path "" is False'),
        ('path "" is one of ""', 'path "" is not one of ""'),
        ('path "" is any list', 'path "" is any dict'),
        ('path "" is "" ""', 'path "" is ""'),
        ('each item of path "" is ""', 'any item of path "" is ""'),
        ('path "" is a date before ""', 'path "" is a date after ""'),
        ('path "" isn\'t ""', 'path "" is ""'),
        ('path "" isnt ""', 'path "" is ""'),
        ('path "" dont exist', 'path "" exists'),
        ('path "" doesnt contain ""', 'path "" contains ""'),
        ('path "" is nott ""', 'path "" is ""'),
        ('path "" is nto ""', 'path "" is ""'),
        ('path "" is more than ""', 'path "" is ""'),
        ('path "" is sorted by', 'path "" is sorted'),
        ('path "" is sorted in ascending order', 'path "" is sorted in descending order'),
        ('path "" is in ""', 'path "" is ""'),
        ('path "" is any int', 'path "" is any bool'),
        ('some item of path "" is ""', 'path "" is ""'),
        ("tls verification is of", "tls verification is off"),
        ("tls verification is of", "tls verification is on"),
        ('response time is greater than ""', 'response size is greater than ""'),
        ('path "" is ""', 'xpath "" is ""'),
        ('path "" has at most ""', 'path "" is at most ""'),
        ('path "" is null or empty', 'path "" is null'),
    ],
)
def test_another_meaning_is_never_offered(one: str, other: str) -> None:
    """A negation, a comparison or a value more, less or other is another meaning."""
    assert not same_meaning(one.casefold(), other.casefold())
