"""Tests of apitest_server.invoke.crossing."""

import asyncio
import threading
from collections.abc import Awaitable
from typing import Any

import pytest

from apitest_server.errors import ServiceTimeout, ServiceUnavailable
from apitest_server.invoke import crossing
from apitest_server.invoke.crossing import here_or_awaited, is_cancelled


async def answer() -> str:
    """It is the server's loop that this runs on."""
    return threading.current_thread().name


def test_on_the_loop_it_is_awaited() -> None:
    """Nothing runs before."""

    async def service() -> Any:
        found = here_or_awaited(asyncio.get_running_loop(), answer(), "CRM", 10)
        assert isinstance(found, Awaitable)
        return await found

    assert asyncio.run(service()) == threading.current_thread().name


def test_a_thread_waits() -> None:
    """For what the loop's thread does."""

    async def server() -> Any:
        loop = asyncio.get_running_loop()
        return await asyncio.to_thread(here_or_awaited, loop, answer(), "CRM", 10)

    assert asyncio.run(server()) == threading.current_thread().name


def test_another_loop_awaits_the_servers() -> None:
    """A service may run one of its own."""

    async def server() -> Any:
        loop = asyncio.get_running_loop()

        async def service() -> Any:
            return await here_or_awaited(loop, answer(), "CRM", 10)  # type: ignore[misc]  # It has to be awaited here

        return await asyncio.to_thread(lambda: asyncio.run(service()))

    assert asyncio.run(server()) == threading.current_thread().name


def test_without_a_loop_nobody_waits() -> None:
    """The server is starting, or has ended."""
    with pytest.raises(ServiceUnavailable, match="`CRM` is not connected: the server is starting or stopping"):
        here_or_awaited(None, answer(), "CRM", 10)


def test_a_thread_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it waited for is cancelled."""
    monkeypatch.setattr(crossing, "_MARGIN", 0.05)
    cancelled = threading.Event()

    async def never() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async def server() -> None:
        with pytest.raises(ServiceTimeout, match="`CRM` did not answer within 0 s"):
            await asyncio.to_thread(here_or_awaited, asyncio.get_running_loop(), never(), "CRM", 0)
        await asyncio.to_thread(cancelled.wait, 30)

    asyncio.run(server())
    assert cancelled.is_set()


def test_who_was_cancelled_knows() -> None:
    """A future that somebody else has cancelled does not count."""

    async def waiting(future: "asyncio.Future[None]") -> bool:
        try:
            await future
        except asyncio.CancelledError:
            return is_cancelled()
        return False

    async def both() -> list[bool]:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        one, two = (asyncio.ensure_future(waiting(each)) for each in (future, asyncio.Future()))
        await asyncio.sleep(0)
        future.cancel()
        two.cancel()
        return [await one, await two]

    assert asyncio.run(both()) == [False, True]
