"""Tests of apitest_server.wsx.hooks, with services of a real server."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from apitest_server.wsx import finished, hooks
from apitest_server.wsx.finished import Finished, keys_of
from apitest_server.wsx.hooks import CLOSE, CONNECT, MESSAGE, Event, Hooks
from tests.server.wsx.calling import Calling, calling

SLOW = """
import asyncio
from zato.server.service import Service

class Slow(Service):
    name = 'test.slow-hook'
    running = most = calls = 0
    go = None
    async def handle(self):
        Slow.running += 1
        Slow.calls += 1
        Slow.most = max(Slow.most, Slow.running)
        await Slow.go.wait()
        Slow.running -= 1
"""
Test = Callable[[Calling, Hooks, list[object]], Awaitable[None]]


def run(tmp_path: Path, test: Test, service: str = "test.hook", connect: str = "") -> None:
    async def main() -> None:
        async with asyncio.timeout(20), calling(tmp_path / "calling", slow=SLOW) as there:
            room: list[object] = []
            services = {CONNECT: connect, MESSAGE: service, CLOSE: ""}
            await test(there, Hooks(there.app.invoker, "There", services, lambda: room.append(1), Finished()), room)

    asyncio.run(main())


async def idle(told: Hooks) -> None:
    while not told.is_idle:
        await asyncio.sleep(0.002)


def message(*numbers: int, done: Callable[[object], None] | None = None) -> Event:
    data = [{"msg_id": f"zpsm{number}", "sub_key": "zpsk", "data": number} for number in numbers]
    return Event(MESSAGE, "d1", "t", data, keys_of(data), done)


def numbers(heard: list[list[dict[str, object]]]) -> list[list[object]]:
    return [[one["data"] for one in each] for each in heard]


def test_events_are_told_in_their_order(tmp_path: Path) -> None:
    """With their kind and their data; what no service wants to know is dropped."""

    async def test(there: Calling, told: Hooks, room: list[object]) -> None:
        for event in (Event(CONNECT, "1", "t", "hello"), *(Event(MESSAGE, "2", "t", each) for each in "abc")):
            assert told.add(event)
        assert told.add(Event(CLOSE, "3", "t", "over"))
        await idle(told)
        expected = [("connect", "hello"), ("message", "a"), ("message", "b"), ("message", "c")]
        assert there.service("test.hook").heard == expected  # type: ignore[attr-defined]  # the test's own

    run(tmp_path, test, connect="test.hook")


def test_a_delivery_is_confirmed_when_its_service_has_finished(tmp_path: Path) -> None:
    """What was finished with is confirmed again, and not given to the service; the rest of a batch is."""

    async def test(there: Calling, told: Hooks, room: list[object]) -> None:
        confirmed: list[object] = []
        for each in ((1, 2), (1, 2), (2, 3)):
            told.add(message(*each, done=confirmed.append))
        await idle(told)
        heard = [data for _, data in there.service("test.hook").heard]  # type: ignore[attr-defined]  # the test's own
        assert numbers(heard) == [[1, 2], [3]]
        assert len(confirmed) == 3

    run(tmp_path, test)


def test_a_delivery_waits_for_what_becomes_of_it_elsewhere(tmp_path: Path) -> None:
    """After an edit it comes again over another WebSocket, while the hook is still at work on it: it gets it once."""

    async def test(there: Calling, told: Hooks, room: list[object]) -> None:
        slow, confirmed = there.service("test.slow-hook"), list[object]()
        slow.go = asyncio.Event()  # type: ignore[attr-defined]  # the test's own
        other = Hooks(there.app.invoker, "There", {MESSAGE: "test.slow-hook"}, lambda: None, told._finished)
        told.add(message(1))
        while not slow.running:  # type: ignore[attr-defined]
            await asyncio.sleep(0.002)
        told.close()
        other.add(message(1, done=confirmed.append))
        other.add(message(2, done=confirmed.append))
        while not told._finished.turn._waiters:
            await asyncio.sleep(0.002)
        slow.go.set()  # type: ignore[attr-defined]
        await idle(told)
        await idle(other)
        assert (slow.most, slow.calls, len(confirmed)) == (1, 2, 2)  # type: ignore[attr-defined]

    run(tmp_path, test, "test.slow-hook")


def test_a_delivery_whose_service_fails_is_not_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left to the remote end to deliver it again, and there is a pause before the next one, longer each time."""
    pauses: list[float] = []

    async def pause(self: Hooks) -> None:
        pauses.append(self._patience.next())

    async def test(there: Calling, told: Hooks, room: list[object]) -> None:
        confirmed: list[object] = []
        for _ in range(4):
            told.add(message(1, done=confirmed.append))
        await idle(told)
        assert numbers(there.service("test.failing").heard) == [[1], [1], [1]]  # type: ignore[attr-defined]
        assert len(confirmed) == 2
        assert pauses == [0.5, 1.0]

    monkeypatch.setattr(Hooks, "_pause", pause)
    run(tmp_path, test, "test.failing")


