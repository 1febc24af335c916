"""Tests of apitest_server.wsx.plain_caller."""

from apitest_server.wsx.caller import CallerTerms, Came, Opened
from apitest_server.wsx.plain_caller import PlainCaller
from apitest_server.wsx.protocol import Close, Ping, Send, State
from tests.server.wsx.test_caller import At

TERMS = CallerTerms(ping_interval=30, pings_missed_threshold=1)


def test_it_can_be_used_at_once() -> None:
    """Nothing has to be said before; what comes is handed on as it is."""
    caller = PlainCaller(TERMS, 0)
    assert caller.invoke("x", At(0)) == []
    assert caller.received("x", At(0)) == []
    assert caller.opened(At(1)) == [Opened()]
    assert caller.invoke("hello", At(2)) == [Send("hello")]
    assert caller.received(b"\x00", At(3)) == [Came(b"\x00")]
    assert caller.answer("1", "null", At(4)) == []
    caller.gave_up("1")
    assert caller.waiting == set()


def test_it_is_closed_when_nobody_answers_pings() -> None:
    """A ping of the server is no answer."""
    caller = PlainCaller(TERMS, 0)
    caller.opened(At(0))
    assert caller.tick(At(29)) == []
    assert caller.tick(At(30)) == [Ping()]
    caller.pong()
    assert caller.tick(At(60)) == [Ping()]
    caller.pinged(61)
    assert caller.due == 90
    assert caller.tick(At(90)) == [Close(1011, "", "It did not answer 1 pings in a row")]
    assert caller.state is State.CLOSED
    assert [caller.tick(At(200)), caller.received("x", At(200)), caller.invoke("x", At(200))] == [[], [], []]
