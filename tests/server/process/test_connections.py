"""Tests of apitest_server.process.connections."""

from apitest_server.process.connections import RESERVE, Connections, within


def test_connections_are_counted_in_all_and_by_address() -> None:
    """Those that are refused count until they are gone."""
    connected = Connections(3, 2)
    assert [connected.admit(address) for address in ("a", "a", "a", "b")] == [True, True, False, False]
    connected.leave("a")
    connected.leave("b")
    assert connected.admit("b")
    for address in ("a", "a", "b"):
        connected.leave(address)
    assert (connected.count, connected._by_address) == (0, {})


def test_limits_fit_what_the_process_may_open() -> None:
    """An address never takes more than three quarters of it."""
    assert within(None, 100, 80) == (100, 75)
    assert within(1000, 100, 10) == (100, 10)
    assert within(RESERVE + 40, 100, 80) == (40, 30)
    assert within(1, 100, 80) == (1, 1)
