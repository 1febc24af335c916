"""Tests of apitest_server.cluster.listeners."""

from threading import Event, current_thread

import pytest

from apitest_server.cluster.listeners import Listeners


def test_listeners_are_called_in_order_in_one_thread() -> None:
    """Also after one that raises, which the log tells of."""
    listeners, called, names = Listeners(), [], set()

    def note(number: int) -> None:
        names.add(current_thread().name)
        called.append(number)

    for number in range(100):
        listeners.call("x", note, number)
    listeners.close()
    assert (called, names) == (list(range(100)), {"bus-listeners"})


def test_one_that_raises_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The next one is called."""
    listeners, after = Listeners(), Event()

    def broken() -> None:
        raise RuntimeError("broken here")

    listeners.call("caches", broken)
    listeners.call("caches", after.set)
    listeners.close()
    assert after.is_set()
    assert "`caches` has had no effect here" in caplog.text
    assert "broken here" in caplog.text


def test_without_calls_there_is_no_thread() -> None:
    """So a server that is alone has none."""
    listeners = Listeners()
    listeners.close()
    assert listeners._thread is None
