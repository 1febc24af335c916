"""Tests of apitest_server.pubsub.queues."""

from apitest_server.pubsub.jobs import Claim
from tests.server.pubsub.place import Place


def test_the_odb_is_looked_at_only_if_there_may_be_something(place: Place) -> None:
    """By who pushes; a pull always looks."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    looked: list[object] = []
    submit = place.broker._writer.submit

    def counting(job: object) -> object:
        looked.extend([job] if isinstance(job, Claim) else [])
        return submit(job)  # type: ignore[arg-type]

    place.broker._writer.submit = counting  # type: ignore[method-assign,assignment]
    for is_pushed in (True, True, True, False):
        assert place.run(place.broker.claim(sub_key, is_pushed=is_pushed)) == []
    assert len(looked) == 2
    place.publish("/a", 1, has_gd=True)
    (one,) = place.run(place.broker.claim(sub_key, is_pushed=True))
    place.run(place.broker.release(sub_key, [one.msg_id]))
    assert place.run(place.broker.claim(sub_key, is_pushed=True))
    assert len(looked) == 4
