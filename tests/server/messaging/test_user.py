"""Tests of apitest_server.messaging.user."""

import asyncio

from apitest_server.messaging.user import User


class Slow(User):
    """Waits for the place of the one before."""

    has_begun = False

    def start(self, after: asyncio.Event | None = None) -> None:
        self.task = asyncio.create_task(self.begin(after))

    async def begin(self, after: asyncio.Event | None) -> None:
        if after is not None:
            await after.wait()
        self.has_begun = True

    async def close(self, seconds: float) -> None:
        self.gone.set()


def test_a_place_is_free_once_the_one_before_is_gone() -> None:
    """Not earlier."""

    async def test() -> None:
        one, two = Slow(), Slow()
        two.start(one.gone)
        await asyncio.sleep(0)
        assert not two.has_begun
        await one.close(1)
        await two.task
        assert two.has_begun

    asyncio.run(test())
