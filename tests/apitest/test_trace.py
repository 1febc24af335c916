"""What a step does on its way to its final state."""

from collections.abc import Callable

from apitest.events import Attempt, Exchange
from apitest.trace import Trace


def _exchange(number: int) -> Exchange:
    return Exchange("HTTP", f"GET /{number}")


def test_a_step_takes_what_it_did() -> None:
    """Its exchanges and attempts are handed over once, in their order."""
    trace = Trace()
    trace.wants_exchanges = True
    trace.add(_exchange(1))
    trace.add(_exchange(2))
    trace.attempts.append(Attempt(0.0, 0.1, "not yet"))
    assert trace.taken() == ((_exchange(1), _exchange(2)), (Attempt(0.0, 0.1, "not yet"),), 0)
    assert trace.taken() == ((), (), 0)


def test_of_many_exchanges_the_first_and_the_last_are_kept() -> None:
    """What is between them is counted, so that a step that waits long takes little memory."""
    trace = Trace()
    trace.wants_exchanges = True
    for number in range(50):
        trace.add(_exchange(number))
    exchanges, _, left_out = trace.taken()
    assert exchanges == tuple(map(_exchange, [*range(10), *range(40, 50)]))
    assert left_out == 30


def test_what_came_before_a_step_is_not_its_own() -> None:
    """What a hook sent is gone when the step begins."""
    trace = Trace()
    trace.wants_exchanges = True
    trace.add(_exchange(1))
    trace.start()
    assert trace.taken() == ((), (), 0)


class Watched:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.noted: list[tuple[Exchange, bool] | str] = []

    def exchanged(self, make: Callable[[], Exchange], *, over: bool) -> None:
        self.noted.append((make(), over))

    def settle(self) -> None:
        self.noted.append("settle")


def test_exchanges_that_no_report_shows() -> None:
    """None is kept; who watches is told of it all the same, before it is over and then, and when the step waits."""
    trace, watched = Trace(), Watched()
    trace.began(lambda: _exchange(1))
    trace.ended(lambda: _exchange(1))
    trace.waits()
    trace.watch = watched
    trace.began(lambda: _exchange(1))
    trace.add(_exchange(1))
    trace.ended(lambda: _exchange(1))
    trace.waits()
    assert trace.taken() == ((), (), 0)
    assert watched.noted == [(_exchange(1), False), (_exchange(1), True), "settle"]
