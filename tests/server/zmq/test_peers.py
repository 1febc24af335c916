"""Tests of apitest_server.zmq.peers."""

from apitest_server.zmq.peers import Peers


def test_one_peer_comes_and_goes() -> None:
    """It is one from when its handshake has succeeded."""
    peers = Peers()
    peers.begun(7)
    assert len(peers) == 0
    peers.succeeded()
    assert len(peers) == 1
    peers.ended(7)
    assert len(peers) == 0


def test_what_ends_before_its_handshake_was_no_peer() -> None:
    """Those that are there stay."""
    peers = Peers()
    peers.begun(7)
    peers.succeeded()
    peers.begun(8)
    peers.ended(8)
    assert len(peers) == 1


def test_several_at_once_are_told_apart_when_one_ends() -> None:
    """Whichever of them the peer was."""
    peers = Peers()
    peers.begun(7)
    peers.begun(8)
    peers.succeeded()
    assert len(peers) == 1
    peers.ended(8)
    assert len(peers) == 1
    peers.ended(7)
    assert len(peers) == 0


def test_a_success_of_nobody_counts_for_nothing() -> None:
    """Nor does the end of somebody unknown."""
    peers = Peers()
    peers.succeeded()
    peers.ended(7)
    assert len(peers) == 0
