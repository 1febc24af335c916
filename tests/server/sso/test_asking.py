"""Tests of apitest_server.sso.asking."""

from apitest_server.sso.asking import moment


def test_times_are_in_utc_without_a_zone() -> None:
    """As clients of SSO read them."""
    assert moment(0) == "1970-01-01T00:00:00"
    assert moment(1_700_000_000.25) == "2023-11-14T22:13:20.250000"
    assert moment(None) is None
