"""A scenario is asked for in one thread and runs in another."""

from collections.abc import Sequence

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


def texts(told: Sequence[Event]) -> list[str]:
    return [event.text for event in told if isinstance(event, Notice)]


def test_wishes_are_answered_in_turn() -> None:
    """Each gets what it came to, and the end what came after the last one."""
    desk = Desk(echo)
    assert [texts(desk.ask(Wish("a", line)).events) for line in (1, 2)] == [["a:1"], ["a:2"]]
    assert texts(desk.ask(END_FEATURE).events) == [":0"]
    assert texts(desk.end()) == ["end"]


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


def test_a_wish_that_the_runner_passes_by() -> None:
    """A runner that comes for the next wish has answered the one before, and each wish has its own answer."""

    def forgetful(desk: Desk) -> None:
        while (wish := desk.next()) is not None:
            desk.take()
            desk.tell(Notice(str(wish.line)))
            if wish.line == 2:
                desk.answer(skipped=True, reason="not today")
                desk.answer(reason="nobody asked")

    desk = Desk(forgetful)
    answers = [desk.ask(Wish("a", line)) for line in (1, 2, 3)]
    assert [texts(answer.events) for answer in answers] == [["1"], ["2"], ["3"]]
    assert [(answer.skipped, answer.reason) for answer in answers] == [(False, ""), (True, "not today"), (False, "")]
    assert desk.end() == []


def test_a_runner_that_breaks_in_the_middle_of_a_wish() -> None:
    """Who waits for it is told, and who asks afterwards, too."""

    def breaking(desk: Desk) -> None:
        desk.take()
        raise ProjectError("it broke")

    desk = Desk(breaking)
    for _ in range(2):
        with pytest.raises(ProjectError, match="it broke"):
            desk.ask(Wish("a", 1))
    assert desk.has_ended


def test_the_runner_does_nothing_while_nobody_waits() -> None:
    """It begins with the first wish, and after an answer it goes on with the next one."""
    done: list[str] = []

    def counting(desk: Desk) -> None:
        done.append("begins")
        while desk.next() is not None:
            desk.take()
            desk.answer()
            done.append("goes on")

    Desk(counting).end()
    assert done == []
    desk = Desk(counting)
    desk.ask(Wish("a", 1))
    assert done == ["begins"]
    desk.ask(Wish("a", 2))
    assert done == ["begins", "goes on"]
    desk.end()
    assert done == ["begins", "goes on", "goes on"]
