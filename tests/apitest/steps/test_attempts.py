"""Waiting for checks: over HTTP, and with a clock of the test's own."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from apitest.clients.http.settings import RequestSettings
from apitest.errors import ApitestError, BadValue, CheckFailed, TimedOut, Unreachable
from apitest.language.sentence import Again
from apitest.steps import anew, attempts
from apitest.steps.attempts import Early, Waiting
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer
from tests.ports import free_port


class Clock:
    """A clock that only sleeping turns."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 4))
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """The clock that waits go by."""
    clock = Clock()
    monkeypatch.setattr(attempts, "monotonic", clock)
    monkeypatch.setattr(attempts, "sleep", clock.sleep)
    yield clock


def waiting(play: Play, seconds: object, again: Again = anew.BY_ITSELF) -> Waiting:
    ctx: Any = SimpleNamespace(zato=play.zato, text=None, table=None)
    return Waiting(ctx, seconds, again)


def check(outcomes: list[ApitestError | None]) -> Any:
    """A check that comes to these, the last of them again and again."""

    def look() -> None:
        outcome = outcomes.pop(0) if len(outcomes) > 1 else outcomes[0]
        if outcome:
            raise type(outcome)(outcome.problem)

    return look


def test_pauses_grow(play: Play, clock: Clock) -> None:
    """The first pause is 0.05 seconds, each is half as long again as the one before, none is longer than a second."""
    with pytest.raises(CheckFailed, match=r"^no, even after 5 seconds and 12 attempts"):
        waiting(play, 5).until(check([CheckFailed("no")]))
    assert clock.slept[:3] == [0.05, 0.075, 0.1125]
    assert clock.slept[-2] == 1.0 and sum(clock.slept) == pytest.approx(5, abs=1e-3)
    assert [(each.at, each.problem) for each in play.run.trace.attempts][:2] == [(0.0, "no"), (0.05, "no")]


def test_it_ends_as_soon_as_the_check_holds(play: Play, clock: Clock) -> None:
    """No attempt is made after the one that holds, which is told with no problem."""
    waiting(play, "5").until(check([CheckFailed("no"), Unreachable("no connection"), None]))
    assert [each.problem for each in play.run.trace.attempts] == ["no", "no connection", ""]


def test_there_is_one_attempt_in_no_time(play: Play, clock: Clock) -> None:
    """A wait of 0 seconds looks once."""
    waiting(play, "0").until(check([None]))
    with pytest.raises(CheckFailed, match=r"no, even after 0 seconds and 1 attempt$"):
        waiting(play, "0").until(check([CheckFailed("no")]))
    waiting(play, 0).never(check([None]))


def test_what_was_seen_is_told_when_it_changed(play: Play, clock: Clock) -> None:
    """The failure is the last of the check, and shows each value with the time that it was first seen at."""
    seen = iter(["new", "new", "paid", "paid", "paid"])

    def look() -> None:
        raise CheckFailed("not done", "path /a", actual=next(seen, "lost"))

    with pytest.raises(CheckFailed) as caught:
        waiting(play, 1).until(look)
    assert caught.value.actual == "lost"
    assert caught.value.excerpt == "after 0.00 s  new\nafter 0.12 s  paid\nafter 0.66 s  lost"


def test_a_connection_that_fails_counts_as_an_attempt(play: Play, clock: Clock) -> None:
    """Where nothing was seen, that is the failure; else what was seen is, and the lost connection a line of it."""
    with pytest.raises(Unreachable, match=r"refused, even after 1 seconds"):
        waiting(play, 1).until(check([Unreachable("refused")]))
    with pytest.raises(CheckFailed, match=r"no, even after") as caught:
        waiting(play, 1).until(check([CheckFailed("no"), TimedOut("late")]))
    assert "late" in caught.value.excerpt


def test_mistakes_end_a_wait(play: Play, clock: Clock) -> None:
    """A value that makes no sense is told at once, whatever time is left."""
    with pytest.raises(BadValue, match=r"^what"):
        waiting(play, 5).until(check([BadValue("what?")]))
    with pytest.raises(BadValue, match=r"^what"):
        waiting(play, 5).never(check([BadValue("what?")]))
    assert clock.slept == []


