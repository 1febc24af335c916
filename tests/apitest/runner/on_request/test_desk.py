"""A scenario is asked for in one thread and runs in another."""

import pytest

from apitest.errors import ApitestError, ProjectError
from apitest.events import Event, Notice
from apitest.runner.on_request.desk import END_FEATURE, Desk, Wish


def echo(desk: Desk) -> None:
    """Answers each wish with its file and line, and tells at the end that there are no more."""
    while (wish := desk.next()) is not None:
        assert desk.next() is wish  # until it is taken
        desk.take()
        desk.tell(Notice(f"{wish.file}:{wish.line}"))
        desk.answer()
    desk.tell(Notice("end"))


def texts(told: "tuple[Event, ...] | list[Event]") -> list[str]:
    return [event.text for event in told if isinstance(event, Notice)]


def test_wishes_are_answered_in_turn() -> None:
    """Each gets what it came to, and the end what came after the last one."""
    desk = Desk(echo)
    assert [texts(list(desk.ask(Wish("a", line)))) for line in (1, 2)] == [["a:1"], ["a:2"]]
    assert texts(list(desk.ask(END_FEATURE))) == [":0"]
    assert texts(list(desk.end())) == ["end"]


def test_a_project_that_cannot_be_used() -> None:
    """Everybody who asks is told why, and the end tells nothing more."""

    def broken(desk: Desk) -> None:
        raise ProjectError("it cannot be used")

    desk = Desk(broken)
    for _ in range(2):
        with pytest.raises(ProjectError, match="it cannot be used"):
            desk.ask(Wish("a", 1))
    assert desk.end() == ()


def test_a_run_that_ended() -> None:
    """Who asks afterwards does not wait for ever."""
    desk = Desk(lambda desk: None)
    with pytest.raises(ApitestError, match="has ended"):
        desk.ask(Wish("a", 1))
