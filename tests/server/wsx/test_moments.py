"""Tests of apitest_server.wsx.moments."""

from datetime import UTC, datetime

from apitest_server.wsx.moments import Now


def test_a_moment_stays_what_it_is() -> None:
    """Its ID and its time of day are made once."""
    moment = Now(7.5)
    assert moment.now == 7.5
    assert len(moment.id) == 24
    assert moment.id is moment.id
    assert moment.timestamp is moment.timestamp
    made = datetime.fromisoformat(moment.timestamp).replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - made).total_seconds()) < 60
    assert Now(1.0, "cid1").id == "cid1"