def test_never_takes_the_whole_time(play: Play, clock: Clock) -> None:
    """It looks at the end of the time, too; where it fails, that attempt is told."""
    waiting(play, 2).never(check([None]))
    assert clock.now == pytest.approx(2)
    with pytest.raises(CheckFailed, match=r"^is so, after 0\.12 of 2 seconds and 3 attempts"):
        waiting(play, 2).never(check([None, None, CheckFailed("is so")]))
    with pytest.raises(Unreachable, match=r"refused, after 0\.00 of 2 seconds and 1 attempt$"):
        waiting(play, 2).never(check([Unreachable("refused")]))


def test_what_fails_early_counts_first(play: Play, clock: Clock) -> None:
    """A check that ends the wait fails it at once, also where the other check holds."""
    early = Early(check([CheckFailed("not failed"), None]), "it is so")
    with pytest.raises(
        CheckFailed, match=r"^The wait failed early, since it is so, after 0\.05 of 9 seconds and 2 att"
    ):
        waiting(play, 9).until(check([CheckFailed("no"), None]), early)
    waiting(play, 9).until(check([None]), Early(check([CheckFailed("not failed")]), "it is so"))


def test_what_cannot_come_any_more_ends_a_wait(play: Play, clock: Clock) -> None:
    """Where what is waited for waits itself, its failure is the last word; where nothing new comes, that is the end."""

    def gone(ctx: object, left: float) -> bool:
        raise CheckFailed("closed")

    def nothing(ctx: object, left: float) -> bool:
        clock.now += left
        return False

    with pytest.raises(CheckFailed, match=r"^closed, after 0.00 of 5 seconds and 2 attempts"):
        waiting(play, 5, Again(lambda ctx: None, gone, pauses=False)).until(check([CheckFailed("no")]))
    with pytest.raises(CheckFailed, match=r"^closed, after"):
        waiting(play, 5, Again(lambda ctx: None, gone, pauses=False)).never(check([None]))
    with pytest.raises(CheckFailed, match=r"^no, even after 5 seconds and 1 attempt$"):
        waiting(play, 5, Again(lambda ctx: None, nothing, pauses=False)).until(check([CheckFailed("no"), None]))
    waiting(play, 5, Again(lambda ctx: None, nothing, pauses=False)).never(check([None, CheckFailed("no")]))
    assert clock.slept == []


def test_requests_have_what_is_left(play: Play, clock: Clock) -> None:
    """Within an attempt no time-out is longer than what is left, but a quarter of a second; then it is as before."""
    play('timeout is "1.5"')
    seen: list[float] = []

    def look() -> None:
        seen.append(play.zato.settings(RequestSettings).timeout)
        raise CheckFailed("no")

    with pytest.raises(CheckFailed):
        waiting(play, 2).until(look)
    assert seen[0] == 1.5 and seen[-1] == attempts.LEAST
    assert seen == sorted(seen, reverse=True)
    assert play.zato.settings(RequestSettings).timeout == 1.5


@pytest.mark.parametrize(("given", "seconds"), [("0.5", 0.5), (2, 2.0), ("0", 0.0)])
def test_times(given: object, seconds: float) -> None:
    """A time is a number that is not negative."""
    assert attempts.limit(given) == seconds
    for wrong in ("-0.1", "soon"):
        with pytest.raises(BadValue):
            attempts.limit(wrong)


def sent(play: Play, web: WebServer, *series: object) -> Play:
    """A scenario whose request was answered with the first of a series."""
    web.series = list(series)
    play(f'address "{web.address}"', 'URL path "/series"', "When the URL is invoked")
    return play


def test_the_last_request_is_sent_again(play: Play, web: WebServer) -> None:
    """The response that is there is looked at first; then the same request goes out until the check holds."""
    play('REST method "POST"', 'header "X-Key" "abc"', 'request is "{"n": 5}"')
    sent(play, web, {"v": "new"}, {"v": "new"}, {"v": "done"})
    play('within "30" seconds path "/v" is "done"', 'path "/v" is "done"')
    assert len(web.requests) == 3
    assert {(method, path, headers["X-Key"], body) for method, path, headers, body in web.requests} == {
        ("POST", "/series", "abc", b'{"n":5}')
    }
    play('within "30" seconds path "/v" is "done"')
    assert len(web.requests) == 3


