"""Tests of apitest_server.outgoing.cassandra_fields."""

from apitest_server.outgoing.cassandra_fields import contact_points


def test_contact_points() -> None:
    """They are one a line, or have commas between them."""
    assert contact_points("a, b,c\n d ,") == ["a", "b", "c", "d"]
    assert contact_points(" \n,") == []
