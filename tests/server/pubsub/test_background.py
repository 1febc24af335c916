"""Tests of apitest_server.pubsub.background."""

import asyncio

import pytest

from apitest_server.pubsub.background import Background, repeated, told


def test_a_task_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """In one line; one that ends, or is ended, is not."""

    async def fails() -> None:
        raise ValueError("two\nlines")

    async def scenario() -> None:
        background = Background("Tidying up")
        background.start(fails())
        background.start(asyncio.sleep(0))
        background.start(asyncio.sleep(3600))
        while len(background) > 1:
            await asyncio.sleep(0)
        background.close()
        while len(background):
            await asyncio.sleep(0)

    asyncio.run(scenario())
    assert caplog.messages == ["Tidying up failed: ValueError: two lines"]


def test_what_is_repeated_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever it raises."""
    times: list[int] = []

    async def scenario() -> None:
        done = asyncio.Event()

        async def work() -> None:
            times.append(len(times))
            if len(times) < 3:
                raise RuntimeError
            done.set()

        task = asyncio.ensure_future(repeated(work, 0.001, "Looking"))
        await done.wait()
        task.cancel()

    asyncio.run(scenario())
    assert caplog.messages == ["Looking failed, and is tried again in 0.001 s: RuntimeError"] * 2
    assert told(KeyError("a")) == "KeyError: 'a'"