def test_a_service_that_is_gone_confirms_nothing(tmp_path: Path) -> None:
    """Closing ends the pause; what waits is not confirmed either."""

    async def test(there: Calling, told: Hooks, room: list[object]) -> None:
        confirmed: list[object] = []
        told.add(message(1, done=confirmed.append))
        told.add(message(2, done=confirmed.append))
        while not told._patience.wait > 0.5:
            await asyncio.sleep(0.002)
        told.close()
        await idle(told)
        assert confirmed == []

    run(tmp_path, test, "test.nowhere")


def test_so_many_events_wait_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was refused is told when there is room; that a connection came or was lost has more of it."""
    monkeypatch.setattr(hooks, "MOST", 2)

    async def test(there: Calling, told: Hooks, room: list[object]) -> None:
        there.service("test.slow-hook").go = go = asyncio.Event()  # type: ignore[attr-defined]  # the test's own
        assert [told.add(Event(MESSAGE, "1", "t", each)) for each in range(3)] == [True, True, False]
        assert told.is_full
        assert [told.add(Event(CONNECT, "2", "t", None)) for _ in range(3)] == [True, True, False]
        go.set()
        await idle(told)
        assert room

    run(tmp_path, test, "test.slow-hook", connect="test.hook")


def test_requests_are_answered_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many at a time; others are left without an answer."""
    monkeypatch.setattr(hooks, "AT_ONCE", 2)

    async def test(there: Calling, told: Hooks, room: list[object]) -> None:
        slow = there.service("test.slow-hook")
        slow.go = asyncio.Event()  # type: ignore[attr-defined]  # the test's own
        assert [told.ask(Event(MESSAGE, "1", "t", None)) for _ in range(3)] == [True, True, False]
        while slow.running < 2:  # type: ignore[attr-defined]  # the test's own
            await asyncio.sleep(0.002)
        slow.go.set()  # type: ignore[attr-defined]  # the test's own
        await idle(told)
        assert slow.most == 2  # type: ignore[attr-defined]  # the test's own

    run(tmp_path, test, "test.slow-hook")


def test_the_response_of_the_service_is_the_answer(tmp_path: Path) -> None:
    """Nothing is answered where there is no service, and that at once."""

    async def test(there: Calling, told: Hooks, room: list[object]) -> None:
        answers: list[object] = []
        told.ask(Event(MESSAGE, "1", "t", {"a": 1}, (), answers.append))
        await idle(told)
        assert answers == [{"heard": {"a": 1}}]
        silent = Hooks(there.app.invoker, "There", {MESSAGE: ""}, lambda: None, Finished())
        silent.ask(Event(MESSAGE, "1", "t", {"a": 1}, (), answers.append))
        silent.ask(Event(MESSAGE, "1", "t", {"a": 1}))
        assert answers[1:] == [None]

    run(tmp_path, test)


def test_only_so_many_messages_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest are forgotten; messages without an ID never are remembered."""
    monkeypatch.setattr(finished, "REMEMBERED", 2)

    async def test(there: Calling, told: Hooks, room: list[object]) -> None:
        for number in (1, 2, 3, 3, 1):
            told.add(message(number))
        told.add(Event(MESSAGE, "1", "t", ["x"], keys_of(["x"])))
        told.add(Event(MESSAGE, "1", "t", ["x"], keys_of(["x"])))
        await idle(told)
        heard = [data for _, data in there.service("test.hook").heard]  # type: ignore[attr-defined]  # the test's own
        assert numbers(heard[:4]) == [[1], [2], [3], [1]]
        assert heard[4:] == [["x"], ["x"]]

    run(tmp_path, test)
