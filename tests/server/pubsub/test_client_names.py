"""Tests of apitest_server.pubsub.client_names."""

from apitest_server.pubsub.client_names import LONGEST, is_storable, run_of, subscriber, who
from apitest_server.pubsub.subscriptions import Subscription


def test_the_name_of_a_client_tells_who_it_is() -> None:
    """Whatever its user and its ID are; nobody where it has no ID."""
    for user, client_id in (("maria", "till"), ("", "a:b"), ("a:b %", "@")):
        assert who(subscriber(user, client_id)) == (user, client_id)
    assert subscriber("maria", "") == ""
    assert who("ws.1@run") == who("") == ("", "")


def test_only_a_client_without_an_id_is_of_one_run_of_a_server() -> None:
    """Its name has a run; a client with an ID, and another subscriber, may be anywhere."""
    for client_id, endpoint_type, expected in (
        ("ws.1@run", "wsx", "run"),
        ("maria:a@b", "wsx", ""),
        ("", "rest", ""),
    ):
        one = Subscription(
            id=1, sub_key="k", topic_id=1, endpoint_id=1, endpoint_type=endpoint_type, client_id=client_id
        )
        assert run_of(one) == expected


def test_a_name_has_to_be_storable() -> None:
    """By each database: not too long, and without NUL."""
    assert is_storable(subscriber("maria", "x" * (LONGEST - 6)))
    assert not is_storable(subscriber("maria", "x" * (LONGEST - 5)))
    assert not is_storable(subscriber("maria", "a\0"))
