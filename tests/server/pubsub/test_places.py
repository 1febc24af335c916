"""Tests of apitest_server.pubsub.places."""

import pytest

from apitest_server.pubsub.places import ALL, Cut, Place, part
from tests.server.pubsub.messages import message

MESSAGES = [message("a", publisher="CRM"), message("b", correl_id="Order-1"), message("c", ext_client_id="till")]


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (ALL, ("abc", 3)),
        (Cut(limit=2), ("ab", 3)),
        (Cut(offset=2, limit=2), ("c", 3)),
        (Cut(offset=1), ("bc", 3)),
        (Cut(words=("crm",)), ("a", 1)),
        (Cut(words=("ORDER",), offset=1), ("", 1)),
        (Cut(words=("crm", "till")), ("", 0)),
    ],
)
def test_parts_of_a_list(cut: Cut, expected: tuple[str, int]) -> None:
    """By page and by words, and how many there would be in all; of messages and of their places in a queue."""
    found, total = part(MESSAGES, cut)
    assert ("".join(each.msg_id for each in found), total) == expected
    places, total = part([Place(each, False) for each in MESSAGES], cut)
    assert ("".join(each.message.msg_id for each in places), total) == expected
