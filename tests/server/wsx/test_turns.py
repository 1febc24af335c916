"""Tests of apitest_server.wsx.turns."""

import asyncio
from collections.abc import Awaitable, Callable

from apitest_server.wsx.turns import AHEAD, AT_ONCE, Turns


class Owner:
    """Works on each message until it is told that this is done."""

    def __init__(self) -> None:
        self.turns = Turns(asyncio.get_running_loop(), self, self.overtakes)
        self.taken: list[str | bytes] = []
        self.reads: list[bool] = []
        self.errors: list[BaseException] = []
        self.idles = 0
        self.done = asyncio.Event()

    def take(self, message: str | bytes) -> None:
        self.taken.append(message)
        self.turns.start(self.work(message))

    def overtakes(self, message: str | bytes) -> bool:
        if message == "urgent":
            self.taken.append(message)
        return message == "urgent"

    async def work(self, message: str | bytes) -> None:
        if message == "bad":
            raise OSError("bad")
        await self.done.wait()

    def read(self, is_wanted: bool) -> None:
        self.reads.append(is_wanted)

    def failed(self, error: BaseException) -> None:
        self.errors.append(error)

    def idle(self) -> None:
        self.idles += 1


def run(test: Callable[[Owner], Awaitable[None]]) -> None:
    async def main() -> None:
        async with asyncio.timeout(10):
            await test(Owner())

    asyncio.run(main())


async def until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0)


def test_only_so_many_are_worked_on() -> None:
    """The others have their turn as soon as one is done."""

    async def test(owner: Owner) -> None:
        for number in range(AT_ONCE + 5):
            owner.turns.came(str(number))
        assert len(owner.taken) == AT_ONCE
        assert not owner.turns.is_idle
        owner.done.set()
        await until(lambda: owner.turns.is_idle)
        assert owner.taken == [str(number) for number in range(AT_ONCE + 5)]
        assert (owner.reads, owner.idles) == ([], 1)

    run(test)


def test_what_waits_is_bounded() -> None:
    """Where it is too much, nothing is read until enough of it has had its turn, or is dropped."""

    async def test(owner: Owner) -> None:
        for number in range(AT_ONCE):
            owner.turns.came(str(number))
        owner.turns.came("x" * (AHEAD - 1000))
        assert owner.reads == []
        owner.turns.came("y" * 1000)
        assert owner.reads == [False]
        owner.done.set()
        await until(lambda: owner.turns.is_idle)
        assert (owner.reads, len(owner.taken)) == ([False, True], AT_ONCE + 2)

    run(test)


def test_what_is_urgent_overtakes_what_waits() -> None:
    """So that what has its turn can be waiting for it; also once nothing else has a turn any more."""

    async def test(owner: Owner) -> None:
        for number in range(AT_ONCE + 1):
            owner.turns.came(str(number))
        owner.turns.came("urgent")
        assert owner.taken[AT_ONCE:] == ["urgent"]
        owner.turns.end()
        owner.turns.came("urgent")
        owner.done.set()
        await until(lambda: owner.turns.is_idle)
        owner.turns.came("late")
        assert owner.taken[AT_ONCE:] == ["urgent", "urgent"]

    run(test)


def test_nothing_overtakes_while_it_is_held() -> None:
    """Whoever holds, and however many do."""

    async def test(owner: Owner) -> None:
        owner.done.set()
        owner.turns.hold()
        owner.turns.pause(0.01)
        owner.turns.came("a")
        owner.turns.came("b")
        owner.turns.came("urgent")
        owner.turns.release()
        assert owner.taken == []
        await until(lambda: owner.taken == ["a", "b", "urgent"])
        owner.turns.hold()
        owner.turns.came("c")
        owner.turns.clear()
        owner.turns.release()
        assert owner.taken == ["a", "b", "urgent"]
        await until(lambda: owner.turns.is_idle)

    run(test)


def test_an_error_is_told() -> None:
    """And keeps nobody else from a turn."""

    async def test(owner: Owner) -> None:
        owner.turns.came("bad")
        await until(lambda: bool(owner.errors))
        owner.turns.came("good")
        assert owner.taken == ["bad", "good"]
        owner.done.set()
        await until(lambda: owner.turns.is_idle)

    run(test)
