"""Tests of apitest_server.admin.repeats."""

import asyncio

import pytest

from apitest_server.admin import repeats
from apitest_server.admin.answers import Answer, redirect
from apitest_server.admin.repeats import Made, Repeats, mark


class Form:
    """What a form asks for; it takes until it is let go."""

    def __init__(self, status: int = 303) -> None:
        self.done = 0
        self.status = status
        self.go = asyncio.Event()
        self.go.set()

    async def make(self) -> Made:
        await self.go.wait()
        self.done += 1
        if self.status == 500:
            raise RuntimeError("ours")
        return redirect(f"{self.done}") if self.status == 303 else Answer(status=self.status)


def test_a_form_that_is_sent_twice_is_done_once() -> None:
    """At the same time and later; also where the first one was given up. Another user's is another one."""

    async def run() -> None:
        sent, form = Repeats(), Form()
        form.go.clear()
        first, second = (asyncio.create_task(sent.once("u", "m", form.make)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        form.go.set()
        assert await second is await sent.once("u", "m", form.make)
        assert form.done == 1
        await sent.once("v", "m", form.make)
        await sent.once("u", mark(), form.make)
        for _ in range(2):
            await sent.once("u", "", form.make)
        assert form.done == 5

    asyncio.run(run())


@pytest.mark.parametrize("status", [400, 500])
def test_what_was_refused_may_be_sent_again(status: int) -> None:
    """Nothing was done."""

    async def run() -> None:
        sent, form = Repeats(), Form(status)
        await asyncio.gather(sent.once("u", "m", form.make), return_exceptions=True)
        await asyncio.sleep(0)
        form.status = 303
        await sent.once("u", "m", form.make)
        assert form.done == 2

    asyncio.run(run())


def test_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no end to forms."""
    monkeypatch.setattr(repeats, "_KEPT", 2)

    async def run() -> None:
        sent, form = Repeats(), Form()
        for number in ("1", "2", "3", "2", "1"):
            await sent.once("u", number, form.make)
        assert form.done == 4

    asyncio.run(run())
