"""What is done to messages, where nobody knows whether the database did it."""

from apitest_server.pubsub.jobs import Call, Claim, Confirm, Place, Release
from apitest_server.pubsub.subscriptions import Subscription

PLACES = [Place(3, 1), Place(3, 2)]
SUBSCRIPTION = Subscription(id=3, sub_key="k", topic_id=1, endpoint_id=1, endpoint_type="rest", created=5.0)


def test_a_claim_in_doubt_is_taken_back() -> None:
    """What was about to be given out waits again, and does not count as delivered."""
    claim = Claim(SUBSCRIPTION, 10)
    claim.chosen.extend([1, 2])
    assert claim.in_doubt() == Release(PLACES, was_sent=False)


def test_what_is_said_twice_is_done_again() -> None:
    """To confirm or release messages once more changes nothing, so that both are done again."""
    for job in (Confirm(PLACES), Release(PLACES)):
        assert job.in_doubt() is job


def test_anything_else_is_left() -> None:
    """Other work is not repeated: its caller is told of the outage."""
    assert Call(lambda connection: 1).in_doubt() is None
