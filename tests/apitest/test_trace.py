"""What a step does on its way to its final state."""

from apitest.events import Attempt, Exchange
from apitest.trace import Trace


def _exchange(number: int) -> Exchange:
    return Exchange("HTTP", f"GET /{number}")


def test_a_step_takes_what_it_did() -> None:
    """Its exchanges and attempts are handed over once, in their order."""
    trace = Trace()
    trace.add(_exchange(1))
    trace.add(_exchange(2))
    trace.attempts.append(Attempt(0.0, 0.1, "not yet"))
    assert trace.taken() == ((_exchange(1), _exchange(2)), (Attempt(0.0, 0.1, "not yet"),), 0)
    assert trace.taken() == ((), (), 0)


def test_of_many_exchanges_the_first_and_the_last_are_kept() -> None:
    """What is between them is counted, so that a step that waits long takes little memory."""
    trace = Trace()
    for number in range(50):
        trace.add(_exchange(number))
    exchanges, _, left_out = trace.taken()
    assert exchanges == tuple(map(_exchange, [*range(10), *range(40, 50)]))
    assert left_out == 30


def test_what_came_before_a_step_is_not_its_own() -> None:
    """What a hook sent is gone when the step begins."""
    trace = Trace()
    trace.add(_exchange(1))
    trace.start()
    assert trace.taken() == ((), (), 0)
