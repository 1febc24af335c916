"""JSON Pointer paths, and paths of one item."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play

ORDERS = {"orders": [{"id": 1, "n": {"s": "a"}}, {"id": "2", "n": {"s": "b"}}, {"id": 3}, {"id": 3}], "one": {}}


@pytest.fixture
def orders(play: Play) -> Play:
    answers_json(play, ORDERS)
    return play


def test_the_item_that_is_meant(orders: Play) -> None:
    """An item is found by a field, whether that holds a text or a number, and by a path."""
    orders(
        'path "/n/s" of the item of "/orders" whose "id" is "1" is "a"',
        'path "/n/s" of the item of "/orders" whose "id" is "2" is "b"',
        'path "/id" of the item of "/orders" whose "/n/s" is "b" is "2"',
        'path "" of the item of "/orders" whose "id" is "1" contains "{"id": 1}"',
        'path "/x" of the item of "/orders" whose "id" is "1" does not exist',
    )


def test_no_single_item(orders: Play, subtests: pytest.Subtests) -> None:
    """A check fails where no item, or more than one, is meant; a negative one as well."""
    for items, key, value, problem in [
        ("/orders", "id", "4", "No items have id"),
        ("/orders", "id", "3", "2 items have id"),
        ("/orders", "x", "1", "No items have x"),
        ("/one", "id", "1", "not a list"),
        ("/none", "id", "1", "does not exist"),
    ]:
        with subtests.test(items):
            for said in ('is "a"', 'is not "a"', "does not exist"):
                with pytest.raises(CheckFailed, match=problem):
                    orders(f'path "/n/s" of the item of "{items}" whose "{key}" is "{value}" {said}')


def test_a_malformed_path(orders: Play) -> None:
    """A path that is not a JSON Pointer is the test's mistake."""
    with pytest.raises(BadValue, match="must start with a slash"):
        orders('path "orders" does not exist')
