"""Tests of apitest_server.deploy.deadline."""

from threading import Event
from threading import enumerate as threads

import pytest

from apitest_server.deploy.deadline import Overdue, Raised, within


def test_what_a_function_returns_or_raises_comes_back() -> None:
    """Also what would end a thread."""
    assert within(30, lambda: 5) == 5
    for error in (ValueError("no"), SystemExit(3), KeyboardInterrupt()):

        def fail(raised: BaseException = error) -> None:
            raise raised

        with pytest.raises(Raised) as caught:
            within(30, fail)
        assert caught.value.error is error


def test_what_takes_too_long_is_given_up() -> None:
    """It is told where it was, and a loop of Python's ends."""
    begun, ended = Event(), Event()

    def loop() -> None:
        begun.set()
        try:
            while True:
                ended.wait(0.001)
        finally:
            ended.set()

    with pytest.raises(Overdue) as caught:
        within(0.05, loop)
    assert begun.is_set()
    assert any(place.startswith(__file__) for place in caught.value.places)
    assert ended.wait(30)
    for thread in threads():
        if thread.name == "import":
            thread.join(30)