def test_answers_of_other_kinds_count(play: Play, web: WebServer) -> None:
    """A connection that is cut, a body that is not JSON and a value that is not there are attempts that fail."""
    sent(play, web, 503, "hang_up", "cut", {}, {"v": 1})
    play('within "30" seconds path "/v" is an integer "1"')
    assert [bool(each.problem) for each in play.run.trace.attempts] == [True] * 4 + [False]


def test_a_server_that_hangs(play: Play, web: WebServer) -> None:
    """A request within a wait has what is left of it; the failure is what was seen before."""
    sent(play, web, {"v": 1}, "silent")
    with pytest.raises(CheckFailed, match=r"even after 0.3 seconds and 2 attempts") as caught:
        play('within "0.3" seconds path "/v" is an integer "2"')
    assert caught.value.actual == "1" and "No complete answer within 0.2" in caught.value.excerpt


def test_a_statement_that_hangs(play: Play) -> None:
    """A statement within a wait is cancelled at its end, too; without a wait, it has no limit."""
    play('I connect to "sqlite://" as "db"')
    endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r"
    with pytest.raises(TimedOut, match=r"in time: interrupted, even after 0.1 seconds and 1 attempt"):
        play(f'within "0.1" seconds SQL "{endless}" returns "1" row, using "db"')
    play('SQL "SELECT 1" returns "1" row, using "db"')


def test_a_server_that_starts_late(play: Play, web: WebServer) -> None:
    """A request can be sent until it is answered."""
    web.series = ["hang_up", "hang_up", {"v": 1}]
    play(f'address "{web.address}"', 'URL path "/series"', 'within "30" seconds the URL is invoked')
    play('path "/v" is an integer "1"')
    play(f'address "http://127.0.0.1:{free_port()}"')
    with pytest.raises(Unreachable, match=r"even after 0.1 seconds"):
        play('within "0.1" seconds the URL is invoked')


def test_waits_over_http(play: Play, web: WebServer) -> None:
    """The status, headers, text and tables can be waited for, and a wait can fail early or check that nothing comes."""
    sent(play, web, 503, 503, 200)
    play('within "30" seconds status is "200"')
    sent(play, web, 503, 404)
    with pytest.raises(CheckFailed, match=r'^The wait failed early, since status is "4xx", after'):
        play('within "30" seconds status is "200", failing early if status is "4xx"')
    sent(play, web, {"v": "new"}, {"v": "failed"})
    with pytest.raises(CheckFailed, match=r'^The wait failed early, since it is one of "failed,lost", after') as caught:
        play('within "30" seconds path "/v" is "done", failing early if it is one of "failed,lost"')
    assert caught.value.actual == '"failed"'
    sent(play, web, {}, {"v": [1]})
    play.step('within "30" seconds paths are', table=[["path", "check", "value"], ["/v/0", "is an integer", "1"]])
    sent(play, web, {"v": "new"})
    play('never within "0.1" seconds path "/v" is "failed"', 'never within "0.1" seconds status is "5xx"')
    assert len(web.requests) > 6
    sent(play, web, {"v": "new"}, {"v": "failed"})
    with pytest.raises(CheckFailed, match=r"after .* of 30 seconds and 2 attempts"):
        play('never within "30" seconds path "/v" is "failed"')


def test_nothing_to_send_again(play: Play, web: WebServer) -> None:
    """Without a request, after a change of it, and of a response that came another way, nothing is waited for."""
    line = 'within "30" seconds path "/v" is "done"'
    with pytest.raises(CheckFailed, match=r"There is no response yet"):
        play(line)
    sent(play, web, {"v": "new"})
    play('header "X-Key" "abc"')
    with pytest.raises(CheckFailed, match=r"The request was changed after it was sent"):
        play(line)
    play("When the URL is invoked")
    play.zato.response = play.zato.response.__class__(play.zato.response.received, "JSON")
    with pytest.raises(BadValue, match=r"not that of a request which could be sent again"):
        play(line)
    play('I store "new" under "v"')
    with pytest.raises(BadValue, match=r"A variable keeps its value"):
        play('within "30" seconds variable "v" is "done"')
    assert len(web.requests) == 2
