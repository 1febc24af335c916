"""Tests of apitest_server.internal.sso.search."""

from tests.server.asgi import Client


def test_administrators_search(untouched: Client) -> None:
    """Without a session; what is wrong is told in words."""
    assert untouched.result("zato.sso.user.search", {"username": "none"})["total"] == 0
    details = "Input field `name_op` must be one of and, or"
    assert untouched.refused("zato.sso.user.search", {"name_op": "xor"}) == (400, details)
    assert untouched.refused("zato.sso.user.search", {"cur_page": 0})[1] == "Input field `cur_page` must be 1 or more"


def test_names_that_are_too_long_are_refused(untouched: Client) -> None:
    """Which one is told, and how long it may be."""
    status, details = untouched.refused("zato.sso.user.search", {"last_name": "x" * 60_000, "is_name_exact": False})
    assert (status, "Input field `last_name` is too long" in details) == (400, True)
