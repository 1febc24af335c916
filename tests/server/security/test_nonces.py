"""Tests of apitest_server.security.nonces."""

from apitest_server.security.nonces import Nonces


def test_a_nonce_is_good_once() -> None:
    """Until it is forgotten; others are told."""
    nonces, told = Nonces(), []
    nonces.used = lambda nonce, until: told.append((nonce, until))
    assert [nonces.take("a", 10.0, now) for now in (1.0, 9.0, 10.0)] == [True, False, True]
    nonces.put("b", 20.0, 10.0)
    assert not nonces.take("b", 30.0, 11.0)
    assert told == [("a", 10.0), ("a", 10.0)]


def test_memory_is_bounded() -> None:
    """Of too many the oldest are forgotten, and those that are over."""
    nonces = Nonces(most=2)
    assert [nonces.take(name, 10.0, 1.0) for name in "abca"] == [True] * 4
    nonces.put("x", 5.0, 50.0)
    assert nonces.take("x", 60.0, 50.0)
